// The map of a conflict on one day, a slider over the days, and a button that lets them pass.
import * as Plot from '@observablehq/plot';
import { countOn, countryOf, fanOf, flowOf, isoDay, isShut, nameOf, typeOn, type Conflict, type ConflictPlace, type PlaceType, type Way } from './conflict';
import { placeControls } from './controls';
import type { Disc } from './labels';
import { projectionOf, wish, writeNames, type Wish } from './map';
import { describe, element, isPrinting, show, svg, type Drawn, type Reading } from './picture';
import { makeEnds, makePlayed, makeTicks } from './turning';
import { dayWords, number, spanWords } from './words';
import { world } from './world';

const SIZE = 12;
const SMALL = 11;
const NARROW = 560; // CSS pixels
const WIDEST = 13; // of a way
const LISTED = 5; // ways that the sentence below the map names

/** A conflict with its rows read. */
interface Read {
  conflict: Conflict;
  ways: { way: Way; there: number[]; back: number[] }[];
  means: number[][]; // [camp][day]
  mostFlow: number;
  mostPeople: number;
}

function read(conflict: Conflict): Read {
  const ways = conflict.ways.map((way) => ({ way, there: flowOf(way.there), back: flowOf(way.back) }));
  const means = conflict.camps.map((camp) => fanOf(camp.mean));
  const most = (rows: number[][]): number => rows.reduce((high, row) => row.reduce((a, b) => Math.max(a, b), high), 1);
  return {
    conflict,
    ways,
    means,
    mostFlow: most(ways.flatMap(({ there, back }) => [there, back])),
    mostPeople: Math.max(most(means), ...conflict.camps.flatMap((camp) => camp.points.map((point) => point[1] ?? 0))),
  };
}

function longDay(conflict: Conflict, day: number): string {
  const iso = isoDay(conflict, day);
  return `${spanWords(iso, iso)} ${iso.slice(0, 4)}`;
}

/** People who set out on one way and direction that day, the most first. */
export interface Passed {
  from: string;
  to: string;
  people: number;
  index: number; // of the way
  there: boolean;
}

function passedOn(data: Read, day: number): Passed[] {
  const { places } = data.conflict;
  return data.ways
    .flatMap(({ way, there, back }, index): Passed[] => [
      { from: nameOf(places[way.a]!), to: nameOf(places[way.b]!), people: there[day]!, index, there: true },
      { from: nameOf(places[way.b]!), to: nameOf(places[way.a]!), people: back[day]!, index, there: false },
    ])
    .filter((one) => one.people > 0)
    .sort((x, y) => y.people - x.people || x.index - y.index);
}

function placesOn(conflict: Conflict, day: number, type: PlaceType): ConflictPlace[] {
  return conflict.places.filter((place) => typeOn(place, day) === type);
}

// The day in sentences.
function sayDay(data: Read, day: number): Element[] {
  const { conflict } = data;
  const passed = passedOn(data, day);
  const inCamps = data.means.reduce((sum, mean) => sum + mean[day]!, 0);
  const known = conflict.camps.map((camp) => countOn(camp, day));
  const seen = known.filter((count) => count !== null);
  const counted = seen.reduce((sum, count) => sum + count, 0);
  const list = element('ul', '');
  const add = (text: string): void => void list.append(element('li', '', text));
  add(
    `In camps: ${number(inCamps)} by the runs` +
      (seen.length > 0 ? `; ${number(counted)} counted in ${seen.length} of ${known.length}, between reports on a line.` : '; no count reaches this day.'),
  );
  add(
    passed.length === 0
      ? 'Nobody set out on a way.'
      : `Most set out from ${passed.slice(0, LISTED).map((one) => `${one.from} to ${one.to} ${number(one.people)}`).join('; ')}.`,
  );
  const fighting = placesOn(conflict, day, 'conflict').map(nameOf);
  add(fighting.length === 0 ? 'No place of conflict.' : `Conflict in ${fighting.join(', ')}.`);
  const shut = conflict.ways.filter((way) => isShut(way, day));
  if (shut.length > 0) {
    add(`Shut: ${shut.map((way) => `${nameOf(conflict.places[way.a]!)}\u2013${nameOf(conflict.places[way.b]!)}`).join(', ')}.`);
  }
  return [element('p', '', `${longDay(conflict, day)}, day ${day + 1} of ${conflict.days}.`), list];
}

// It opens on the day on which most people are on their way.
function firstDay(data: Read): number {
  let best = 0;
  let most = -1;
  for (let day = 0; day < data.conflict.days; day++) {
    const sum = data.ways.reduce((all, { there, back }) => all + there[day]! + back[day]!, 0);
    if (sum > most) {
      most = sum;
      best = day;
    }
  }
  return best;
}

// Days on which a place changes or a way is shut or opened.
function changesOf(conflict: Conflict): number[] {
  const days = new Set<number>();
  conflict.places.forEach((place) => place.types.forEach((day, i) => i % 2 === 0 && day > 0 && days.add(day)));
  conflict.ways.forEach((way) => way.shut.forEach((day) => day > 0 && day < conflict.days && days.add(day)));
  return [...days].sort((a, b) => a - b);
}

/** Makes the controls and the map. */
export function showConflictMap(conflict: Conflict): void {
  const data = read(conflict);
  const said = document.getElementById('conflict-said');
  let map: DayMap | null = null;
  const redraw = show('conflict', (width): Drawn => {
    if (map?.width !== width) {
      map = makeMap(data, width, isPrinting());
    }
    return map.draw(turning.at());
  });
  const turning = makePlayed({
    id: 'conflict-range',
    days: conflict.days,
    names: { before: 'Previous day', after: 'Next day', play: 'Play the days' },
    shown: (at) => longDay(conflict, at),
    turned: (at) => {
      said?.replaceChildren(...sayDay(data, at));
      redraw();
    },
    said,
    below: [ticksOf(conflict), endsOf(conflict)],
  });
  if (placeControls('conflict', turning.place) && said) {
    said.hidden = false;
    said.tabIndex = 0; // it scrolls, so that the tables below stand still
  }
  turning.turn(firstDay(data));
}

function ticksOf(conflict: Conflict): Element {
  const last = Math.max(1, conflict.days - 1);
  return makeTicks(changesOf(conflict).map((day) => ({ day: String(day), at: day / last, tall: 0.4 })));
}

function endsOf(conflict: Conflict): Element {
  const words = (day: number): string => `${dayWords(isoDay(conflict, day))} ${isoDay(conflict, day).slice(0, 4)}`;
  return makeEnds(words(0), 'marks: a place or a way changes', words(conflict.days - 1));
}

interface DayMap {
  width: number;
  draw(day: number): Drawn;
}

interface Spot {
  x: number;
  y: number;
}

// The land is drawn once; a day only moves what lies on it.
function makeMap(data: Read, width: number, still: boolean): DayMap {
  const { conflict } = data;
  const narrow = width < NARROW;
  const largest = Math.max(12, Math.min(34, width * 0.035));
  const radius = (people: number): number => (people <= 0 ? 0 : Math.max(2, largest * Math.sqrt(people / data.mostPeople)));
  const { projection, height } = projectionOf(pointsOf(conflict), width, narrow ? largest + 6 : largest + 22);
  const plot = Plot.plot({
    width,
    height,
    margin: 0,
    style: { fontSize: `${SIZE}px`, background: 'var(--sea)' },
    projection,
    marks: [
      Plot.geo(world.countries, { className: 'land', fill: 'var(--land)' }),
      Plot.geo(world.borders, { className: 'borders', stroke: 'var(--border)', strokeWidth: 1 }),
    ],
  });
  const spots = conflict.places.map((place): Spot => {
    const [x, y] = projection([place.lon, place.lat])!;
    return { x, y };
  });
  const roads = svg('g', { class: 'roads' });
  const flows = svg('g', { class: 'way-flows' });
  const camps = svg('g', { class: 'camp-discs' });
  const towns = svg('g', { class: 'spots' });
  plot.append(roads, flows, camps, towns);
  const lines = data.ways.map(({ way }) => {
    const [a, b] = [spots[way.a]!, spots[way.b]!];
    const line = svg('line', { x1: a.x, y1: a.y, x2: b.x, y2: b.y, class: 'road' });
    roads.append(line);
    return line;
  });
  const arrows = data.ways.map(({ way }) =>
    [true, false].map((there) => {
      const arrow = svg('path', { class: 'way-flow' });
      arrow.dataset.from = conflict.places[there ? way.a : way.b]!.name;
      arrow.dataset.to = conflict.places[there ? way.b : way.a]!.name;
      return arrow;
    }),
  );
  const discs = conflict.camps.map((camp) => {
    const { x, y } = spots[camp.place]!;
    const disc = svg('circle', { cx: x, cy: y, class: 'camp-disc' });
    const ring = svg('circle', { cx: x, cy: y, class: 'camp-ring' });
    disc.dataset.camp = conflict.places[camp.place]!.name;
    camps.append(disc, ring);
    return { disc, ring };
  });
  const marks = spots.map(({ x, y }) => {
    const mark = svg('path', { transform: `translate(${x},${y})` });
    towns.append(mark);
    return mark;
  });
  writeNames(plot, namesOf(data, spots, radius, width), { width, height }, discsOf(data, spots, radius));
  const content = element('div', 'map conflict');
  content.append(plot, key(data, radius));

  const draw = (day: number): Drawn => {
    const readings: Reading[] = [];
    const passed = passedOn(data, day);
    data.ways.forEach(({ way }, i) => lines[i]!.classList.toggle('shut', isShut(way, day)));
    flows.replaceChildren();
    for (const one of passed) {
      const arrow = arrows[one.index]![one.there ? 0 : 1]!;
      const { way } = data.ways[one.index]!;
      const [from, to] = one.there ? [way.a, way.b] : [way.b, way.a];
      arrow.setAttribute('d', arrowPath(spots[from]!, spots[to]!, widthOf(one.people, data)));
      arrow.dataset.people = String(one.people);
      flows.append(arrow);
    }
    conflict.camps.forEach((camp, i) => {
      const people = data.means[i]![day]!;
      const counted = countOn(camp, day);
      const { disc, ring } = discs[i]!;
      disc.setAttribute('r', String(radius(people)));
      disc.dataset.people = String(people);
      ring.setAttribute('r', String(radius(counted ?? 0)));
      readings.push({ mark: disc, text: campWords(conflict, camp.place, people, counted) });
    });
    conflict.places.forEach((place, i) => {
      const type = typeOn(place, day);
      marks[i]!.setAttribute('d', SHAPES[type]);
      marks[i]!.setAttribute('class', `spot spot-${type}`);
      marks[i]!.dataset.place = place.name;
      if (type === 'conflict') {
        readings.push({ mark: marks[i]!, text: `${nameOf(place)}: place of conflict.` });
      }
    });
    for (const one of passed) {
      const { way } = data.ways[one.index]!;
      readings.push({
        mark: arrows[one.index]![one.there ? 0 : 1]!,
        text: `${one.from} to ${one.to}: ${number(one.people)} set out, mean of ${conflict.members} runs, computed; ${number(way.km)} km.`,
      });
    }
    describe(plot, 'conflict', `The conflict on ${longDay(conflict, day)}`, 'What is drawn stands below in sentences.');
    return { content, readings: still ? [] : readings };
  };
  return { width, draw };
}

// What the map has to hold; a conflict in one spot gets some land around it.
function pointsOf({ places }: Conflict): [number, number][] {
  const points = places.map((place): [number, number] => [place.lon, place.lat]);
  const spread = (axis: 0 | 1): number => Math.max(...points.map((point) => point[axis])) - Math.min(...points.map((point) => point[axis]));
  const [lon, lat] = points[0]!;
  return Math.max(spread(0), spread(1)) < 0.1
    ? [...points, [lon - 0.2, Math.max(-89, lat - 0.2)], [lon + 0.2, Math.min(89, lat + 0.2)]]
    : points;
}

const SHAPES: Record<PlaceType, string> = {
  town: 'M-1.5,0a1.5,1.5 0 1,0 3,0a1.5,1.5 0 1,0 -3,0Z',
  conflict: 'M0,-6.5L6,4.5H-6Z',
  camp: 'M-3,-3H3V3H-3Z',
  idpcamp: 'M0,-4L4,0L0,4L-4,0Z',
  forward: 'M-1.5,0a1.5,1.5 0 1,0 3,0a1.5,1.5 0 1,0 -3,0Z',
  marker: 'M-1,0a1,1 0 1,0 2,0a1,1 0 1,0 -2,0Z',
};

function widthOf(people: number, data: Read): number {
  return Math.max(1, WIDEST * Math.sqrt(people / data.mostFlow));
}

// Beside the road, to the right of who walks it, so that both directions can be seen; it ends in its head.
function arrowPath(from: Spot, to: Spot, width: number): string {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy);
  if (length < 1) {
    return '';
  }
  const ux = dx / length;
  const uy = dy / length;
  const gap = Math.min(4, length / 6);
  const head = Math.min(4 + width, (length - 2 * gap) * 0.6);
  const inner = 0.8;
  const at = (along: number, across: number): string =>
    `${(from.x + ux * along - uy * across).toFixed(1)},${(from.y + uy * along + ux * across).toFixed(1)}`;
  const tip = length - gap;
  return (
    `M${at(gap, inner)}L${at(tip - head, inner)}L${at(tip, inner)}L${at(tip - head, inner + width + 3)}` +
    `L${at(tip - head, inner + width)}L${at(gap, inner + width)}Z`
  );
}

function campWords(conflict: Conflict, place: number, people: number, counted: number | null): string {
  const at = conflict.places[place]!;
  const seen = counted === null ? 'not counted around this day' : `${number(counted)} counted, between reports on a line`;
  return `${nameOf(at)}, ${countryOf(at)}: ${number(people)} by the runs, computed; ${seen}.`;
}

function discsOf(data: Read, spots: Spot[], radius: (people: number) => number): Disc[] {
  return data.conflict.camps.map((camp, i) => ({ ...spots[camp.place]!, r: radius(Math.max(...data.means[i]!)) }));
}

// Camps first, the largest before the others; then places of conflict by how long they are one.
function namesOf(data: Read, spots: Spot[], radius: (people: number) => number, width: number): Wish[] {
  const { conflict } = data;
  const discs = discsOf(data, spots, radius);
  const taken = new Set(conflict.camps.map((camp) => camp.place));
  const burning = (place: ConflictPlace): number => {
    let days = 0;
    for (let i = 0; i < place.types.length; i += 2) {
      days += place.types[i + 1] === 1 ? (place.types[i + 2] ?? conflict.days) - place.types[i]! : 0;
    }
    return days;
  };
  const others = conflict.places
    .map((place, i) => ({ place, i, days: burning(place) }))
    .filter(({ i, place }) => !taken.has(i) && typeOn(place, 0) !== 'marker')
    .sort((a, b) => b.days - a.days)
    .slice(0, Math.floor(width / 40));
  return [
    ...conflict.camps.map((camp, i) =>
      wish(nameOf(conflict.places[camp.place]!), 'strong', SIZE, { ...discs[i]!, r: Math.max(5, discs[i]!.r) }, width < NARROW ? 30 : 60),
    ),
    ...others.map(({ place, i }) => wish(nameOf(place), 'quiet', SMALL, { ...spots[i]!, r: 5 }, 3)),
  ];
}

function key(data: Read, radius: (people: number) => number): Element {
  const list = element('ul', 'key sizes');
  const add = (picture: Element, text: string): void => {
    const item = document.createElement('li');
    item.append(picture, text);
    list.append(item);
  };
  const picture = (width: number, height: number, ...parts: Element[]): Element => {
    const made = svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' });
    made.append(...parts);
    return made;
  };
  const round = (most: number): number => 10 ** Math.floor(Math.log10(most));
  for (const people of [round(data.mostFlow), round(data.mostFlow) / 10].filter((value) => value >= 1)) {
    const wide = widthOf(people, data);
    const tall = Math.ceil(wide + 6);
    add(
      picture(34, tall, svg('path', { d: arrowPath({ x: -3, y: 0 }, { x: 36, y: 0 }, wide), class: 'way-flow' })),
      `${number(people)} a day`,
    );
  }
  const people = round(data.mostPeople);
  const r = radius(people);
  const side = Math.ceil(2 * r + 4);
  add(picture(side, side, svg('circle', { cx: side / 2, cy: side / 2, r, class: 'camp-disc' })), `${number(people)} in a camp`);
  add(picture(18, 18, svg('circle', { cx: 9, cy: 9, r: 7, class: 'camp-ring' })), 'counted');
  const spot = (type: PlaceType, text: string): void =>
    add(picture(14, 14, svg('path', { d: SHAPES[type], class: `spot spot-${type}`, transform: 'translate(7,8)' })), text);
  const there = new Set(data.conflict.places.flatMap((place) => place.types.filter((_, i) => i % 2 === 1)));
  spot('conflict', 'conflict');
  spot('camp', 'camp');
  if (there.has(3)) {
    spot('idpcamp', 'camp inside the country');
  }
  if (there.has(0)) {
    spot('town', 'town');
  }
  if (data.conflict.ways.some((way) => way.shut.length > 0)) {
    add(picture(30, 8, svg('line', { x1: 0, y1: 4, x2: 30, y2: 4, class: 'road shut' })), 'shut');
  }
  return list;
}
