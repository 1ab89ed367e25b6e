// Gross, net and stock of each place and route: one kind at a time, each with its own scale from 0.
import * as Plot from '@observablehq/plot';
import { makeRadios, placeControls } from './controls';
import { describe, drawn, element, ending, show, svg, textWidth, type Drawn, type Reading } from './picture';
import type { FlowPoint, StockStep, Watch } from './watch';
import { number, spanWords } from './words';

const SIZE = 12;
const LEAST_WIDTH = 300;
const GAP = 28;
const MOST_ROWS = 14;

type Kind = 'gross' | 'net' | 'stock';

// One row of a picture: a period, or a stock's day.
interface Row {
  key: string;
  label: string;
}

interface Bar extends Row {
  name: string; // class
  value: number;
  to?: number; // of a range
  source: number; // row of the table
  words: string;
}

interface Cell {
  title: string;
  unit: string;
  rows: Row[];
  bars: Bar[]; // with a length
  points: Bar[]; // with a place
  ranges: Bar[]; // of net, where sources disagree
  notes: string[];
}

const KINDS: { value: Kind; text: string }[] = [
  { value: 'gross', text: 'Gross: in and out' },
  { value: 'net', text: 'Net: in less out' },
  { value: 'stock', text: 'Stock: people there' },
];

/** Makes the choice of kind and the picture. */
export function showFlows(flows: Watch['flows']): void {
  const cells: Record<Kind, Cell[]> = {
    gross: grossCells(flows.points),
    net: netCells(flows.points),
    stock: stockCells(flows.stocks),
  };
  const there = KINDS.filter(({ value }) => cells[value].length > 0);
  let kind = there[0]?.value;
  if (!kind) {
    return;
  }
  const redraw = show('flows', (width) => draw(kind!, cells[kind!], width));
  const radios = makeRadios('flows-kind', 'Show', there, kind, (value) => {
    kind = value;
    redraw();
  });
  placeControls('flows', radios);
}

// What stands on one axis: one place, one route, one unit.
function groups<T extends { place: { name: string }; route: string; unit?: string }>(all: T[]): T[][] {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const key = `${titleOf(one)}, ${one.unit ?? ''}`;
    found.set(key, [...(found.get(key) ?? []), one]);
  }
  return [...found.values()];
}

function titleOf(one: { place: { name: string }; route: string }): string {
  return `${one.place.name}, ${one.route}`;
}

function periodRow(point: FlowPoint): Row {
  const year = point.to.slice(0, 4);
  return { key: `${point.from} ${point.to} ${point.row}`, label: `${spanWords(point.from, point.to)} ${year}` };
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${number(value)}`;
}

function lastRows(points: FlowPoint[]): { kept: FlowPoint[]; notes: string[] } {
  const kept = points.slice(-MOST_ROWS);
  const left = points.length - kept.length;
  return { kept, notes: left > 0 ? [`The last ${MOST_ROWS} periods; ${left} earlier ones are in the table.`] : [] };
}

function grossCells(all: FlowPoint[]): Cell[] {
  return groups(all.filter((point) => point.in !== null && point.out !== null)).map((points) => {
    const { kept, notes } = lastRows(points);
    const bars = kept.flatMap((point): Bar[] => {
      const row = periodRow(point);
      const make = (name: string, value: number, way: string): Bar => ({
        ...row,
        name,
        value,
        source: point.row,
        words: `${titleOf(point)}. ${row.label}: ${number(value)} ${point.unit} ${way}.`,
      });
      return [make('in', point.in!, 'in'), make('out', point.out!, 'out')];
    });
    return { title: titleOf(points[0]!), unit: points[0]!.unit, rows: kept.map(periodRow), bars, points: [], ranges: [], notes };
  });
}

function netCells(all: FlowPoint[]): Cell[] {
  return groups(all.filter((point) => point.net !== null || point.published !== null)).map((points) => {
    const { kept, notes } = lastRows(points);
    const bars: Bar[] = [];
    const marks: Bar[] = [];
    const ranges: Bar[] = [];
    for (const point of kept) {
      const row = periodRow(point);
      const head = `${titleOf(point)}. ${row.label}: `;
      if (point.net !== null) {
        const open = point.netLow !== null && point.netHigh !== null && point.netLow < point.netHigh;
        const range = open ? ` Sources disagree: from ${signed(point.netLow!)} to ${signed(point.netHigh!)}.` : '';
        bars.push({ ...row, name: 'net', value: point.net, source: point.row, words: `${head}net ${signed(point.net)} ${point.unit}, in less out.${range}` });
        if (open) {
          ranges.push({ ...row, name: 'range', value: point.netLow!, to: point.netHigh!, source: point.row, words: '' });
        }
      }
      if (point.published !== null) {
        const misfit = point.discrepancy === null ? '' : ` Discrepancy ${signed(point.discrepancy)}.`;
        marks.push({ ...row, name: 'published', value: point.published, source: point.row, words: `${head}net ${signed(point.published)} as published.${misfit}` });
      }
    }
    return { title: titleOf(points[0]!), unit: points[0]!.unit, rows: kept.map(periodRow), bars, points: marks, ranges, notes };
  });
}

function stockCells(all: StockStep[]): Cell[] {
  return groups(all).map((steps) => {
    const rows = new Map<string, Row>();
    const marks: Bar[] = [];
    const notes: string[] = [];
    const dayRow = (day: string): Row => ({ key: day, label: `${spanWords(day, day)} ${day.slice(0, 4)}` });
    const add = (step: StockStep, day: string, name: string, value: number | null, words: string): void => {
      const row = dayRow(day);
      if (value !== null) {
        rows.set(day, row);
      }
      const again = marks.some((mark) => mark.key === day && mark.name === name && mark.value === value);
      if (value !== null && !again) {
        marks.push({ ...row, name, value, source: step.row, words: `${titleOf(step)}. ${row.label}: ${words}` });
      }
    };
    for (const step of steps) {
      add(step, step.start, 'stock', step.stockStart, `${number(step.stockStart ?? 0)} people there.`);
      add(step, step.end, 'stock', step.stockEnd, `${number(step.stockEnd ?? 0)} people there.`);
      if (step.expected !== null) {
        const misfit = step.discrepancy === null ? '' : ` Discrepancy ${signed(step.discrepancy)}.`;
        add(step, step.end, 'expected-stock', step.expected, `${number(step.expected)} expected from the stock before and the flows.${misfit}`);
      } else if (step.whyNot) {
        const days = step.missingDays > 0 ? ` (${step.missingDays} days missing)` : '';
        notes.push(`${spanWords(step.start, step.end)}: not checked, ${step.whyNot}${days}.`);
      }
    }
    return { title: titleOf(steps[0]!), unit: 'persons', rows: [...rows.values()], bars: [], points: marks, ranges: [], notes: [...new Set(notes)] };
  });
}

function draw(kind: Kind, cells: Cell[], width: number): Drawn {
  const columns = Math.max(1, Math.min(cells.length, 2, Math.floor((width + GAP) / (LEAST_WIDTH + GAP))));
  const each = Math.floor((width - GAP * (columns - 1)) / columns);
  const grid = element('div', 'panels flows');
  grid.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
  const readings: Reading[] = [];
  cells.forEach((cell, i) => {
    const drawing = drawCell(kind, cell, each, `flow-${i + 1}`);
    const box = element('div', 'cell top');
    box.append(element('p', 'cell-title', cell.title), element('p', 'cell-note', unitWords(kind, cell)), drawing.content);
    cell.notes.forEach((note) => box.append(element('p', 'cell-note', note)));
    grid.append(box);
    readings.push(...drawing.readings);
  });
  const content = element('div', 'keyed');
  content.append(key(cells), grid);
  return { content, readings };
}

function unitWords(kind: Kind, cell: Cell): string {
  return kind === 'net' ? `${cell.unit}, in less out over the days` : kind === 'stock' ? 'people there on the day' : `${cell.unit} over the days`;
}

const COLOURS: Record<string, { fill: string; stroke: string }> = {
  in: { fill: 'var(--in-soft)', stroke: 'var(--in)' },
  out: { fill: 'var(--out-soft)', stroke: 'var(--out)' },
  net: { fill: 'var(--has)', stroke: 'var(--ink)' },
};

function drawCell(kind: Kind, cell: Cell, width: number, id: string): Drawn {
  const step = kind === 'gross' ? 58 : 48;
  const values = [...cell.bars, ...cell.points, ...cell.ranges].flatMap((bar) => [bar.value, bar.to ?? bar.value]);
  const texts = [...values.map(signed), ...cell.ranges.map((range) => netWords(0, range))];
  const room = Math.ceil(Math.max(0, ...texts.map((text) => textWidth(text, SIZE)))) + 10;
  const least = Math.min(0, ...values);
  const most = Math.max(0, ...values);
  const plot = Plot.plot({
    width,
    height: 8 + step * cell.rows.length,
    marginTop: 4,
    marginBottom: 4,
    marginLeft: least < 0 ? room : 4,
    marginRight: room,
    style: { fontSize: `${SIZE}px`, background: 'none', overflow: 'visible' },
    x: { domain: [least, most || 1], axis: null },
    y: { domain: cell.rows.map((row) => row.key), axis: null, padding: 0 },
    marks: [
      ...['in', 'out', 'net'].map((name) =>
        Plot.barX(
          cell.bars.filter((bar) => bar.name === name),
          {
            className: name,
            y: 'key',
            x: 'value',
            insetTop: name === 'out' ? 37 : 20,
            insetBottom: name === 'in' ? 23 : name === 'out' ? 6 : 12,
            ...COLOURS[name],
          },
        ),
      ),
      Plot.ruleX([0], { stroke: 'var(--ink)' }),
      Plot.ruleY(cell.ranges, { className: 'range', y: 'key', x1: 'value', x2: 'to', dy: 4, stroke: 'var(--out)', strokeWidth: 2, marker: ending }),
      Plot.tickX(
        cell.points.filter((point) => point.name === 'published'),
        { className: 'published-net', y: 'key', x: 'value', insetTop: 16, insetBottom: 8, stroke: 'var(--door)', strokeWidth: 3 },
      ),
      Plot.dot(
        cell.points.filter((point) => point.name === 'stock'),
        { className: 'stock', y: 'key', x: 'value', dy: 4, r: 5, fill: 'var(--in)', stroke: 'var(--paper)' },
      ),
      Plot.dot(
        cell.points.filter((point) => point.name === 'expected-stock'),
        { className: 'expected-stock', y: 'key', x: 'value', dy: 4, r: 5, symbol: 'diamond', stroke: 'var(--door)', strokeWidth: 2 },
      ),
    ],
  });
  const readings = ['in', 'out', 'net', 'published-net', 'stock', 'expected-stock'].flatMap((name) => {
    const of = [...cell.bars, ...cell.points].filter((bar) => bar.name === name || `${bar.name}-net` === name);
    return drawn(plot, name).map(([mark, i]) => {
      mark.dataset.row = String(of[i]!.source);
      mark.dataset.part = of[i]!.name;
      mark.dataset.value = String(of[i]!.value);
      return { mark, text: of[i]!.words };
    });
  });
  write(plot, kind, cell, step);
  writeMisfits(plot, cell, step);
  describe(plot, id, `${cell.title}: ${KINDS.find(({ value }) => value === kind)!.text}`, 'The tables below hold every figure.');
  return { content: plot, readings };
}

type Drawing = Element & { scale(name: string): Plot.Scale | undefined };

// The row's days above its bars, and the values at their ends.
function write(plot: Drawing, kind: Kind, cell: Cell, step: number): void {
  const x = plot.scale('x')!;
  const y = plot.scale('y')!;
  const left = x.apply(0) as number;
  for (const row of cell.rows) {
    plot.append(svg('text', { x: left + 5, y: (y.apply(row.key) as number) + 14, 'text-anchor': 'start', class: 'label' }, row.label));
  }
  for (const bar of cell.bars) {
    const down = bar.name === 'in' ? 31 : bar.name === 'out' ? 48 : 32;
    const range = cell.ranges.find((one) => one.key === bar.key);
    const end = range ? (bar.value < 0 ? Math.min(bar.value, range.value) : Math.max(bar.value, range.to!)) : bar.value;
    const text = kind === 'net' ? netWords(bar.value, range) : number(bar.value);
    writeValue(plot, x.apply(end) as number, (y.apply(bar.key) as number) + down, text, bar.value < 0);
  }
  for (const point of cell.points.filter(({ name, key }) => name === 'stock' || !cell.bars.some((bar) => bar.key === key))) {
    if (point.name !== 'expected-stock') {
      const text = kind === 'net' ? signed(point.value) : number(point.value);
      writeValue(plot, (x.apply(point.value) as number) + (kind === 'net' ? 2 : 6), (y.apply(point.key) as number) + step / 2 + 8, text, false);
    }
  }
}

function netWords(value: number, range?: Bar): string {
  return range ? `${signed(range.value)} to ${signed(range.to!)}` : signed(value);
}

function writeValue(plot: Element, x: number, y: number, text: string, left: boolean): void {
  plot.append(svg('text', { x: x + (left ? -5 : 5), y, 'text-anchor': left ? 'end' : 'start', class: 'label' }, text));
}

// From what was expected to what was counted or published: the discrepancies.
function misfits(cell: Cell): { point: Bar; other: Bar; size: number }[] {
  return cell.points.flatMap((point) => {
    const other =
      point.name === 'published'
        ? cell.bars.find((bar) => bar.key === point.key && bar.name === 'net')
        : point.name === 'expected-stock'
          ? cell.points.find((stock) => stock.key === point.key && stock.name === 'stock')
          : undefined;
    return other ? [{ point, other, size: point.name === 'published' ? point.value - other.value : other.value - point.value }] : [];
  });
}

function writeMisfits(plot: Drawing, cell: Cell, step: number): void {
  const x = plot.scale('x')!;
  const y = plot.scale('y')!;
  const layer = svg('g', { class: 'misfits' });
  for (const { point, other, size } of misfits(cell).filter((one) => one.size !== 0)) {
    const at = (y.apply(point.key) as number) + (point.name === 'published' ? step - 7 : step / 2 + 4);
    const ends = { x1: x.apply(point.value) as number, x2: x.apply(other.value) as number };
    layer.append(svg('line', { ...ends, y1: at, y2: at, class: 'misfit', 'data-misfit': size, 'data-of': point.source }));
  }
  plot.append(layer);
}

function key(cells: Cell[]): Element {
  const list = element('ul', 'key');
  const has = (name: string): boolean => cells.some((cell) => [...cell.bars, ...cell.points].some((bar) => bar.name === name));
  const add = (on: boolean, className: string, text: string): void => {
    if (on) {
      const item = document.createElement('li');
      item.append(element('span', `swatch ${className}`), text);
      list.append(item);
    }
  };
  add(has('in'), 'swatch-in', 'in');
  add(has('out'), 'swatch-out', 'out');
  add(has('net'), 'swatch-net', 'net, computed: in less out');
  add(cells.some((cell) => cell.ranges.length > 0), 'swatch-range', 'sources disagree: the range of net');
  add(has('published'), 'swatch-published-net', 'net as published');
  add(has('stock'), 'swatch-stock', 'stock as counted');
  add(has('expected-stock'), 'swatch-expected-stock', 'expected: stock before + in \u2212 out');
  add(cells.some((cell) => misfits(cell).some(({ size }) => size !== 0)), 'swatch-misfit', 'discrepancy');
  return list;
}
