// Camps side by side: what was counted on its day, and the fan of the runs.
import * as Plot from '@observablehq/plot';
import { countryOf, fanOf, isoDay, nameOf, type Camp, type Conflict } from './conflict';
import { makeButton, placeControls } from './controls';
import { describe, drawn, element, isPrinting, show, textWidth, type Drawn, type Reading } from './picture';
import { DAY, dayOf, dayWords, monthOf, number } from './words';

const SIZE = 12;
const LEAST_WIDTH = 290;
const GAP = 22;
const HEIGHT = 170;
const MARGIN = { top: 10, right: 12, bottom: 22 };
const FIRST = 6; // camps before all are asked for
const STEPS = 360; // days drawn of a fan, at most

interface FanDay {
  day: number;
  date: Date;
  p5: number;
  p25: number;
  p50: number;
  p75: number;
  p95: number;
}

interface Point {
  day: number;
  date: Date;
  count: number;
  first: number;
  computed: boolean;
  source: string;
}

/** A camp with its rows read. */
interface Fan {
  camp: Camp;
  title: string;
  days: FanDay[];
  points: Point[];
  hidden: number; // counts that are not shown
}

function read(conflict: Conflict, camp: Camp): Fan {
  const place = conflict.places[camp.place]!;
  const [p5, p25, p50, p75, p95] = [camp.p5, camp.p25, camp.p50, camp.p75, camp.p95].map(fanOf) as [number[], number[], number[], number[], number[]];
  const dateOf = (day: number): Date => new Date(dayOf(conflict.start).getTime() + day * DAY);
  const step = Math.max(1, Math.ceil(conflict.days / STEPS));
  const days = p50
    .map((_, day): FanDay => ({ day, date: dateOf(day), p5: p5[day]!, p25: p25[day]!, p50: p50[day]!, p75: p75[day]!, p95: p95[day]! }))
    .filter(({ day }) => day % step === 0 || day === conflict.days - 1);
  const points = camp.points.flatMap(([day, count, first, computed, source]): Point[] =>
    count === null || first === null
      ? []
      : [{ day, date: dateOf(day), count, first, computed: computed === 1, source: conflict.sources[source] ?? '' }],
  );
  return {
    camp,
    title: nameOf(place) === countryOf(place) ? nameOf(place) : `${nameOf(place)}, ${countryOf(place)}`,
    days,
    points,
    hidden: camp.points.length - points.length,
  };
}

/** Makes the pictures and the button that shows all of them. */
export function showFans(conflict: Conflict): void {
  const fans = conflict.camps.map((camp) => read(conflict, camp));
  let all = fans.length <= FIRST;
  const redraw = show('fans', (width) => draw(conflict, all || isPrinting() ? fans : fans.slice(0, FIRST), width));
  if (all) {
    return;
  }
  const words = (): string => (all ? `Show the ${FIRST} largest` : `Show all ${fans.length} camps`);
  const button = makeButton(words(), () => {
    all = !all;
    button.textContent = words();
    redraw();
  });
  placeControls('fans', button);
}

function draw(conflict: Conflict, fans: Fan[], width: number): Drawn {
  const columns = Math.max(1, Math.min(fans.length, 3, Math.floor((width + GAP) / (LEAST_WIDTH + GAP))));
  const each = Math.floor((width - GAP * (columns - 1)) / columns);
  const grid = element('div', 'panels');
  grid.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
  const readings: Reading[] = [];
  fans.forEach((fan, i) => {
    const cell = element('div', 'cell top');
    const drawing = drawFan(conflict, fan, each, `fan-${i + 1}`);
    cell.append(element('p', 'cell-title', fan.title), element('p', 'cell-note', noteOf(fan)), drawing.content);
    grid.append(cell);
    readings.push(...drawing.readings);
  });
  const content = element('div', 'keyed');
  content.append(key(fans), grid);
  return { content, readings };
}

// What the page says above each picture; the caption below all of them says what the runs knew.
function noteOf(fan: Fan): string {
  const last = fan.points.at(-1);
  const capacity = fan.camp.capacity === null ? 'no capacity given' : `capacity as stated ${number(fan.camp.capacity)}`;
  const seen = last ? `${fan.points.length} counts, the last ${number(last.count)}` : 'never counted';
  return `${seen}; ${capacity}.${fan.hidden > 0 ? ` ${fan.hidden} under 5, not shown.` : ''}`;
}

function drawFan(conflict: Conflict, fan: Fan, width: number, id: string): Drawn {
  const first = fan.days[0]!.date;
  const end = fan.days.at(-1)!.date;
  const most = Math.max(1, ...fan.days.map((day) => day.p95), ...fan.points.map((point) => Math.max(point.count, point.first)));
  const left = Math.ceil(textWidth(number(most), SIZE)) + 8;
  const moved = fan.points.filter((point) => Math.abs(point.first - point.count) > Math.max(1, 0.005 * point.count));
  const dots = (name: string, points: Point[], y: 'count' | 'first', more: object) =>
    Plot.dot(points, { className: name, x: 'date', y, r: 2.6, ...more });
  const band = (name: string, y1: 'p5' | 'p25', y2: 'p75' | 'p95', opacity: number) =>
    Plot.areaY(fan.days, { className: name, x: 'date', y1, y2, fill: 'var(--in)', fillOpacity: opacity });
  const plot = Plot.plot({
    width,
    height: HEIGHT,
    marginTop: MARGIN.top,
    marginRight: MARGIN.right,
    marginBottom: MARGIN.bottom,
    marginLeft: left,
    style: { fontSize: `${SIZE}px`, background: 'none', overflow: 'visible' },
    x: { type: 'utc', domain: [first, end], axis: null },
    y: { domain: [0, most * 1.04], axis: null },
    marks: [
      Plot.gridY({ ticks: 4, stroke: 'var(--grid)', strokeOpacity: 1 }),
      Plot.axisY({ ticks: 4, tickSize: 0, label: null, fill: 'var(--soft)', tickFormat: (value: number) => number(value) }),
      Plot.axisX(tickMonths(first, end, width - left - MARGIN.right), {
        tickSize: 3,
        stroke: 'var(--line)',
        label: null,
        fill: 'var(--soft)',
        tickFormat: (day: Date) => `${monthOf(day)} ${day.getUTCFullYear()}`,
      }),
      band('fan-wide', 'p5', 'p95', 0.2),
      band('fan-half', 'p25', 'p75', 0.35),
      Plot.line(fan.days, { className: 'fan-median', x: 'date', y: 'p50', stroke: 'var(--in)', strokeWidth: 1.5 }),
      Plot.ruleY([0], { stroke: 'var(--ink)' }),
      dots('first-count', moved, 'first', { symbol: 'times', r: 2.4, stroke: 'var(--soft)' }),
      dots('sum-count', fan.points.filter((point) => point.computed), 'count', { fill: 'var(--paper)', stroke: 'var(--ink)' }),
      dots('count', fan.points.filter((point) => !point.computed), 'count', { fill: 'var(--ink)', stroke: 'var(--paper)', strokeWidth: 0.5 }),
    ],
  });
  const sets: [string, Point[]][] = [
    ['count', fan.points.filter((point) => !point.computed)],
    ['sum-count', fan.points.filter((point) => point.computed)],
  ];
  const found = sets.flatMap(([name, points]) => drawn(plot, name).map(([mark, i]) => ({ mark, of: points[i]! })));
  found.sort((a, b) => a.of.day - b.of.day);
  const last = fan.points.at(-1);
  describe(
    plot,
    id,
    `${fan.title}: counts beside the fan of the runs`,
    `${fan.points.length} counts${last ? `; the last, ${number(last.count)} on ${dayWords(isoDay(conflict, last.day))}` : ''}. ${fanWords(fan, fan.days.at(-1)!.day)}`,
  );
  return {
    content: plot,
    readings: found.map(({ mark, of }) => {
      mark.dataset.camp = conflict.places[fan.camp.place]!.name;
      mark.dataset.day = isoDay(conflict, of.day);
      mark.dataset.value = String(of.count);
      return { mark, text: pointWords(conflict, fan, of) };
    }),
  };
}

function nearest(fan: Fan, day: number): FanDay {
  return fan.days.reduce((best, one) => (Math.abs(one.day - day) < Math.abs(best.day - day) ? one : best));
}

function fanWords(fan: Fan, day: number): string {
  const at = nearest(fan, day);
  return `Runs: median ${number(at.p50)}, half between ${number(at.p25)} and ${number(at.p75)}, nine in ten between ${number(at.p5)} and ${number(at.p95)}, computed.`;
}

function pointWords(conflict: Conflict, fan: Fan, point: Point): string {
  const iso = isoDay(conflict, point.day);
  const how = point.computed ? ' as the sum of registers of which some had no report that day' : '';
  const first = Math.round(point.first) === Math.round(point.count) ? '' : ` (first given as ${number(point.first)})`;
  return `${fan.title}, ${dayWords(iso)} ${iso.slice(0, 4)}: ${number(point.count)} counted${how}${first}. ${fanWords(fan, point.day)} ${point.source}.`;
}

// First days of months, as many as there is room for.
export function tickMonths(from: Date, to: Date, room: number): Date[] {
  const months: Date[] = [];
  for (let i = 0; ; i++) {
    const day = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + i, 1));
    if (day > to) {
      break;
    }
    if (day >= from) {
      months.push(day);
    }
  }
  const most = Math.max(1, Math.floor(room / 78));
  const step = [1, 2, 3, 6, 12, 24].find((one) => Math.ceil(months.length / one) <= most) ?? 60;
  const span = to.getTime() - from.getTime();
  // A name at the very edge would be cut.
  return months.filter((day, i) => i % step === 0 && ((day.getTime() - from.getTime()) / span) * room > -1 && ((to.getTime() - day.getTime()) / span) * room > 18);
}

function key(fans: Fan[]): Element {
  const list = element('ul', 'key');
  const add = (className: string, text: string): void => {
    const item = document.createElement('li');
    item.append(element('span', `swatch ${className}`), text);
    list.append(item);
  };
  add('swatch-count', 'counted, as corrected later');
  if (fans.some((fan) => fan.points.some((point) => point.computed))) {
    add('swatch-sum-count', 'sum of registers, some between their reports');
  }
  if (fans.some((fan) => fan.points.some((point) => Math.abs(point.first - point.count) > Math.max(1, 0.005 * point.count)))) {
    add('swatch-first-count', 'as first counted');
  }
  add('swatch-median', 'median of the runs');
  add('swatch-half', 'half of them');
  add('swatch-wide', 'nine in ten');
  return list;
}
