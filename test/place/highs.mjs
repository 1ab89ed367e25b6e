// Solves every model of a folder with HiGHS and holds its optimum against the optimiser's.
// node highs.mjs FOLDER: expected.tsv has a line a model, `file TAB micro-units` or `file TAB none`.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const folder = process.argv[2];
const load = require("highs");
// A run that ends abnormally may leave the solver's memory in disorder, so each few models have their own.
let highs = await load();
let passed = 0;
let failed = 0;
let asked = 0;

for (const line of readFileSync(join(folder, "expected.tsv"), "utf8").trim().split("\n")) {
  const [file, expected] = line.split("\t");
  let found;
  if (++asked % 20 === 0) {
    highs = await load();
  }
  try {
    const answer = highs.solve(readFileSync(join(folder, file), "utf8"), {
      mip_rel_gap: 0,
      mip_abs_gap: 0.5,
      output_flag: false,
    });
    found = answer.Status === "Infeasible" ? "none" : answer.Status === "Optimal" ? String(Math.round(answer.ObjectiveValue)) : answer.Status;
  } catch (error) {
    found = String(error);
  }
  if (found === expected) {
    passed++;
  } else {
    failed++;
    console.log(`FAILED ${file}: HiGHS ${found}, the optimiser ${expected}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
