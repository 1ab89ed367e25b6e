// HiGHS (npm package `highs`, WebAssembly) on an LP file: prints objective, bound, CPU seconds and peak megabytes.
// node bench/place_highs.mjs FILE SECONDS GAP
import { readFileSync } from 'node:fs';
import loadHighs from '../web/node_modules/highs/build/highs.mjs';

const [file, seconds, gap] = process.argv.slice(2);
const cpu = () => {
  const used = process.cpuUsage();
  return (used.user + used.system) / 1e6;
};
const highs = await loadHighs();
const model = highs.createModel({ format: 'lp', data: readFileSync(file, 'utf8') });
model.options.set({ output_flag: false, mip_rel_gap: Number(gap) });
const begin = cpu();
const type = highs.constants.callbackType;
const stop = (event) => {
  if (cpu() - begin > Number(seconds)) {
    event.interrupt();
  }
};
let objective = NaN;
let bound = NaN;
const note = (event) => {
  const primal = event.data.mip_primal_bound;
  const dual = event.data.mip_dual_bound;
  objective = Math.abs(primal) < 1e20 ? primal : objective;
  bound = Math.abs(dual) < 1e20 ? dual : bound;
};
model.run({
  [type.simplexInterrupt]: stop,
  [type.ipmInterrupt]: stop,
  [type.mipInterrupt]: (event) => {
    note(event);
    stop(event);
  },
  [type.mipLogging]: note,
});
const took = cpu() - begin;
const last = (name, before) => {
  const value = Number(model.info.get(name));
  return Number.isFinite(value) && Math.abs(value) < 1e20 && value !== 0 ? value : before;
};
objective = last('objective_function_value', objective);
bound = last('mip_dual_bound', bound);
console.log(objective, bound, took, process.resourceUsage().maxRSS / 1024);
