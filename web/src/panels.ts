// Small pictures side by side: one for each country, route and measure, on the same days.
import * as Plot from '@observablehq/plot';
import { alarmKey, writeAlarms, type AlarmsByRow } from './alarms';
import type { Mark, Panel, Series } from './data';
import { markKey } from './key';
import { markWords, SYMBOLS, tag } from './marks';
import { describe, drawn, element, ending, svg, textWidth, type Drawn, type Reading } from './picture';
import type { WatchPoint } from './watch';
import { DAY, dayOf, dayWords, monthOf, rate } from './words';

const SIZE = 12;
const LEAST_WIDTH = 230;
const GAP = 20;
const HEIGHT = 110;
const LABEL = 50; // room of "26 Sept", with air
const MARGIN = { top: 25, right: 6, bottom: 20, left: 6 };

/** What a panel shows beside its counts: alarms by the row of their mark; what was expected, a day. */
export interface PanelMore {
  alarms: AlarmsByRow;
  points: WatchPoint[];
}

export function drawPanels(series: Series, panels: Panel[], width: number, id: string, more: PanelMore[]): Drawn {
  const columns = Math.max(1, Math.min(panels.length, Math.floor((width + GAP) / (LEAST_WIDTH + GAP))));
  const each = Math.floor((width - GAP * (columns - 1)) / columns);
  const grid = element('div', 'panels');
  grid.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
  // Measures that the first picture shows need no words of their own.
  const main = series.panels.find((panel) => panel.main);
  const plain = new Set(series.panels.filter((panel) => panel.focus && panel.route === main?.route).map((panel) => panel.measure));
  const readings: Reading[] = [];
  panels.forEach((panel, i) => {
    const cell = element('div', 'cell');
    const drawing = drawPanel(series, panel, each, `${id}-${i + 1}`, more[i]!);
    cell.append(element('p', 'cell-title', panel.label));
    if (!plain.has(panel.measure) && panel.definition !== '') {
      cell.append(element('p', 'cell-note', panel.definition));
    }
    cell.append(drawing.content);
    grid.append(cell);
    readings.push(...drawing.readings);
  });
  return { content: grid, readings };
}

/** What the marks of these panels mean. */
export function panelsKey(series: Series, panels: Panel[], alarms: AlarmsByRow): Element {
  const more: [string, string][] = [];
  const out = panels.some((panel) => panel.kind === 'gross_out');
  if (out && panels.some((panel) => panel.kind !== 'gross_out')) {
    more.push(['swatch-in', 'in'], ['swatch-out', 'out']);
  }
  if (panels.some((panel) => panel.marks.some((mark) => mark.perDay === 0))) {
    more.push(['swatch-zero', 'none that day']);
  }
  if (panels.some((panel) => doorDays(series, panel).length > 0)) {
    more.push(['swatch-door', 'a rule of that country changes']);
  }
  const marks = panels.flatMap((panel) => panel.marks);
  more.push(...alarmKey(marks.flatMap((mark) => alarms.get(mark.row) ?? [])));
  return markKey(marks, more);
}

function drawPanel(series: Series, panel: Panel, width: number, id: string, more: PanelMore): Drawn {
  const from = dayOf(series.from);
  const to = new Date(dayOf(series.to).getTime() + DAY);
  const end = (mark: Mark): Date => new Date(dayOf(mark.to).getTime() + DAY);
  const known = panel.marks.filter((mark) => mark.perDay !== null);
  const most = Math.max(0, ...known.map((mark) => mark.perDay!));
  // A bound far above the counts would leave them no height; it is then past the picture's edge.
  const bounds = more.points.flatMap((point) => (point.bound !== null && point.bound <= 1.6 * most ? [point.bound] : []));
  const out = panel.kind === 'gross_out';
  const colour = out ? 'var(--out)' : 'var(--in)';
  const sets: [string, Mark[]][] = [
    ['zero', known.filter((mark) => mark.days === 1 && !mark.disputed && mark.perDay === 0)],
    ['day', known.filter((mark) => mark.days === 1 && !mark.disputed && mark.perDay !== 0)],
    ['day-disputed', known.filter((mark) => mark.days === 1 && mark.disputed)],
    ['span', known.filter((mark) => mark.days > 1 && !mark.disputed)],
    ['span-disputed', known.filter((mark) => mark.days > 1 && mark.disputed)],
    ['unknown', panel.marks.filter((mark) => mark.perDay === null)],
  ];
  const of = (name: string): Mark[] => sets.find(([key]) => key === name)![1];
  const bars = (name: string, more: object) =>
    Plot.rect(of(name), {
      className: name,
      x1: (mark: Mark) => dayOf(mark.from).getTime() + DAY * 0.1,
      x2: (mark: Mark) => end(mark).getTime() - DAY * 0.1,
      y1: 0,
      y2: 'perDay',
      fill: out ? 'var(--out-soft)' : 'var(--in-soft)',
      stroke: colour,
      ...more,
    });
  const strokes = (name: string, more: object) =>
    Plot.ruleY(of(name), {
      className: name,
      y: 'perDay',
      x1: (mark: Mark) => dayOf(mark.from),
      x2: end,
      stroke: colour,
      strokeWidth: 2.5,
      marker: ending,
      ...more,
    });
  const plot = Plot.plot({
    width,
    height: HEIGHT,
    marginTop: MARGIN.top,
    marginRight: MARGIN.right,
    marginBottom: MARGIN.bottom,
    marginLeft: MARGIN.left,
    style: { fontSize: `${SIZE}px`, background: 'none', overflow: 'visible' },
    x: { type: 'utc', domain: [from, to], axis: null },
    y: { domain: [0, Math.max(most, ...bounds) || 1], axis: null },
    marks: [
      Plot.axisX(edgeDays(from, to, width - MARGIN.left - MARGIN.right), {
        tickSize: 3,
        stroke: 'var(--line)',
        label: null,
        fill: 'var(--soft)',
        textAnchor: 'start',
        tickPadding: 4,
        tickFormat: (day: Date) => `${day.getUTCDate()} ${monthOf(day)}`,
      }),
      Plot.ruleX(doorDays(series, panel), { className: 'door', stroke: 'var(--door)', strokeDasharray: '2,3' }),
      Plot.ruleY([0], { stroke: 'var(--ink)' }),
      ...levels(more.points, bounds, Math.max(most, ...bounds)),
      bars('day', {}),
      bars('day-disputed', { fill: 'none', strokeDasharray: '3,2' }),
      strokes('span', {}),
      strokes('span-disputed', { strokeWidth: 2, strokeDasharray: '6,3' }),
      // A bar of no height would not be seen.
      Plot.dot(of('zero'), {
        className: 'zero',
        x: (mark: Mark) => (dayOf(mark.from).getTime() + end(mark).getTime()) / 2,
        y: 0,
        r: 3.5,
        fill: 'var(--paper)',
        stroke: colour,
        strokeWidth: 1.5,
      }),
      Plot.dot(of('unknown'), {
        className: 'unknown',
        x: (mark: Mark) => (dayOf(mark.from).getTime() + end(mark).getTime()) / 2,
        y: 0,
        r: 4,
        symbol: (mark: Mark) => mark.hidden ?? 'under 5',
        stroke: 'var(--ink)',
      }),
    ],
    symbol: SYMBOLS,
  });
  const found = sets.flatMap(([name, data]) => drawn(plot, name).map(([mark, i]) => ({ mark, of: data[i]! })));
  found.sort((a, b) => a.of.from.localeCompare(b.of.from) || a.of.days - b.of.days);
  found.forEach(({ mark, of: shown }) => tag(mark, shown));
  const x = plot.scale('x')!;
  const y = plot.scale('y')!;
  const spots = panel.marks.map((mark) => ({
    row: mark.row,
    spot: {
      left: x.apply(dayOf(mark.from)) as number,
      right: x.apply(end(mark)) as number,
      end: y.apply(mark.perDay ?? 0) as number,
      zero: y.apply(0) as number,
      span: mark.days > 1,
    },
  }));
  const alarms = writeAlarms(plot, spots, more.alarms).readings;
  writeMost(plot, known, most, width);
  describe(
    plot,
    id,
    `${panel.label}, a day`,
    `${panel.marks.length} counts from ${dayWords(series.from)} to ${dayWords(series.to)}; ` +
      (known.length > 0 ? `the highest is ${rate(most)} a day.` : 'small counts, not shown.'),
  );
  const way = out ? 'out' : 'in';
  return {
    content: plot,
    readings: found.flatMap(({ mark, of: shown }) => [
      { mark, text: `${panel.label}. ${markWords(shown, way)}` },
      ...(alarms.get(shown.row) ?? []),
    ]),
  };
}

// What was expected of each period judged, and the count from which it rings: level strokes, none above the top.
function levels(points: WatchPoint[], bounds: number[], top: number): Plot.Markish[] {
  const stroke = (className: string, of: WatchPoint[], y: 'expected' | 'bound', more: object) =>
    Plot.ruleY(of, {
      className,
      y,
      x1: (point: WatchPoint) => dayOf(point.from),
      x2: (point: WatchPoint) => new Date(dayOf(point.to).getTime() + DAY),
      stroke: 'var(--soft)',
      strokeWidth: 1.5,
      ...more,
    });
  return [
    stroke('expected', points.filter((point) => point.expected !== null && point.expected <= top), 'expected', {}),
    stroke('bound', points.filter((point) => bounds.includes(point.bound ?? NaN)), 'bound', { strokeDasharray: '3,2' }),
  ];
}

// Every second Monday, or fewer where there is no room for their labels.
function edgeDays(from: Date, to: Date, room: number): Date[] {
  const perDay = room / ((to.getTime() - from.getTime()) / DAY);
  const weeks = [2, 4, 8, 13, 26, 52].find((step) => step * 7 * perDay >= LABEL) ?? 104;
  const last = weeks > 2 ? LABEL / perDay : 3; // days before the edge that a label needs
  const first = new Date(from.getTime() + ((8 - from.getUTCDay()) % 7) * DAY);
  const mondays: Date[] = [];
  for (let time = first.getTime(); time < to.getTime() - last * DAY; time += 7 * weeks * DAY) {
    mondays.push(new Date(time));
  }
  return mondays;
}

function doorDays(series: Series, panel: Panel): Date[] {
  return series.doors
    .filter((door) => door.country.code === panel.country.code)
    .map((door) => dayOf(door.date));
}

// The highest count's value, above it.
function writeMost(
  plot: Element & { scale(name: string): Plot.Scale | undefined },
  known: Mark[],
  most: number,
  width: number,
): void {
  const top = known.find((mark) => mark.perDay === most);
  if (!top) {
    return;
  }
  const x = plot.scale('x')!;
  const middle = (dayOf(top.from).getTime() + dayOf(top.to).getTime() + DAY) / 2;
  const text = top.days === 1 ? `${rate(most)} on ${dayWords(top.from)}` : `${rate(most)} a day`;
  const half = textWidth(text, SIZE) / 2 + 2;
  const at = Math.max(half, Math.min(width - half, x.apply(new Date(middle)) as number));
  plot.append(svg('text', { x: at, y: (plot.scale('y')!.apply(most) as number) - 9, 'text-anchor': 'middle', class: 'label' }, text));
}
