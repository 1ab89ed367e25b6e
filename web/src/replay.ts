// As known on: what was known of one series on each morning, and what the test would have said.
import * as Plot from '@observablehq/plot';
import { makeSelect, placeControls } from './controls';
import { daysOf } from './doors';
import { markKey } from './key';
import { SYMBOLS } from './marks';
import { describe, drawn, element, isPrinting, show, svg, textWidth, type Drawn } from './picture';
import { mornings, stateOn, wordsOn } from './replaywords';
import { beside, makeTurning } from './turning';
import type { Clock, Morning, Watch, WatchSeries, WatchValue } from './watch';
import { DAY, dayOf, dayWords, monthOf, number, rate, spanWords } from './words';

const SIZE = 12;
const HEIGHT = 250;
const MARGIN = { top: 34, right: 14, bottom: 34, left: 58 };

interface Shown extends WatchValue {
  days: number;
  perDay: number | null;
}

/** Makes the controls and the picture. */
export function showReplay(watch: Watch): void {
  const said = document.getElementById('replay-said');
  const able = watch.series
    .map((_, i) => i)
    .filter((i) => (['published', 'nextDay'] as Clock[]).some((clock) => hasVerdict(watch, i, clock)));
  let series = watch.lead;
  let clock: Clock = hasVerdict(watch, series, 'published') ? 'published' : 'nextDay';
  let days: string[] = [];

  // On paper the last morning.
  const redraw = show('replay', (width) => {
    const day = days[isPrinting() ? days.length - 1 : turning.at()]!;
    const state = stateOn(watch.replay[clock][series]!, day);
    const words = wordsOn(state, day, clock);
    if (said) {
      if (said.textContent !== words) {
        said.textContent = words; // a live region speaks at each change
      }
      said.classList.toggle('ringing', state?.state === 'rings');
    }
    return draw(watch, series, clock, day, width);
  });
  const spoken = (at: number): string => spanWords(days[at]!, days[at]!);
  const turning = makeTurning({
    id: 'replay-range',
    words: 'As known on the morning of',
    last: 0,
    shown: (at) => `${spoken(at)} ${days[at]!.slice(0, 4)}`,
    spoken,
    before: beside('Previous morning', -1, () => days.length - 1),
    after: beside('Next morning', 1, () => days.length - 1),
    turned: () => redraw(),
  });
  const load = (): void => {
    days = mornings(watch.replay[clock][series]!);
    turning.reach(days.length - 1);
    turning.turn(firstAlarm(watch.replay[clock][series]!, days));
  };
  const choose = makeSelect(
    'replay-series',
    'Series',
    able.map((i) => ({ value: String(i), text: watch.series[i]!.label })),
    String(series),
    (value) => {
      series = Number(value);
      load();
    },
  );
  const clocks = makeSelect<Clock>(
    'replay-clock',
    'Clock',
    [
      { value: 'published', text: 'as published' },
      { value: 'nextDay', text: 'on the next morning' },
    ],
    clock,
    (value) => {
      clock = value;
      load();
    },
  );
  if (placeControls('replay', choose, clocks, turning.place) && said) {
    said.hidden = false;
  }
  load();
}

function hasVerdict(watch: Watch, series: number, clock: Clock): boolean {
  return watch.replay[clock][series]!.some((morning) => morning.state !== 'cannot');
}

// The slider starts where there is something to see: the first morning that rings, else the last.
function firstAlarm(all: Morning[], days: string[]): number {
  const found = all.find((morning) => morning.state === 'rings');
  return found ? days.indexOf(found.day) : days.length - 1;
}

function isKnown(value: WatchValue, clock: Clock, day: string): boolean {
  const force = value[clock];
  return force !== null && force[0] <= day && (force[1] === null || day < force[1]);
}

function toShown(value: WatchValue): Shown {
  const days = daysOf(value.from, value.to);
  return { ...value, days, perDay: value.count === null ? null : value.count / days };
}

function endOf(value: { to: string }): Date {
  return new Date(dayOf(value.to).getTime() + DAY);
}

// What the whole replay of this series reaches: the axes stand still while it runs.
function reach(watch: Watch, of: WatchSeries, series: number): { from: Date; to: Date; most: number } {
  const all = of.values.map(toShown);
  const verdicts = (['published', 'nextDay'] as Clock[]).flatMap((clock) => watch.replay[clock][series]!);
  const most = Math.max(1, ...all.map((value) => value.perDay ?? 0));
  const bounds = verdicts.flatMap((morning) => (morning.bound !== null ? [perDay(morning.bound, morning)!] : []));
  const starts = all.map((value) => dayOf(value.from).getTime());
  const ends = all.map((value) => endOf(value).getTime());
  return {
    from: new Date(Math.min(...starts)),
    to: new Date(Math.max(...ends)),
    most: Math.min(1.25 * most, Math.max(most, ...bounds)),
  };
}

function perDay(value: number | null, morning: Morning): number | null {
  return value === null || morning.from === null || morning.to === null
    ? null
    : value / daysOf(morning.from, morning.to);
}

function draw(watch: Watch, series: number, clock: Clock, day: string, width: number): Drawn {
  const of = watch.series[series]!;
  const state = stateOn(watch.replay[clock][series]!, day);
  const known = of.values.filter((value) => isKnown(value, clock, day)).map(toShown);
  const { from, to, most } = reach(watch, of, series);
  const out = of.kind === 'gross_out';
  const counted = known.filter((value) => value.perDay !== null);
  const span = (to.getTime() - from.getTime()) / DAY;
  const plot = Plot.plot({
    width,
    height: HEIGHT,
    marginTop: MARGIN.top,
    marginRight: MARGIN.right,
    marginBottom: MARGIN.bottom,
    marginLeft: MARGIN.left,
    style: { fontSize: `${SIZE}px`, background: 'none', overflow: 'visible' },
    x: { type: 'utc', domain: [from, to], axis: null },
    y: { domain: [0, most * 1.08], axis: null },
    marks: [
      Plot.gridY({ ticks: 5, stroke: 'var(--grid)', strokeOpacity: 1 }),
      Plot.axisY({ ticks: 5, tickSize: 0, label: null, fill: 'var(--soft)', tickFormat: (value: number) => number(value) }),
      Plot.axisX(tickDays(from, span, width - MARGIN.left - MARGIN.right), {
        tickSize: 0,
        label: null,
        fill: 'var(--soft)',
        tickFormat: (tick: Date, i: number) =>
          `${tick.getUTCDate()}${i === 0 || tick.getUTCDate() <= 7 ? `\n${monthOf(tick)}` : ''}`,
      }),
      ...expectation(state, most),
      Plot.rect(
        counted.filter((value) => value.days === 1),
        {
          className: 'known-day',
          x1: (value: Shown) => dayOf(value.from).getTime() + DAY * 0.14,
          x2: (value: Shown) => endOf(value).getTime() - DAY * 0.14,
          y1: 0,
          y2: 'perDay',
          fill: out ? 'var(--out-soft)' : 'var(--in-soft)',
          stroke: out ? 'var(--out)' : 'var(--in)',
        },
      ),
      Plot.ruleY(
        counted.filter((value) => value.days > 1),
        {
          className: 'known-week',
          y: 'perDay',
          x1: (value: Shown) => dayOf(value.from),
          x2: endOf,
          insetLeft: 1.5,
          insetRight: 1.5,
          stroke: out ? 'var(--out)' : 'var(--in)',
          strokeWidth: 2.5,
        },
      ),
      Plot.ruleY([0], { stroke: 'var(--ink)' }),
      Plot.dot(
        known.filter((value) => value.perDay === null),
        {
          className: 'unknown',
          x: (value: Shown) => (dayOf(value.from).getTime() + endOf(value).getTime()) / 2,
          y: 0,
          r: 4,
          symbol: (value: Shown) => value.hidden ?? 'under 5',
          stroke: 'var(--ink)',
        },
      ),
    ],
    symbol: SYMBOLS,
  });
  const readings = collect(plot, known, counted, out);
  const rung = writeAlarm(plot, state, counted);
  writeMorning(plot, day, from, to, width);
  describe(
    plot,
    'replay',
    `${of.label}, a day, as known on the morning of ${dayWords(day)}`,
    `${known.length} counts known. ${wordsOn(state, day, clock)}`,
  );
  const content = element('div', 'replay');
  content.append(element('p', 'cell-title', `${of.label}, ${of.unit} a day`), plot, key(known, state, rung));
  return { content, readings };
}

// The band of the baseline with what it lets one expect, and the count from which it rings.
function expectation(state: Morning | null, most: number): Plot.Markish[] {
  const expected = state && perDay(state.expected, state);
  if (!state || expected === null || !state.baseFrom || !state.baseTo || !state.to) {
    return [];
  }
  const spread = perDay(state.spread, state) ?? 0;
  const bound = perDay(state.bound, state);
  const base = { x1: dayOf(state.baseFrom), x2: endOf({ to: state.baseTo }) };
  const whole = { x1: dayOf(state.baseFrom), x2: endOf({ to: state.to }) };
  return [
    Plot.rect([base], {
      className: 'baseline',
      x1: 'x1',
      x2: 'x2',
      y1: Math.max(0, expected - spread),
      y2: expected + spread,
      fill: 'var(--base)',
    }),
    Plot.ruleY([whole], { className: 'expected', x1: 'x1', x2: 'x2', y: expected, stroke: 'var(--soft)', strokeWidth: 1.5 }),
    ...(bound !== null && bound <= 1.08 * most
      ? [Plot.ruleY([whole], { className: 'bound', x1: 'x1', x2: 'x2', y: bound, stroke: 'var(--soft)', strokeWidth: 1.5, strokeDasharray: '4,3' })]
      : []),
  ];
}

// Days that get a number, as many as there is room for.
function tickDays(from: Date, span: number, room: number): Date[] {
  const step = [1, 2, 7, 14, 28].find((days) => (days * room) / span >= 26) ?? 56;
  return Array.from({ length: Math.ceil(span / step) }, (_, i) => new Date(from.getTime() + (i * step + 0.5) * DAY));
}

function collect(plot: Element, known: Shown[], counted: Shown[], out: boolean): Drawn['readings'] {
  const sets: [string, Shown[]][] = [
    ['known-day', counted.filter((value) => value.days === 1)],
    ['known-week', counted.filter((value) => value.days > 1)],
    ['unknown', known.filter((value) => value.perDay === null)],
  ];
  const found = sets.flatMap(([name, data]) => drawn(plot, name).map(([mark, i]) => ({ mark, of: data[i]! })));
  found.sort((a, b) => a.of.from.localeCompare(b.of.from) || a.of.days - b.of.days);
  return found.map(({ mark, of: value }) => {
    mark.dataset.from = value.from;
    mark.dataset.count = value.count === null ? '' : String(value.count);
    const count = value.count === null ? value.hidden : number(value.count);
    const mean = value.days > 1 && value.perDay !== null ? `, ${rate(value.perDay)} a day` : '';
    return { mark, text: `${spanWords(value.from, value.to)}: ${count} ${out ? 'out' : 'in'}${mean}. ${value.source}.` };
  });
}

// The triangle at the period that rings.
function writeAlarm(
  plot: Element & { scale(name: string): Plot.Scale | undefined },
  state: Morning | null,
  known: Shown[],
): boolean {
  if (state?.state !== 'rings' || !state.from || !state.to) {
    return false;
  }
  const x = plot.scale('x')!;
  const y = plot.scale('y')!;
  const value = known.find((one) => one.from === state.from && one.to === state.to);
  const middle = ((x.apply(dayOf(state.from)) as number) + (x.apply(endOf({ to: state.to })) as number)) / 2;
  const top = (y.apply(value?.perDay ?? 0) as number) - 4;
  plot.append(svg('path', { d: `M${middle},${top - 12}l6.5,12h-13Z`, class: 'alarm', 'data-ringing': state.from }));
  return true;
}

// The morning itself: what lies to its right had not happened.
function writeMorning(
  plot: Element & { scale(name: string): Plot.Scale | undefined },
  day: string,
  from: Date,
  to: Date,
  width: number,
): void {
  const time = dayOf(day).getTime();
  if (time < from.getTime()) {
    return;
  }
  const late = time > to.getTime();
  const x = late ? width - MARGIN.right : (plot.scale('x')!.apply(dayOf(day)) as number);
  const text = `morning of ${dayWords(day)}${late ? ' \u2192' : ''}`;
  const half = textWidth(text, SIZE) / 2 + 2;
  const at = Math.max(half, Math.min(width - half, x));
  if (!late) {
    plot.append(svg('line', { x1: x, x2: x, y1: 20, y2: HEIGHT - MARGIN.bottom, class: 'morning' }));
  }
  plot.append(svg('text', { x: at, y: 13, 'text-anchor': 'middle', class: 'label' }, text));
}

function key(known: Shown[], state: Morning | null, rung: boolean): Element {
  const more: [string, string][] = [];
  if (state && state.expected !== null && state.baseFrom) {
    more.push(['swatch-base', 'baseline, give or take its own noise'], ['swatch-expected', 'expected']);
    if (state.bound !== null) {
      more.push(['swatch-bound', 'rings from here on']);
    }
  }
  if (rung) {
    more.push(['swatch-alarm', 'rings']);
  }
  const marks = known.map((value) => ({ ...value, row: 0, value: value.count, disputed: false }));
  return markKey(marks, more);
}
