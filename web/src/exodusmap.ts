// The doors of an exodus on the map, one day at a time: who comes in, who waits, for whom each is open.
import * as Plot from '@observablehq/plot';
import { placeControls } from './controls';
import { daysOf, isoOf, longDay, rowOf, stateWords, statesOn, turnsOf, type DoorState, type Exodus, type ExodusDoor } from './exodus';
import { around, placeLabels, type Box, type Disc, type Placed } from './labels';
import { projectionOf } from './map';
import { describe, element, isPrinting, show, svg, textWidth, type Drawn, type Reading } from './picture';
import { makeEnds, makePlayed, makeTicks } from './turning';
import { dayWords, number } from './words';
import { world } from './world';

const SIZE = 12;
const SMALL = 11;
const NARROW = 560; // CSS pixels
const WIDEST = 13; // of an arrow
// A door's name and its bars.
interface Sign {
  size: number;
  wide: number;
  tall: number;
  gap: number;
}
const SIGN: Sign = { size: 12, wide: 6, tall: 9, gap: 1.5 };
const SMALL_SIGN: Sign = { size: 11, wide: 4, tall: 7, gap: 1 };
const ROOM = 120; // more height for the names where the page is narrow
const REACH = 220; // of a door's name from its place

interface ReadDoor {
  door: ExodusDoor;
  in: number[] | null;
  out: number[] | null;
  refused: number[] | null;
  waiting: number[] | null;
}

/** An exodus with its rows read. */
interface Read {
  exodus: Exodus;
  days: number;
  doors: ReadDoor[];
  mostIn: number;
  mostWaiting: number;
}

function read(exodus: Exodus): Read {
  const doors = exodus.doors.map((door): ReadDoor => ({ door, in: rowOf(door.in), out: rowOf(door.out), refused: rowOf(door.refused), waiting: rowOf(door.waiting) }));
  const most = (of: (door: ReadDoor) => number[] | null): number => doors.reduce((high, door) => Math.max(high, ...(of(door) ?? [])), 1);
  return { exodus, days: daysOf(exodus), doors, mostIn: most((door) => door.in), mostWaiting: most((door) => door.waiting) };
}

function people(row: number[] | null, day: number): string {
  return row === null ? 'not forecast' : number(row[day] ?? 0);
}

/** The line of a door on a day. */
function sayDoor({ exodus }: Read, of: ReadDoor, day: number): string {
  const flows = `in ${people(of.in, day)}, out ${people(of.out, day)} (gross), refused ${people(of.refused, day)}, ${of.waiting === null ? 'no queue' : `waiting ${people(of.waiting, day)}`}`;
  return `${of.door.title}: ${flows}; ${stateWords(statesOn(of.door, day), exodus.classes)}.`;
}

function sayDay(data: Read, day: number): Element[] {
  const { exodus, doors } = data;
  const all = doors.reduce((sum, door) => sum + (door.in?.[day] ?? 0), 0);
  const when = isoOf(exodus.from, day) > exodus.asKnown ? 'a forecast' : 'as fitted, of days that were known';
  const list = element('ul', '');
  list.append(...doors.map((door) => element('li', '', sayDoor(data, door, day))));
  return [element('p', '', `${longDay(exodus.from, day)}: ${number(all)} in at all doors, mean of ${exodus.runs} runs, ${when}.`), list];
}

// It opens on the day on which most come in.
function firstDay({ days, doors }: Read): number {
  const sums = Array.from({ length: days }, (_, day) => doors.reduce((sum, door) => sum + (door.in?.[day] ?? 0), 0));
  return sums.indexOf(Math.max(...sums));
}

/** Makes the controls and the map. */
export function showExodusMap(exodus: Exodus): void {
  const data = read(exodus);
  const said = document.getElementById('exodus-said');
  let map: DayMap | null = null;
  const redraw = show('exodus', (width): Drawn => {
    if (map?.width !== width) {
      map = makeMap(data, width, isPrinting());
    }
    return map.draw(turning.at());
  });
  const last = Math.max(1, data.days - 1);
  const turning = makePlayed({
    id: 'exodus-range',
    days: data.days,
    names: { before: 'Previous day on the map', after: 'Next day on the map', play: 'Play the days on the map' },
    shown: (at) => longDay(exodus.from, at),
    turned: (at) => {
      said?.replaceChildren(...sayDay(data, at));
      redraw();
    },
    said,
    below: [
      makeTicks(turnsOf(exodus.doors).map((day) => ({ day: isoOf(exodus.from, day), at: day / last, tall: 0.4 }))),
      makeEnds(dayWords(exodus.from), 'marks: a door changes', `${dayWords(exodus.to)} ${exodus.to.slice(0, 4)}`),
    ],
  });
  if (placeControls('exodus', turning.place) && said) {
    said.hidden = false;
    said.tabIndex = 0; // it scrolls, so that the tables below stand still
  }
  turning.turn(firstDay(data));
}

interface DayMap {
  width: number;
  draw(day: number): Drawn;
}

interface Spot {
  x: number;
  y: number;
}

// The land, the names and the bars stand still; a day moves arrows and discs and fills the bars.
function makeMap(data: Read, width: number, still: boolean): DayMap {
  const { exodus, doors } = data;
  const narrow = width < NARROW;
  const sign = narrow ? SMALL_SIGN : SIGN;
  const largest = Math.max(10, Math.min(26, width * 0.03));
  const radius = (of: number): number => (of < 1 ? 0 : Math.max(2, largest * Math.sqrt(of / data.mostWaiting)));
  const wide = (of: number): number => Math.max(1, WIDEST * Math.sqrt(of / data.mostIn));
  const points = [...exodus.doors, ...exodus.regions].map(({ lon, lat }): [number, number] => [lon, lat]);
  const { projection, height } = roomy(projectionOf(points, width, narrow ? largest + 8 : largest + 40), width, narrow ? ROOM : 0);
  const spot = (lon: number, lat: number): Spot => {
    const [x, y] = projection([lon, lat])!;
    return { x, y };
  };
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
  const layer = svg('g', { class: 'exodus-flows' });
  plot.append(layer);
  const marks = doors.map(({ door }) => {
    const at = spot(door.lon, door.lat);
    const disc = svg('circle', { cx: at.x, cy: at.y, class: 'camp-disc' });
    const arrow = svg('path', { class: 'way-flow' });
    const dot = svg('circle', { cx: at.x, cy: at.y, r: 2.5, class: 'door-spot' });
    disc.dataset.door = arrow.dataset.door = door.id;
    layer.append(disc, arrow, dot);
    return { at, from: sideOf(at, spot(door.fromLon, door.fromLat), Math.max(28, width * 0.06)), disc, arrow };
  });
  const regions = exodus.regions.map(({ title, lon, lat }) => ({ title, ...spot(lon, lat) }));
  layer.append(...regions.map(({ x, y }) => svg('circle', { cx: x, cy: y, r: 1.5, class: 'spot-town' })));
  const bars = writeDoors(plot, data, marks.map(({ at }) => at), narrow ? [] : regions, sign, { width, height });
  const content = element('div', 'map exodus');
  content.append(plot, key(data, wide, radius));

  const draw = (day: number): Drawn => {
    const readings: Reading[] = [];
    doors.forEach((of, i) => {
      const { at, from, disc, arrow } = marks[i]!;
      const came = of.in?.[day] ?? 0;
      const waits = of.waiting?.[day] ?? 0;
      arrow.setAttribute('d', came < 0.5 ? '' : arrowPath(from, at, wide(came)));
      arrow.dataset.people = String(came);
      disc.setAttribute('r', String(radius(waits)));
      disc.dataset.people = String(waits);
      bars[i]?.replaceChildren(...barsOf(statesOn(of.door, day), sign));
      if (came >= 0.5) {
        readings.push({ mark: arrow, text: `${sayDoor(data, of, day)} Mean of ${exodus.runs} runs, computed.` });
      }
    });
    describe(plot, 'exodus-map', `The doors on ${longDay(exodus.from, day)}`, 'What is drawn stands below in sentences.');
    return { content, readings: still ? [] : readings };
  };
  return { width, draw };
}

// The same map with more land above and below.
function roomy({ projection, height }: ReturnType<typeof projectionOf>, width: number, more: number): ReturnType<typeof projectionOf> {
  const [x, y] = projection.translate();
  projection.translate([x, y + more / 2]).clipExtent([
    [0, 0],
    [width, height + more],
  ]);
  return { projection, height: height + more };
}

// Its middle on the line, its tip at the end.
function arrowPath(from: Spot, to: Spot, width: number): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < 1) {
    return '';
  }
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const at = (along: number, across: number): string =>
    `${(from.x + ux * along - uy * across).toFixed(1)},${(from.y + uy * along + ux * across).toFixed(1)}`;
  const tip = length - Math.min(3, length / 6);
  const head = tip - Math.min(4 + width, length * 0.6);
  const half = width / 2;
  return `M${at(0, -half)}L${at(head, -half)}L${at(head, -half - 3)}L${at(tip, 0)}L${at(head, half + 3)}L${at(head, half)}L${at(0, half)}Z`;
}

// The tail of a door's arrow: towards where people live, so far at most.
function sideOf(door: Spot, side: Spot, most: number): Spot {
  const far = Math.hypot(side.x - door.x, side.y - door.y);
  const part = far < 1 ? 0 : Math.min(1, most / far);
  return { x: door.x + (side.x - door.x) * part, y: door.y + (side.y - door.y) * part };
}

// A bar for each class: whole when open, half when an official decides, a stroke when shut.
function barsOf(states: DoorState[], sign: Sign): Element[] {
  const tall: Record<DoorState, number> = { open: sign.tall, decides: sign.tall / 2, shut: 1.5 };
  return states.map((state, i) =>
    svg('rect', {
      x: i * (sign.wide + sign.gap),
      y: sign.tall - tall[state],
      width: sign.wide,
      height: tall[state],
      class: `door-bar door-${state}`,
    }),
  );
}

function barsWidth(classes: number, sign: Sign): number {
  return classes * (sign.wide + sign.gap) - sign.gap;
}

// Doors that stand close together leave no room for the last of them: of all turns of the order, one that names
// the most doors.
function placeAll(doors: Placed[][], names: Placed[][], frame: Box, discs: Disc[]): (Placed | null)[] {
  let best: (Placed | null)[] = [];
  let most = -1;
  for (let first = 0; first < doors.length && most < doors.length; first++) {
    const order = doors.map((_, i) => (i + first) % doors.length);
    const found = placeLabels([...order.map((i) => doors[i]!), ...names], frame, discs, []);
    const named = found.slice(0, doors.length).filter((place) => place !== null).length;
    if (named > most) {
      most = named;
      best = [...doors.map((_, i) => found[order.indexOf(i)]!), ...found.slice(doors.length)];
    }
  }
  return best;
}

// Names of doors with their bars below, then regions that find a place; returns the groups for the bars.
function writeDoors(plot: Element, { exodus }: Read, spots: Spot[], regions: (Spot & { title: string })[], sign: Sign, size: { width: number; height: number }): (Element | undefined)[] {
  const strip = barsWidth(exodus.classes.length, sign);
  const head = sign.size + 3;
  const tall = head + sign.tall + 4;
  const doors = exodus.doors.map((door, i) => {
    const w = Math.max(strip, textWidth(door.name, sign.size, true)) + 6;
    return around({ ...spots[i]!, r: 6 }, w, tall, REACH);
  });
  const names = regions.map((region) => around({ ...region, r: 2 }, textWidth(region.title, SMALL) + 8, SMALL + 3, 24));
  const frame = { x: 2, y: 2, w: size.width - 4, h: size.height - 4 };
  const found = placeAll(doors, names, frame, spots.map((at) => ({ ...at, r: 5 })));
  const layer = svg('g', { class: 'names' });
  plot.append(layer);
  return found.map((place, i): Element | undefined => {
    const door = exodus.doors[i];
    if (!place) {
      return undefined;
    }
    if (place.leader) {
      const [x1, y1, x2, y2] = place.leader;
      layer.append(svg('line', { x1, y1, x2, y2, class: 'leader' }));
    }
    const x = place.x + place.w / 2;
    const text = door ? door.name : regions[i - exodus.doors.length]!.title;
    const y = door ? place.y + head / 2 : place.y + place.h / 2;
    layer.append(svg('text', { x, y, dy: '0.34em', 'text-anchor': 'middle', 'font-size': door ? sign.size : SMALL, class: `label ${door ? 'strong' : 'quiet'}` }, text));
    if (!door) {
      return undefined;
    }
    const bars = svg('g', { class: 'door-bars', transform: `translate(${x - strip / 2},${place.y + head + 1})` });
    bars.dataset.door = door.id;
    layer.append(svg('rect', { x: x - strip / 2 - 2, y: place.y + head - 1, width: strip + 4, height: sign.tall + 4, class: 'door-back' }), bars);
    return bars;
  });
}

function key({ exodus, mostIn, mostWaiting }: Read, wide: (of: number) => number, radius: (of: number) => number): Element {
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
  for (const many of [round(mostIn), round(mostIn) / 10].filter((value) => value >= 1)) {
    const tall = Math.ceil(wide(many) + 6);
    add(picture(34, tall, svg('path', { d: arrowPath({ x: -3, y: 0 }, { x: 36, y: 0 }, wide(many)), class: 'way-flow' })), `${number(many)} in a day`);
  }
  if (mostWaiting > 1) {
    const r = radius(round(mostWaiting));
    const side = Math.ceil(2 * r + 4);
    add(picture(side, side, svg('circle', { cx: side / 2, cy: side / 2, r, class: 'camp-disc' })), `${number(round(mostWaiting))} waiting`);
  }
  const states: [DoorState, string][] = [['open', 'open'], ['decides', 'an official decides'], ['shut', 'shut']];
  for (const [state, text] of states) {
    add(picture(SIGN.wide, SIGN.tall, ...barsOf([state], SIGN)), text);
  }
  const order = element('li', 'classes', `Bars from the left: ${exodus.classes.join('; ')}.`);
  list.append(order);
  return list;
}
