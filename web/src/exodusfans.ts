// Bands of the runs by day, a picture each: entries by place beside what was counted, and people stranded.
import * as Plot from '@observablehq/plot';
import { fanOf } from './conflict';
import { makeButton, placeControls } from './controls';
import type { Band, Exodus, ExodusFan, ExodusPoint } from './exodus';
import { tickMonths } from './fans';
import { describe, drawn, element, isPrinting, show, svg, textWidth, type Drawn, type Reading } from './picture';
import { DAY, dayOf, dayWords, monthOf, number, rate, spanWords } from './words';

const SIZE = 12;
const LEAST_WIDTH = 290;
const GAP = 22;
const HEIGHT = 180;
const MARGIN = { top: 22, right: 12, bottom: 22 };
const ROWS = [6, 4, 4]; // of places before all are asked for, by columns
const LINES = ['var(--out)', 'var(--door)', 'var(--has)', 'var(--alarm)'];
const DASHES = ['none', '6,3', '2,2', '8,3,2,3'];

interface BandDay {
  date: Date; // noon
  p5: number;
  p50: number;
  p95: number;
}

function read(band: Band, from: string): BandDay[] {
  const [p5, p50, p95] = [band.p5, band.p50, band.p95].map(fanOf) as [number[], number[], number[]];
  return p50.map((middle, day) => ({ date: noon(from, day), p5: p5[day]!, p50: middle, p95: p95[day]! }));
}

function noon(from: string, day: number): Date {
  return new Date(dayOf(from).getTime() + (day + 0.5) * DAY);
}

const endOf = (day: string): Date => new Date(dayOf(day).getTime() + DAY);
const middleOf = (point: ExodusPoint): Date => new Date((dayOf(point.from).getTime() + endOf(point.to).getTime()) / 2);

/** One picture. */
interface Curve {
  id: string;
  title: string;
  note: string;
  days: BandDay[];
  points: ExodusPoint[];
  others: { title: string; days: BandDay[] }[]; // medians alone
  height: number;
}

/** Makes the fans by place, and the button that shows all of them. */
export function showExodusFans(exodus: Exodus): void {
  const curves = exodus.fans.map((fan, i): Curve => ({
    id: `exodus-fan-${i + 1}`,
    title: `${fan.title}, ${fan.route}`,
    note: noteOf(fan),
    days: read(fan, fan.from),
    points: fan.points.filter((point) => point.perDay !== null && point.to >= exodus.from && point.from <= exodus.to),
    others: [],
    height: HEIGHT,
  }));
  let all = false;
  const redraw = show('exodus-fans', (width) => {
    const columns = columnsOf(curves.length, width);
    const shown = all || isPrinting() ? curves : curves.slice(0, columns * ROWS[columns - 1]!);
    const { content, readings } = drawGrid(exodus, shown, width);
    const keyed = element('div', 'keyed');
    keyed.append(fansKey(), content);
    return { content: keyed, readings };
  });
  if (curves.length <= ROWS[0]!) {
    return;
  }
  const words = (): string => (all ? 'Show those with most counts' : `Show all ${curves.length} places`);
  const button = makeButton(words(), () => {
    all = !all;
    button.textContent = words();
    redraw();
  });
  placeControls('exodus-fans', button);
}

function noteOf(fan: ExodusFan): string {
  const later = fan.points.filter((point) => !point.known).length;
  const hidden = fan.points.filter((point) => point.perDay === null).length;
  const all = fan.points.length;
  const counts = all === 0 ? 'No count of just this' : `${all} ${all === 1 ? 'count' : 'counts'}${later === 0 ? '' : `, ${later === all ? '' : `${later} `}published later`}`;
  return `${counts}.${fan.scored ? '' : ' Not scored: on priors alone.'}${hidden > 0 ? ` ${hidden} not shown.` : ''}`;
}

/** People stranded: all with the what-ifs, then each class. */
export function showStranded(exodus: Exodus): void {
  const [asIs, ...whatIfs] = exodus.worlds;
  if (!asIs) {
    return;
  }
  const curve = (band: Band, i: number): Curve => ({
    id: `stranded-${i}`,
    title: band.title,
    note: '',
    days: read(band, exodus.from),
    points: [],
    others: [],
    height: HEIGHT,
  });
  const first = {
    ...curve({ ...asIs, title: 'All classes, as the doors are' }, 0),
    // One that changes nothing would lie on the line; the page says so.
    others: whatIfs.filter(({ p50 }) => p50 !== asIs.p50).map((band) => ({ title: band.title, days: read(band, exodus.from) })),
    height: 240,
  };
  const classes = exodus.stranded.map((band, i) => curve(band, i + 1)).filter(({ days }) => days.some((day) => day.p95 > 0));
  show('exodus-stranded', (width) => {
    const top = drawCurve(exodus, first, width);
    const cell = cellOf(first, top.content);
    const keyed = element('div', 'keyed');
    keyed.append(strandedKey(first.others.map(({ title }) => title)), cell, drawGrid(exodus, classes, width).content);
    return { content: keyed, readings: [] };
  });
}

function columnsOf(n: number, width: number): number {
  return Math.max(1, Math.min(n, 3, Math.floor((width + GAP) / (LEAST_WIDTH + GAP))));
}

function drawGrid(exodus: Exodus, curves: Curve[], width: number): Drawn {
  const columns = columnsOf(curves.length, width);
  const each = Math.floor((width - GAP * (columns - 1)) / columns);
  const grid = element('div', 'panels');
  grid.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
  const readings: Reading[] = [];
  for (const curve of curves) {
    const drawing = drawCurve(exodus, curve, each);
    grid.append(cellOf(curve, drawing.content));
    readings.push(...drawing.readings);
  }
  return { content: grid, readings };
}

function cellOf({ title, note }: Curve, drawing: Element): Element {
  const cell = element('div', 'cell top');
  cell.append(element('p', 'cell-title', title), ...(note ? [element('p', 'cell-note', note)] : []), drawing);
  return cell;
}

const SETS: { name: string; known: boolean; span: boolean }[] = [
  { name: 'count-day-known', known: true, span: false },
  { name: 'count-day-later', known: false, span: false },
  { name: 'count-span-known', known: true, span: true },
  { name: 'count-span-later', known: false, span: true },
];

function drawCurve(exodus: Exodus, curve: Curve, width: number): Drawn {
  const [from, to] = [dayOf(exodus.from), endOf(exodus.to)];
  const most = Math.max(
    1,
    ...curve.days.map((day) => day.p95),
    ...curve.points.map((point) => point.perDay!),
    ...curve.others.flatMap(({ days }) => days.map((day) => day.p50)),
  );
  const left = Math.ceil(textWidth(number(most * 1.04), SIZE)) + 8;
  const ticks = Math.min(4, Math.floor(most)); // whole people
  const sets = SETS.map((set) => ({
    ...set,
    points: curve.points.filter((point) => point.known === set.known && (point.from !== point.to) === set.span),
  }));
  const plot = Plot.plot({
    width,
    height: curve.height,
    marginTop: MARGIN.top,
    marginRight: MARGIN.right,
    marginBottom: MARGIN.bottom,
    marginLeft: left,
    style: { fontSize: `${SIZE}px`, background: 'none', overflow: 'visible' },
    x: { type: 'utc', domain: [from, to], axis: null, clamp: true },
    y: { domain: [0, most * 1.04], axis: null },
    marks: [
      Plot.gridY({ ticks, stroke: 'var(--grid)', strokeOpacity: 1 }),
      Plot.axisY({ ticks, tickSize: 0, label: null, fill: 'var(--soft)', tickFormat: (value: number) => number(value) }),
      Plot.axisX(tickMonths(from, to, width - left - MARGIN.right), {
        tickSize: 3,
        stroke: 'var(--line)',
        label: null,
        fill: 'var(--soft)',
        tickFormat: (day: Date) => `${monthOf(day)} ${day.getUTCFullYear()}`,
      }),
      Plot.areaY(curve.days, { className: 'fan-wide', x: 'date', y1: 'p5', y2: 'p95', fill: 'var(--in)', fillOpacity: 0.25 }),
      Plot.line(curve.days, { className: 'fan-median', x: 'date', y: 'p50', stroke: 'var(--in)', strokeWidth: 1.5 }),
      ...curve.others.map(({ days }, i) =>
        Plot.line(days, { className: `what-if-${i + 1}`, x: 'date', y: 'p50', stroke: LINES[i % LINES.length], strokeDasharray: DASHES[i % DASHES.length], strokeWidth: 1.5 }),
      ),
      Plot.ruleY([0], { stroke: 'var(--ink)' }),
      ...sets.map(({ name, known, span, points }) =>
        span
          ? Plot.ruleY(points, {
              className: name,
              y: 'perDay',
              x1: (point: ExodusPoint) => dayOf(point.from),
              x2: (point: ExodusPoint) => endOf(point.to),
              stroke: 'var(--ink)',
              strokeWidth: 2.5,
              strokeDasharray: known ? 'none' : '3,2',
            })
          : Plot.dot(points, {
              className: name,
              x: middleOf,
              y: 'perDay',
              r: 2.8,
              fill: known ? 'var(--ink)' : 'var(--paper)',
              stroke: 'var(--ink)',
            }),
      ),
    ],
  });
  writeKnown(plot, exodus, curve.height, width, left);
  const found = sets.flatMap(({ name, points }) => drawn(plot, name).map(([mark, i]) => ({ mark, of: points[i]! })));
  found.sort((a, b) => a.of.from.localeCompare(b.of.from) || a.of.to.localeCompare(b.of.to));
  describe(plot, curve.id, `${curve.title}: the band of the runs`, describeCurve(exodus, curve));
  return {
    content: plot,
    readings: found.map(({ mark, of }) => {
      mark.dataset.from = of.from;
      mark.dataset.to = of.to;
      mark.dataset.perDay = String(of.perDay);
      return { mark, text: pointWords(curve, of) };
    }),
  };
}

// The end of the day of the forecast: what was published beyond it, it did not know.
function writeKnown(plot: Element & { scale(name: string): Plot.Scale | undefined }, { asKnown }: Exodus, height: number, width: number, left: number): void {
  const x = plot.scale('x')!.apply(endOf(asKnown)) as number;
  const text = `as known ${dayWords(asKnown)} ${asKnown.slice(0, 4)}`;
  const half = textWidth(text, SIZE) / 2 + 2;
  plot.append(
    svg('line', { x1: x, x2: x, y1: MARGIN.top - 6, y2: height - MARGIN.bottom, class: 'morning' }),
    svg('text', { x: Math.max(left + half, Math.min(width - half, x)), y: 11, 'text-anchor': 'middle', class: 'label' }, text),
  );
}

function describeCurve({ from, to }: Exodus, { days }: Curve): string {
  const [first, last] = [days[0], days.at(-1)];
  const words = (day: BandDay): string => `p50 ${number(day.p50)}, p5 ${number(day.p5)}, p95 ${number(day.p95)}`;
  return first && last ? `On ${dayWords(from)}: ${words(first)}. On ${dayWords(to)}: ${words(last)}. Computed.` : 'No day.';
}

function pointWords(curve: Curve, point: ExodusPoint): string {
  const mean = point.from === point.to ? '' : ' a day on the mean';
  const when = point.known ? 'known to the forecast' : 'published later';
  const inside = curve.days.filter(({ date }) => date >= dayOf(point.from) && date < endOf(point.to));
  const average = inside.reduce((sum, day) => sum + day.p50, 0) / Math.max(1, inside.length);
  const model = inside.length === 0 ? '' : ` Runs: ${rate(Math.round(average))}, mean of p50 over those days, computed.`;
  return `${curve.title}, ${spanWords(point.from, point.to)} ${point.to.slice(0, 4)}: ${point.more ? 'more than ' : ''}${rate(point.perDay!)}${mean}, ${when}.${model} ${point.source}.`;
}

function item(list: Element, picture: Element, text: string): void {
  const made = document.createElement('li');
  made.append(picture, text);
  list.append(made);
}

function fansKey(): Element {
  const list = element('ul', 'key');
  const swatch = (name: string, text: string): void => item(list, element('span', `swatch swatch-${name}`), text);
  swatch('median', 'p50 of the runs');
  swatch('wide', 'p5 to p95');
  swatch('count', 'counted on a day, known');
  swatch('sum-count', 'published later');
  swatch('count-span', 'mean of several days, known');
  swatch('count-span-later', 'published later');
  return list;
}

function strandedKey(titles: string[]): Element {
  const list = element('ul', 'key');
  item(list, element('span', 'swatch swatch-median'), 'p50, as the doors are');
  item(list, element('span', 'swatch swatch-wide'), 'p5 to p95');
  titles.forEach((title, i) => {
    const line = svg('svg', { width: 26, height: 8, viewBox: '0 0 26 8', 'aria-hidden': 'true' });
    line.append(svg('line', { x1: 0, x2: 26, y1: 4, y2: 4, 'stroke-width': 2, stroke: LINES[i % LINES.length]!, 'stroke-dasharray': DASHES[i % DASHES.length]! }));
    item(list, line, `what if: ${title}`);
  });
  return list;
}
