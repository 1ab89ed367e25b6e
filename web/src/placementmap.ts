// The moves of a placement on the map: from where households wait to the states that receive them.
import * as Plot from '@observablehq/plot';
import { makeSelect, placeControls } from './controls';
import { projectionOf, wish, writeNames } from './map';
import { describe, element, show, svg, type Drawn, type Reading } from './picture';
import { movesFrom, type Placement, type Side } from './placement';
import { number } from './words';
import { world } from './world';

const SIZE = 12;
const NARROW = 560; // CSS pixels
const WIDEST = 9; // of a line

interface Spot {
  x: number;
  y: number;
}

type Stood = Side & { lat: number; lon: number };

const stands = (side: Side): side is Stood => side.lat !== null && side.lon !== null;

export function showPlacementMap(placement: Placement): void {
  let from = -1;
  const choose = makeSelect(
    'placement-from',
    'Show those who wait in',
    [{ value: '-1', text: 'all countries' }, ...placement.froms.map(({ name }, i) => ({ value: String(i), text: name }))],
    '-1',
    (value) => {
      from = Number(value);
      redraw();
    },
  );
  const redraw = show('placement-map', (width) => draw(placement, from, width));
  placeControls('placement-map', choose);
}

function draw(placement: Placement, from: number, width: number): Drawn {
  const narrow = width < NARROW;
  const { states, froms } = placement;
  const points = [...states, ...froms].filter(stands).map(({ lon, lat }): [number, number] => [lon, lat]);
  const { projection, height } = projectionOf(points, width, narrow ? 24 : 56);
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
  const spot = (side: Side): Spot | null => {
    const at = stands(side) ? projection([side.lon, side.lat]) : null;
    return at ? { x: at[0], y: at[1] } : null;
  };
  const most = Math.max(1, ...placement.moves.map((move) => move[3]));
  const moves = movesFrom(placement, from);
  const layer = svg('g', { class: 'moves' });
  const readings: Reading[] = [];
  for (const [f, s, households, people] of moves) {
    const start = spot(froms[f]!);
    const end = spot(states[s]!);
    if (start && end) {
      const line = svg('path', { d: bow(start, end), class: 'move', 'stroke-width': Math.max(0.8, WIDEST * Math.sqrt(people / most)) });
      line.dataset.people = String(people);
      layer.append(line);
      readings.push({ mark: line, text: `${froms[f]!.name} to ${states[s]!.name}: ${number(households)} households, ${number(people)} people. Made up, computed.` });
    }
  }
  const shown = new Set(moves.map((move) => move[1]));
  const sources = froms.filter((_, i) => from < 0 || i === from);
  const targets = states.filter((_, i) => shown.has(i));
  const discs = [...sources.map((side) => ({ side, r: 4, className: 'move-from' })), ...targets.map((side) => ({ side, r: 3, className: 'move-to' }))].flatMap(({ side, r, className }) => {
    const at = spot(side);
    return at ? [{ side, disc: { ...at, r }, className }] : [];
  });
  layer.append(...discs.map(({ disc: { x, y, r }, className }) => svg('circle', { cx: x, cy: y, r, class: className })));
  plot.append(layer);
  const wishes = discs
    .filter(({ className }) => !narrow || className === 'move-from')
    .map(({ side, disc, className }) => wish(side.name, className === 'move-from' ? 'strong' : 'quiet', className === 'move-from' ? SIZE : 11, disc, className === 'move-from' ? 60 : 40));
  writeNames(plot, wishes, { width, height }, discs.map(({ disc }) => disc));
  const people = moves.reduce((sum, move) => sum + move[3], 0);
  const who = from < 0 ? 'all countries' : froms[from]!.name;
  describe(plot, 'placement-map', `Moves from ${who}: ${number(people)} people`, 'The table below has every move.');
  const content = element('div', 'map placement');
  content.append(plot, key(most));
  return { content, readings };
}

// A line that bends, so that two on the same way do not lie on each other.
function bow(from: Spot, to: Spot): string {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const middle = { x: from.x + dx / 2 - dy * 0.12, y: from.y + dy / 2 + dx * 0.12 };
  const at = ({ x, y }: Spot): string => `${x.toFixed(1)},${y.toFixed(1)}`;
  return `M${at(from)}Q${at(middle)} ${at(to)}`;
}

function key(most: number): Element {
  const list = element('ul', 'key sizes');
  const round = 10 ** Math.floor(Math.log10(most));
  for (const many of [round, round / 10].filter((value) => value >= 1)) {
    const wide = Math.max(0.8, WIDEST * Math.sqrt(many / most));
    const picture = svg('svg', { width: 34, height: 14, viewBox: '0 0 34 14', 'aria-hidden': 'true' });
    picture.append(svg('path', { d: 'M0,7L34,7', class: 'move', 'stroke-width': wide }));
    const item = document.createElement('li');
    item.append(picture, ` ${number(many)} ${many === 1 ? 'person' : 'people'}`);
    list.append(item);
  }
  return list;
}
