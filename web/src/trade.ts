// Trade: exports by month as multiples of the baseline's mean month, and the mirror ratio by year.
import * as Plot from '@observablehq/plot';
import { makeSelect, placeControls } from './controls';
import { describe, drawn, element, show, svg, textWidth, type Drawn, type Reading } from './picture';
import type { TradeFlow, TradeMonth, TradeYear } from './watch';
import { dayOf, monthOf, number } from './words';

const SIZE = 12;
const LEAST_WIDTH = 300;
const GAP = 24;
const MARGIN = { left: 46, right: 12 };
const MONTHS_HEIGHT = 150;
const RATIO_HEIGHT = 90;
const NEAR = 1.5; // a mirror ratio within this factor of 1 is ordinary

interface Month {
  first: Date;
  times: number; // of the mean month of the baseline
  expected: number | null;
  exports: number;
  rings: boolean;
}

/** Makes the list of reporters and the picture. */
export function showTrade(trade: TradeFlow[]): void {
  const reporters = [...new Map(trade.map((flow) => [flow.reporter.code, flow.reporter.name]))];
  const group = trade.find((flow) => flow.group);
  let reporter = (group ?? trade[0])?.reporter.code;
  if (!reporter) {
    return;
  }
  const redraw = show('trade', (width) => draw(trade.filter((flow) => flow.reporter.code === reporter), width));
  const choices = reporters.map(([value, text]) => ({ value, text }));
  const choose = makeSelect('trade-reporter', 'Exports of', choices, reporter, (value) => {
    reporter = value;
    redraw();
  });
  if (reporters.length > 1) {
    placeControls('trade', choose);
  }
}

function draw(flows: TradeFlow[], width: number): Drawn {
  const content = element('div', 'keyed');
  const readings: Reading[] = [];
  const columns = Math.max(1, Math.min(3, Math.floor((width + GAP) / (LEAST_WIDTH + GAP))));
  const each = Math.floor((width - GAP * (columns - 1)) / columns);
  content.append(key(flows));
  // Totals first, then the tiers of the list.
  const tiers = [...new Set(flows.map((flow) => flow.tier))].sort();
  tiers.forEach((tier) => {
    const grid = element('div', 'panels trade');
    grid.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
    if (tiers.length > 1) {
      content.append(element('p', 'panels-title', tier === '' ? 'All goods' : `Products of tier ${tier}`));
    }
    for (const flow of flows.filter((one) => one.tier === tier)) {
      const cell = element('div', 'cell top');
      const months = drawMonths(flow, each);
      const years = drawYears(flow, each);
      cell.append(
        element('p', 'cell-title', titleOf(flow)),
        element('p', 'cell-note', noteOf(flow)),
        months.content,
        years.content,
      );
      grid.append(cell);
      readings.push(...months.readings, ...years.readings);
    }
    content.append(grid);
  });
  return { content, readings };
}

function titleOf(flow: TradeFlow): string {
  const goods = flow.hs === 'TOTAL' ? '' : flow.hs === '' ? `, ${flow.codes} codes together` : `, HS ${flow.hs}`;
  return `${flow.reporter.name} to ${flow.partner.name}${goods}`;
}

function noteOf(flow: TradeFlow): string {
  const month = flow.baseline === null ? '' : `1 = ${number(flow.baseline / 12e6, flow.baseline < 120e6 ? 1 : 0)} million ${flow.unit} a month`;
  const base = month === '' ? '' : `, the mean of ${flow.baselineFrom}\u2013${flow.baselineTo}. `;
  return `${month}${base}${flow.flagged ? 'Flagged.' : 'Not flagged.'}`;
}

function toMonth(flow: TradeFlow, [first, exports, expected, rings]: TradeMonth): Month[] {
  const mean = (flow.baseline ?? 0) / 12;
  if (exports === null || mean <= 0) {
    return [];
  }
  return [{ first: dayOf(first), times: exports / mean, expected: expected === null ? null : expected / mean, exports, rings: rings === 1 }];
}

function monthWords(day: Date): string {
  return `${monthOf(day)} ${day.getUTCFullYear()}`;
}

function frame(flow: TradeFlow): [Date, Date] {
  const years = flow.years.map((year) => year.year);
  const months = flow.months.map(([first]) => Number(first.slice(0, 4)));
  return [new Date(Date.UTC(Math.min(...years, ...months), 0, 1)), new Date(Date.UTC(Math.max(...years, ...months) + 1, 0, 1))];
}

function yearTicks([from, to]: [Date, Date]): Date[] {
  const n = to.getUTCFullYear() - from.getUTCFullYear();
  const step = n > 8 ? 2 : 1;
  return Array.from({ length: Math.ceil(n / step) }, (_, i) => new Date(Date.UTC(from.getUTCFullYear() + i * step, 6, 1)));
}

function drawMonths(flow: TradeFlow, width: number): Drawn {
  const months = flow.months.flatMap((month) => toMonth(flow, month));
  const most = Math.max(2, ...months.map((month) => month.times));
  const span = frame(flow);
  const ringing = months.filter((month) => month.rings);
  const plot = Plot.plot({
    width,
    height: MONTHS_HEIGHT,
    marginTop: 16,
    marginRight: MARGIN.right,
    marginBottom: 8,
    marginLeft: MARGIN.left,
    style: { fontSize: `${SIZE}px`, background: 'none', overflow: 'visible' },
    x: { type: 'utc', domain: span, axis: null },
    y: { domain: [0, most], axis: null },
    marks: [
      Plot.gridY({ ticks: 4, stroke: 'var(--grid)', strokeOpacity: 1 }),
      Plot.axisY({ ticks: 4, tickSize: 0, label: null, fill: 'var(--soft)', tickFormat: (value: number) => `\u00d7${number(value, Number.isInteger(value) ? 0 : 1)}` }),
      Plot.ruleX([new Date(Date.UTC(flow.breakYear, 0, 1))], { className: 'break', stroke: 'var(--door)', strokeDasharray: '2,3' }),
      Plot.ruleY([1], { stroke: 'var(--soft)' }),
      Plot.line(months, { className: 'expected-months', x: 'first', y: 'expected', stroke: 'var(--soft)', strokeDasharray: '3,2' }),
      Plot.line(months, { className: 'month-line', x: 'first', y: 'times', stroke: 'var(--in)', strokeWidth: 1.5 }),
      Plot.dot(months.filter((month) => !month.rings), { className: 'month', x: 'first', y: 'times', r: 2, fill: 'var(--in)' }),
      Plot.dot(ringing, { className: 'month-ringing', x: 'first', y: 'times', r: 4, symbol: 'triangle', fill: 'var(--alarm)', stroke: 'var(--paper)', strokeWidth: 0.5 }),
    ],
  });
  const title = titleOf(flow);
  const sets: [string, Month[]][] = [
    ['month', months.filter((month) => !month.rings)],
    ['month-ringing', ringing],
  ];
  const found = sets.flatMap(([name, data]) => drawn(plot, name).map(([mark, i]) => ({ mark, of: data[i]! })));
  found.sort((a, b) => a.of.first.getTime() - b.of.first.getTime());
  const id = `months-${flow.reporter.code}-${flow.partner.code}-${flow.hs}${flow.tier}`;
  describe(plot, id, `${title}: exports by month, as multiples of the baseline`, `${months.length} months, ${ringing.length} of them ring.`);
  return {
    content: plot,
    readings: found.map(({ mark, of }) => {
      mark.dataset.month = of.first.toISOString().slice(0, 7);
      mark.dataset.flow = `${flow.reporter.code} ${flow.partner.code} ${flow.hs}`;
      mark.dataset.value = String(of.exports);
      const times = `${number(of.times, 2)} times the mean month of ${flow.baselineFrom}\u2013${flow.baselineTo}`;
      return { mark, text: `${title}, ${monthWords(of.first)}: ${number(of.exports / 1e6, 1)} million ${flow.unit}, ${times}.${of.rings ? ' It rings.' : ''}` };
    }),
  };
}

// The mirror ratio on a log scale: what is sent twice over stands as far off as what is got twice over.
function drawYears(flow: TradeFlow, width: number): Drawn {
  const years = flow.years.filter((year): year is TradeYear & { ratio: number } => year.ratio !== null && year.ratio > 0);
  const span = frame(flow);
  const middle = (year: TradeYear): Date => new Date(Date.UTC(year.year, 6, 1));
  const reach = Math.max(2, ...years.map((year) => Math.max(year.ratio, 1 / year.ratio))) * 1.15;
  const plot = Plot.plot({
    width,
    height: RATIO_HEIGHT,
    marginTop: 18,
    marginRight: MARGIN.right,
    marginBottom: 26,
    marginLeft: MARGIN.left,
    style: { fontSize: `${SIZE}px`, background: 'none', overflow: 'visible' },
    x: { type: 'utc', domain: span, axis: null },
    y: { type: 'log', domain: [1 / reach, reach], axis: null },
    marks: [
      Plot.rect([0], { x1: span[0], x2: span[1], y1: 1 / NEAR, y2: NEAR, fill: 'var(--base)' }),
      Plot.ruleY([1], { stroke: 'var(--soft)' }),
      Plot.axisX(yearTicks(span), { tickSize: 0, label: null, fill: 'var(--soft)', tickFormat: (day: Date) => String(day.getUTCFullYear()) }),
      Plot.line(years, { x: middle, y: 'ratio', stroke: 'var(--door)', strokeWidth: 1.5 }),
      Plot.dot(years, { className: 'ratio', x: middle, y: 'ratio', r: 4, fill: 'var(--door)', stroke: 'var(--paper)' }),
    ],
  });
  const x = plot.scale('x')!;
  const y = plot.scale('y')!;
  for (const year of years) {
    const text = number(year.ratio, 2);
    const half = textWidth(text, SIZE) / 2;
    const at = Math.min(width - half, x.apply(middle(year)) as number);
    plot.append(svg('text', { x: at, y: (y.apply(year.ratio) as number) - 8, 'text-anchor': 'middle', class: 'label' }, text));
  }
  const title = titleOf(flow);
  if (years.length === 0) {
    plot.append(svg('text', { x: width / 2, y: RATIO_HEIGHT / 2 + 3, 'text-anchor': 'middle', class: 'label' }, 'no mirror ratio'));
  }
  const id = `ratio-${flow.reporter.code}-${flow.partner.code}-${flow.hs}${flow.tier}`;
  describe(plot, id, `${title}: mirror ratio by year`, years.map((year) => `${year.year} ${number(year.ratio, 2)}`).join(', ') || 'none');
  return {
    content: plot,
    readings: drawn(plot, 'ratio').map(([mark, i]) => {
      const year = years[i]!;
      mark.dataset.row = String(year.row);
      mark.dataset.value = String(year.ratio);
      return {
        mark,
        text:
          `${title}, ${year.year}: mirror ratio ${number(year.ratio, 2)}: ${number((year.exports ?? 0) / 1e6, 1)} million ` +
          `${flow.unit} sent, ${number((year.imports ?? 0) / 1e6, 1)} million declared as got.`,
      };
    }),
  };
}

function key(flows: TradeFlow[]): Element {
  const list = element('ul', 'key');
  const add = (className: string, text: string): void => {
    const item = document.createElement('li');
    item.append(element('span', `swatch ${className}`), text);
    list.append(item);
  };
  add('swatch-month', 'exports of a month');
  add('swatch-bound', 'expected of that month');
  if (flows.some((flow) => flow.months.some((month) => month[3] === 1))) {
    add('swatch-alarm', 'month that rings');
  }
  add('swatch-door', 'start of the year of the break');
  add('swatch-ratio', 'mirror ratio of a year (log scale)');
  add('swatch-base', 'within a factor 1.5 of 1: ordinary');
  return list;
}
