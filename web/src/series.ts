// The focus country's counts by day: entries above the line, exits below, spans as level strokes.
import * as Plot from '@observablehq/plot';
import { alarmKey, writeAlarms, type AlarmsByRow } from './alarms';
import type { Mark, Panel, Series } from './data';
import { FLAG_LINE, flagsLegend, makeFlags, writeFlags } from './flags';
import { placeLabels, type Box } from './labels';
import { markKey } from './key';
import { markWords, SYMBOLS, tag } from './marks';
import { drawPanels } from './panels';
import { describe, drawn, element, ending, svg, textWidth, type Drawn, type Reading } from './picture';
import { DAY, dayOf, dayWords, monthOf, number } from './words';

const SIZE = 12;
const MARGIN = { left: 62, right: 10, bottom: 38 };

interface Shown extends Mark {
  x1: Date;
  x2: Date;
  y: number; // exits are negative
  out: boolean;
  text: string;
}

// The exits of the main panel's country by the same route.
function exitsOf(series: Series, main: Panel): Panel | undefined {
  return series.panels.find(
    (panel) =>
      panel.country.code === main.country.code &&
      panel.route === main.route &&
      panel.kind === 'gross_out',
  );
}

/** The main panel and its exits large, the focus country's other counts small below. */
export function drawSeries(series: Series, main: Panel, alarms: AlarmsByRow, width: number): Drawn {
  const exits = exitsOf(series, main);
  const rest = series.panels.filter((panel) => panel.focus && panel !== main && panel !== exits);
  const { content, readings } = drawMain(series, main, exits, alarms, width);
  if (rest.length > 0) {
    const others = drawPanels(series, rest, width, 'focus', rest.map(() => ({ alarms, points: [] })));
    content.append(element('p', 'panels-title', `Other counts of ${main.country.name}`), others.content);
    readings.push(...others.readings);
  }
  return { content, readings };
}

function drawMain(
  series: Series,
  main: Panel,
  exits: Panel | undefined,
  alarms: AlarmsByRow,
  width: number,
): Drawn {
  const shown = [...toShown(main, false), ...(exits ? toShown(exits, true) : [])];
  const days = shown.filter((mark) => mark.days === 1 && mark.perDay !== null);
  const spans = shown.filter((mark) => mark.days > 1 && mark.perDay !== null);
  const unknown = shown.filter((mark) => mark.perDay === null);
  const from = dayOf(series.from);
  const to = new Date(dayOf(series.to).getTime() + DAY);
  const room = width - MARGIN.left - MARGIN.right;
  const perDay = room / ((to.getTime() - from.getTime()) / DAY);
  const flags = makeFlags(series.doors, main, (day) => MARGIN.left + dayOffset(from, day) * perDay, width);
  const top = 12 + FLAG_LINE * flags.rows;
  const most = Math.max(1, ...shown.map((mark) => mark.y));
  const least = Math.min(0, ...shown.map((mark) => mark.y));
  const height = Math.round(top + MARGIN.bottom + Math.min(340, 220 + width * 0.12));
  const entries = { fill: 'var(--in-soft)', stroke: 'var(--in)' };
  const away = { fill: 'var(--out-soft)', stroke: 'var(--out)' };
  const bars = (className: string, out: boolean, disputed: boolean) =>
    Plot.rect(
      days.filter((mark) => mark.out === out && mark.disputed === disputed),
      {
        className,
        x1: (mark: Shown) => mark.x1.getTime() + DAY * 0.14,
        x2: (mark: Shown) => mark.x2.getTime() - DAY * 0.14,
        y1: 0,
        y2: 'y',
        ...(out ? away : entries),
        ...(disputed ? { fill: 'none', strokeDasharray: '3,2' } : {}),
      },
    );
  const plot = Plot.plot({
    width,
    height,
    marginLeft: MARGIN.left,
    marginRight: MARGIN.right,
    marginTop: top,
    marginBottom: MARGIN.bottom,
    style: { fontSize: `${SIZE}px`, background: 'none', overflow: 'visible' },
    x: { type: 'utc', domain: [from, to], axis: null },
    y: { domain: [least * 1.2, most * 1.12], axis: null },
    marks: [
      Plot.gridY({ ticks: 6, stroke: 'var(--grid)', strokeOpacity: 1 }),
      Plot.axisY({
        ticks: 6,
        tickSize: 0,
        label: null,
        fill: 'var(--soft)',
        tickFormat: (value: number) => number(Math.abs(value)),
      }),
      Plot.axisX(tickDays(from, to, perDay), {
        tickSize: 0,
        label: null,
        fill: 'var(--soft)',
        tickFormat: (day: Date, i: number) =>
          `${day.getUTCDate()}${i === 0 || day.getUTCDate() === 1 ? `\n${monthOf(day)}` : ''}`,
      }),
      bars('day-in', false, false),
      bars('day-in-disputed', false, true),
      bars('day-out', true, false),
      bars('day-out-disputed', true, true),
      Plot.ruleY([0], { stroke: 'var(--ink)' }),
      ...[false, true].map((disputed) =>
        Plot.ruleY(
          spans.filter((mark) => mark.disputed === disputed),
          {
            className: disputed ? 'span-disputed' : 'span',
            y: 'y',
            x1: 'x1',
            x2: 'x2',
            insetLeft: 1.5,
            insetRight: 1.5,
            stroke: (mark: Shown) => (mark.out ? 'var(--out)' : 'var(--in)'),
            strokeWidth: 2.5,
            marker: ending,
            ...(disputed ? { strokeDasharray: '6,3', strokeWidth: 2 } : {}),
          },
        ),
      ),
      Plot.dot(unknown, {
        className: 'unknown',
        x: (mark: Shown) => (mark.x1.getTime() + mark.x2.getTime()) / 2,
        y: 0,
        r: 4,
        symbol: (mark: Shown) => mark.hidden ?? 'under 5',
        stroke: 'var(--ink)',
      }),
    ],
    symbol: SYMBOLS,
  });
  const rung = writeAlarms(plot, shown.map((mark) => spotOf(plot, mark)), alarms);
  const readings = collect(plot, { days, spans, unknown }).flatMap(({ row, ...reading }) => [
    reading,
    ...(rung.readings.get(row) ?? []),
  ]);
  writeLabels(plot, days, spans, { width, height, top, taken: rung.boxes });
  writeSides(plot, main, exits !== undefined);
  writeFlags(plot, flags, height - MARGIN.bottom);
  describe(
    plot,
    'series',
    `${main.label}, a day`,
    `${shown.length} counts from ${dayWords(series.from)} to ${dayWords(series.to)}. Bars are single ` +
      'days, level strokes are the mean day of a longer count. The table below holds every figure.',
  );
  const content = element('div', 'series');
  content.append(
    plot,
    markKey(shown, [
      ...(flags.days.length > 0 ? [['swatch-door', 'a rule changes (numbers below)'] as [string, string]] : []),
      ...alarmKey(shown.flatMap((mark) => alarms.get(mark.row) ?? [])),
    ]),
  );
  if (flags.days.length > 0) {
    content.append(flagsLegend(flags.days));
  }
  return { content, readings };
}

// Where a mark stands, for its alarm.
function spotOf(plot: Element & { scale(name: string): Plot.Scale | undefined }, mark: Shown) {
  const x = plot.scale('x')!;
  const y = plot.scale('y')!;
  const spot = {
    left: x.apply(mark.x1) as number,
    right: x.apply(mark.x2) as number,
    end: y.apply(mark.y) as number,
    zero: y.apply(0) as number,
    span: mark.days > 1,
  };
  return { row: mark.row, spot };
}

// Along the axis: which side is in and which is out, and the unit.
function writeSides(
  plot: Element & { scale(name: string): Plot.Scale | undefined },
  main: Panel,
  hasExits: boolean,
): void {
  const y = plot.scale('y')!;
  const [low, high] = y.domain as [number, number];
  const unit = main.unit ?? 'counts';
  const write = (from: number, to: number, text: string): void => {
    const at = ((y.apply(from) as number) + (y.apply(to) as number)) / 2;
    const place = { x: 0, y: 0, transform: `translate(11 ${at}) rotate(-90)`, 'text-anchor': 'middle' };
    plot.append(svg('text', { ...place, class: 'side' }, text));
  };
  write(0, high, `${unit} a day, in`);
  if (hasExits) {
    write(0, low, 'out');
  }
}

function toShown(panel: Panel, out: boolean): Shown[] {
  return panel.marks.map((mark) => ({
    ...mark,
    x1: dayOf(mark.from),
    x2: new Date(dayOf(mark.to).getTime() + DAY),
    y: (out ? -1 : 1) * (mark.perDay ?? 0),
    out,
    text: markWords(mark, out ? 'out' : 'in'),
  }));
}

function dayOffset(from: Date, day: Date): number {
  return (day.getTime() - from.getTime()) / DAY;
}

// Middles of the days that get a number, as many as there is room for.
function tickDays(from: Date, to: Date, perDay: number): Date[] {
  const step = [1, 2, 7, 14].find((days) => days * perDay >= 26) ?? 28;
  const days: Date[] = [];
  for (let time = from.getTime() + DAY / 2; time < to.getTime(); time += step * DAY) {
    days.push(new Date(time));
  }
  return days;
}

function collect(
  plot: Element,
  of: { days: Shown[]; spans: Shown[]; unknown: Shown[] },
): (Reading & { row: number })[] {
  const sets: [string, Shown[]][] = [
    ['day-in', of.days.filter((mark) => !mark.out && !mark.disputed)],
    ['day-in-disputed', of.days.filter((mark) => !mark.out && mark.disputed)],
    ['day-out', of.days.filter((mark) => mark.out && !mark.disputed)],
    ['day-out-disputed', of.days.filter((mark) => mark.out && mark.disputed)],
    ['span', of.spans.filter((mark) => !mark.disputed)],
    ['span-disputed', of.spans.filter((mark) => mark.disputed)],
    ['unknown', of.unknown],
  ];
  const found = sets.flatMap(([className, data]) =>
    drawn(plot, className).map(([mark, i]) => ({ mark, of: data[i]! })),
  );
  found.sort((a, b) => a.of.from.localeCompare(b.of.from) || a.of.days - b.of.days);
  return found.map(({ mark, of: shown }) => {
    tag(mark, shown);
    return { mark, text: shown.text, row: shown.row };
  });
}

// Values on the picture itself, the highest first; those without room are in the table and the reader.
function writeLabels(
  plot: Element & { scale(name: string): Plot.Scale | undefined },
  days: Shown[],
  spans: Shown[],
  size: { width: number; height: number; top: number; taken: Box[] },
): void {
  const x = plot.scale('x')!;
  const y = plot.scale('y')!;
  const zero = y.apply(0) as number;
  const strokes: Box[] = spans.map((span) => ({
    x: x.apply(span.x1) as number,
    y: (y.apply(span.y) as number) - 3,
    w: (x.apply(span.x2) as number) - (x.apply(span.x1) as number),
    h: 6,
  }));
  const barTops: Box[] = days.map((day) => {
    const end = y.apply(day.y) as number;
    return {
      x: x.apply(day.x1) as number,
      y: Math.min(zero, end) + (day.out ? Math.abs(end - zero) - 1 : 0),
      w: (x.apply(day.x2) as number) - (x.apply(day.x1) as number),
      h: 1,
    };
  });
  const all = [...days, ...spans].sort((a, b) => Math.abs(b.y) - Math.abs(a.y));
  const texts = all.map((mark) => number(mark.perDay!));
  const frame = {
    x: MARGIN.left + 1,
    y: size.top - 10,
    w: size.width - MARGIN.left - 2,
    h: size.height - size.top - MARGIN.bottom + 10,
  };
  const wanted = all.map((mark, i) => {
    const w = textWidth(texts[i]!, SIZE, mark.days > 1) + 4;
    const h = SIZE + 2;
    const left = x.apply(mark.x1) as number;
    const right = x.apply(mark.x2) as number;
    const end = y.apply(mark.y) as number;
    const beyond = mark.out ? end + 3 : end - h - 3;
    const within = mark.out ? end - h - 4 : end + 4;
    const middle = (left + right) / 2;
    const starts =
      mark.days > 1 ? [middle - w / 2, left + 2, right - w - 2] : [middle - w / 2];
    return [beyond, within].flatMap((top) => starts.map((start) => ({ x: start, y: top, w, h, leader: null })));
  });
  const places = placeLabels(wanted, frame, [], [...strokes, ...barTops, ...size.taken]);
  const layer = svg('g', { class: 'values' });
  places.forEach((place, i) => {
    if (place) {
      const mark = all[i]!;
      layer.append(
        svg(
          'text',
          {
            x: place.x + place.w / 2,
            y: place.y + place.h / 2,
            dy: '0.33em',
            'text-anchor': 'middle',
            class: `label ${mark.days > 1 ? 'strong' : ''} ${mark.out ? 'out' : 'in'}`,
          },
          texts[i]!,
        ),
      );
    }
  });
  plot.append(layer);
}
