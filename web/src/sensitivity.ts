// What uncertain inputs and the choice of alpha do to each host's amount, on one axis of money.
import * as Plot from '@observablehq/plot';
import type { Aid, Host } from './data';
import { describe, drawn, element, ending, svg, textWidth, type Drawn } from './picture';
import { millions, number } from './words';

const SIZE = 12;

export function drawSensitivity(aid: Aid, width: number): Drawn {
  const hosts = aid.hosts;
  const names = hosts.map((host) => host.code);
  const wide = width >= 560;
  const left = wide ? Math.ceil(Math.max(...hosts.map((host) => textWidth(host.name, 13, true)))) + 14 : 8;
  const drawnHosts = hosts.filter((host) => host.p5 !== null && host.p95 !== null && host.p50 !== null);
  const step = wide ? 46 : 62;
  const shift = wide ? 0 : 9;
  const most = Math.max(...hosts.map((host) => Math.max(host.alphaHigh, host.p95 ?? 0, host.x)));
  const row = (dy: number, more: object) => ({ y: 'code', dy: dy + shift, ...more });
  const plot = Plot.plot({
    width,
    height: 46 + step * hosts.length,
    marginTop: 6,
    marginLeft: left,
    marginRight: 22,
    marginBottom: 40,
    style: { fontSize: `${SIZE}px`, background: 'none', overflow: 'visible' },
    x: { domain: [0, most * 1.02], axis: null },
    y: { domain: names, axis: null, padding: 0 },
    marks: [
      Plot.gridX({ ticks: Math.max(3, Math.floor(width / 110)), stroke: 'var(--grid)', strokeOpacity: 1 }),
      Plot.axisX({
        ticks: Math.max(3, Math.floor(width / 110)),
        tickSize: 0,
        label: `million ${aid.unit}`,
        labelArrow: 'none',
        fill: 'var(--soft)',
        tickFormat: (money: number) => number(money / 1e6, most < 5e6 ? 1 : 0),
      }),
      Plot.ruleY(hosts, row(8, {
        className: 'over-alpha', x1: 'alphaLow', x2: 'alphaHigh', stroke: 'var(--door)', strokeWidth: 3, marker: ending,
      })),
      Plot.ruleY(drawnHosts, row(-7, {
        className: 'over-inputs', x1: 'p5', x2: 'p95', stroke: 'var(--in)', strokeWidth: 7, strokeLinecap: 'butt', strokeOpacity: 0.9,
      })),
      Plot.dot(drawnHosts, row(-7, {
        className: 'median', x: 'p50', r: 5, fill: 'var(--paper)', stroke: 'var(--in)', strokeWidth: 2,
      })),
      Plot.tickX(hosts, row(0, {
        className: 'published', x: 'x', stroke: 'var(--ink)', strokeWidth: 2, insetTop: step / 2 - 17, insetBottom: step / 2 - 17,
      })),
    ],
  });
  const y = plot.scale('y')!;
  hosts.forEach((host) => {
    const middle = (y.apply(host.code) as number) + (y.bandwidth ?? step) / 2;
    const place = wide
      ? { x: left - 12, y: middle, dy: '0.35em', 'text-anchor': 'end' }
      : { x: left, y: middle - step / 2 + 14, dy: 0, 'text-anchor': 'start' };
    plot.append(svg('text', { ...place, class: 'label name' }, host.name));
  });
  const readings = collect(plot, hosts, drawnHosts);
  describe(
    plot,
    'sensitivity',
    `What each host gets, in millions of ${aid.unit}, with uncertain inputs and with another alpha`,
    'For each host two ranges: over random draws of the inputs (5th to 95th percentile with the median) ' +
      'and over alpha 1, 2, 4 and inf. The table below holds every figure.',
  );
  const content = element('div', 'sensitivity');
  content.append(key(drawnHosts.length > 0), plot);
  return { content, readings };
}

function collect(plot: Element, hosts: Host[], drawnHosts: Host[]): Drawn['readings'] {
  const inputs = drawn(plot, 'over-inputs').map(([mark, i]) => {
    const host = drawnHosts[i]!;
    set(mark, host, { p5: host.p5!, p95: host.p95! });
    const text =
      `${host.name}: with uncertain inputs ${millions(host.p5!)} to ${millions(host.p95!)} ` +
      `(5th to 95th percentile), median ${millions(host.p50!)}.`;
    return { mark, text, at: hosts.indexOf(host) };
  });
  const medians = drawn(plot, 'median').map(([mark, i]) => set(mark, drawnHosts[i]!, { p50: drawnHosts[i]!.p50! }));
  const alphas = drawn(plot, 'over-alpha').map(([mark, i]) => {
    const host = hosts[i]!;
    set(mark, host, { low: host.alphaLow, high: host.alphaHigh });
    const text =
      `${host.name}: with alpha from 1 to inf ${millions(host.alphaLow)} to ${millions(host.alphaHigh)}; ` +
      `published ${millions(host.x)}.`;
    return { mark, text, at: i + 0.5 };
  });
  drawn(plot, 'published').forEach(([mark, i]) => set(mark, hosts[i]!, { x: hosts[i]!.x }));
  medians.forEach((mark) => mark.setAttribute('pointer-events', 'none'));
  return [...inputs, ...alphas].sort((a, b) => a.at - b.at).map(({ mark, text }) => ({ mark, text }));
}

function set(mark: SVGElement, host: Host, values: Record<string, number>): SVGElement {
  mark.dataset.host = host.code;
  for (const [key, value] of Object.entries(values)) {
    mark.dataset[key] = String(value);
  }
  return mark;
}

function key(hasDraws: boolean): Element {
  const list = element('ul', 'key');
  const add = (className: string, text: string): void => {
    const item = document.createElement('li');
    item.append(element('span', `swatch ${className}`), text);
    list.append(item);
  };
  if (hasDraws) {
    add('swatch-inputs', 'uncertain inputs, 5th to 95th percentile and median');
  }
  add('swatch-alpha', 'choice of alpha, 1 to inf');
  add('swatch-published', 'published split');
  return list;
}
