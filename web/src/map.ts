// The week's entries a day by country, as circles where people came in.
import * as Plot from '@observablehq/plot';
import { geoConicEqualArea, geoEqualEarth, geoPath, type GeoProjection } from 'd3-geo';
import type { Circle, Code, CountMap, Place } from './data';
import { around, placeLabels, type Disc, type Placed } from './labels';
import { describe, drawn, element, svg, textWidth, type Drawn } from './picture';
import { world } from './world';
import { number, rate, spanWords } from './words';

const SIZE = 12;
const SMALL = 11;
const NARROW = 560; // CSS pixels; a picture narrower than this leaves small things out

export interface Wish {
  text: string;
  className: string;
  size: number;
  places: Placed[];
  town?: Place;
}

export function drawMap(map: CountMap, subject: Code, width: number): Drawn {
  const narrow = width < NARROW; // names only; the rates stand below
  const circles = map.circles.filter((circle) => circle.perDay !== null);
  const most = Math.max(1, ...circles.map((circle) => circle.perDay!));
  const largest = Math.max(14, Math.min(44, width * 0.045));
  const radius = (perDay: number): number => Math.max(2.5, largest * Math.sqrt(perDay / most));
  const { projection, height } = fit(map, width, largest);
  const inside = ([x, y]: [number, number]): boolean => x > 6 && y > 6 && x < width - 6 && y < height - 6;
  const places = map.places.filter((place) => {
    const at = projection([place.lon, place.lat]);
    return at !== null && inside(at);
  });
  const crossings = places.filter((place) => place.type.startsWith('crossing'));
  const towns = narrow ? [] : places.filter((place) => !place.type.startsWith('crossing'));
  const dots = (data: Place[], className: string, more: object) =>
    Plot.dot(data, { className, x: 'lon', y: 'lat', title: 'name', ...more });
  const plot = Plot.plot({
    width,
    height,
    margin: 0,
    style: { fontSize: `${SIZE}px`, background: 'var(--sea)' },
    projection,
    marks: [
      Plot.geo(world.countries, { className: 'land', fill: 'var(--land)' }),
      Plot.geo(world.borders, { className: 'borders', stroke: 'var(--border)', strokeWidth: 1 }),
      dots(towns, 'town', { r: 1.5, fill: 'var(--soft)' }),
      dots(crossings, 'crossing', { r: narrow ? 2 : 3, symbol: 'square', fill: 'var(--paper)', stroke: 'var(--ink)' }),
      Plot.dot(circles, {
        className: 'circle',
        x: 'lon',
        y: 'lat',
        r: (circle: Circle) => radius(circle.perDay!),
        fill: 'var(--in)',
        fillOpacity: 0.32,
        stroke: 'var(--in)',
        strokeWidth: 1.5,
      }),
    ],
    r: { type: 'identity' },
  });
  const at = (lon: number, lat: number): { x: number; y: number } => {
    const [x, y] = projection([lon, lat])!;
    return { x, y };
  };
  const discs = circles.map((circle) => ({ ...at(circle.lon, circle.lat), r: radius(circle.perDay!) }));
  const listed = towns.slice(0, Math.floor(width / 60));
  const wishes: Wish[] = [
    ...circles.map((circle, i) =>
      wish(narrow ? circle.label : `${circle.label} ${rate(circle.perDay!)}`, 'strong', SIZE, discs[i]!, narrow ? 42 : 120),
    ),
    ...subjectName(subject, projection, width, height),
    ...(narrow ? [] : named(crossings, circles, width)).map((place) => nameOf(place, at)),
    ...listed.map((town) => ({ ...nameOf(town, at), town })),
  ];
  const points = [...crossings, ...listed].map((place) => ({ ...at(place.lon, place.lat), r: 3 }));
  const shown = writeNames(plot, wishes, { width, height }, discs, points);
  drawn(plot, 'town').forEach(([mark, i]) => shown.has(towns[i]!) || mark.remove()); // a dot without a name says nothing
  const readings = drawn(plot, 'circle').map(([mark, i]) => {
    const circle = circles[i]!;
    mark.dataset.row = String(circle.row);
    mark.dataset.value = circle.value === null ? '' : String(circle.value);
    mark.dataset.perDay = String(circle.perDay);
    return { mark, text: circleWords(circle) };
  });
  describe(
    plot,
    'map',
    `Entries a day by country, ${spanWords(map.from, map.to)}`,
    circles.map((circle) => `${circle.label} ${rate(circle.perDay!)}`).join(', ') + '. Areas are proportional.',
  );
  const content = element('div', 'map');
  content.append(plot, sizes(most, radius), ...(narrow ? [rates(circles)] : []));
  return { content, readings };
}

const POSITIONS = {
  crossing: 'at the crossing',
  crossings: 'at the middle of its crossings',
  towns: 'at the middle of its towns',
};

function circleWords(circle: Circle): string {
  return (
    `${circle.label}, ${spanWords(circle.from, circle.to)}: ${rate(circle.perDay!)} entries a day. ` +
    `The circle stands ${POSITIONS[circle.position]}. ${circle.source}.`
  );
}

function nameOf(place: Place, at: (lon: number, lat: number) => { x: number; y: number }): Wish {
  return wish(short(place.name), 'quiet', SMALL, { ...at(place.lon, place.lat), r: 2 }, 3);
}

export function wish(text: string, className: string, size: number, about: Disc, reach: number): Wish {
  const spread = className === 'country' ? 0.15 * size * text.length : 0; // letter-spacing
  const w = textWidth(text, size, className === 'strong') + spread + (className === 'quiet' ? 8 : 4);
  return { text, className, size, places: around(about, w, size + 3, reach) };
}

// What the picture has to hold: circles, and the crossings of their countries.
function fit(map: CountMap, width: number, largest: number): { projection: GeoProjection; height: number } {
  const countries = new Set(map.circles.map((circle) => circle.country.code));
  const points: [number, number][] = [
    ...map.circles.map((circle): [number, number] => [circle.lon, circle.lat]),
    ...map.places
      .filter((place) => place.type.startsWith('crossing') && countries.has(place.country.code))
      .map((place): [number, number] => [place.lon, place.lat]),
  ];
  return projectionOf(points, width, width < NARROW ? largest + 6 : largest + 34);
}

/** A projection that keeps areas, turned to the middle of what is shown, with the height that it takes; `side`
 * pixels stay free at each side. */
export function projectionOf(points: [number, number][], width: number, side: number): { projection: GeoProjection; height: number } {
  const latitudes = points.map((point) => point[1]);
  const south = Math.min(...latitudes);
  const north = Math.max(...latitudes);
  const { middle, span } = turn(points.map((point) => point[0]));
  const projection: GeoProjection =
    span > 200 || south * north < 0
      ? geoEqualEarth().rotate([-middle, 0])
      : geoConicEqualArea()
          .rotate([-middle, 0])
          .parallels([south + (north - south) / 6, north - (north - south) / 6]);
  const extent = (height: number): [[number, number], [number, number]] => [
    [side, side],
    [width - side, height - side],
  ];
  const shape = { type: 'MultiPoint' as const, coordinates: points };
  projection.fitExtent(extent(1e4), shape);
  const bounds = geoPath(projection).bounds(shape);
  const tall = bounds[1][1] - bounds[0][1] + 2 * side;
  const height = Math.round(Math.max(Math.min(width * 0.5, 380), Math.min(tall, width * 1.1, 720)));
  projection.fitExtent(extent(height), shape).clipExtent([
    [0, 0],
    [width, height],
  ]);
  return { projection, height };
}

// The middle of the arc that holds all longitudes: what is left of the circle without its widest gap.
function turn(longitudes: number[]): { middle: number; span: number } {
  const sorted = [...longitudes].sort((a, b) => a - b);
  let start = sorted[0]!;
  let widest = -1;
  sorted.forEach((here, i) => {
    const next = i + 1 < sorted.length ? sorted[i + 1]! : sorted[0]! + 360;
    if (next - here > widest) {
      widest = next - here;
      start = next;
    }
  });
  const span = 360 - widest;
  return { middle: start + span / 2, span };
}

// Crossings worth a name, those of the countries with most entries first.
function named(crossings: Place[], circles: Circle[], width: number): Place[] {
  const order = new Map(circles.map((circle, i) => [circle.country.code, i]));
  return crossings
    .filter((place) => order.has(place.country.code))
    .sort((a, b) => order.get(a.country.code)! - order.get(b.country.code)!)
    .slice(0, Math.floor(width / 50));
}

function short(name: string): string {
  return name.replace(/ *[(/].*/, '');
}

// The country that people leave, named where it is widest on the map.
function subjectName(subject: Code, projection: GeoProjection, width: number, height: number): Wish[] {
  const country = world.countries.features.find((shape) => shape.id === subject.code);
  const centre = country ? geoPath(projection).centroid(country) : [NaN, NaN];
  const [x, y] = centre as [number, number];
  if (!(x > 0 && y > 0 && x < width && y < height)) {
    return [];
  }
  return [wish(subject.name.toUpperCase(), 'country', 14, { x, y, r: -3 }, 60)];
}

/** Writes the labels that find a place; returns the towns among them.  No label lies on a disc or a point. */
export function writeNames(
  plot: Element,
  wishes: Wish[],
  size: { width: number; height: number },
  discs: Disc[],
  points: Disc[] = [],
): Set<Place> {
  const frame = { x: 2, y: 2, w: size.width - 4, h: size.height - 4 };
  const layer = svg('g', { class: 'names' });
  const towns = new Set<Place>();
  const found = placeLabels(wishes.map((want) => want.places), frame, [...discs, ...points], []);
  found.forEach((place, i) => {
    const { text, className, size: fontSize, town } = wishes[i]!;
    if (!place) {
      return;
    }
    if (town) {
      towns.add(town);
    }
    if (place.leader) {
      const [x1, y1, x2, y2] = place.leader;
      layer.append(svg('line', { x1, y1, x2, y2, class: 'leader' }));
    }
    const middle = { x: place.x + place.w / 2, y: place.y + place.h / 2 };
    layer.append(
      svg(
        'text',
        { ...middle, dy: '0.34em', 'text-anchor': 'middle', 'font-size': fontSize, class: `label ${className}` },
        text,
      ),
    );
  });
  plot.append(layer);
  return towns;
}

// What areas mean: two round rates below the highest.
function sizes(most: number, radius: (perDay: number) => number): Element {
  const top = 10 ** Math.floor(Math.log10(most));
  const list = element('ul', 'key sizes');
  for (const perDay of [top, top / 10].filter((value) => value >= 1)) {
    const r = radius(perDay);
    const side = Math.ceil(2 * r + 4);
    const sample = svg('svg', { width: side, height: side, 'aria-hidden': 'true' });
    sample.append(svg('circle', { cx: side / 2, cy: side / 2, r, class: 'size' }));
    const item = document.createElement('li');
    item.append(sample, ` ${number(perDay)} a day`);
    list.append(item);
  }
  const crossing = document.createElement('li');
  crossing.append(element('span', 'swatch swatch-crossing'), 'border crossing');
  list.append(crossing);
  return list;
}

function rates(circles: Circle[]): Element {
  const list = element('ol', 'rates');
  for (const circle of circles) {
    list.append(element('li', '', `${circle.label} ${rate(circle.perDay!)} a day`));
  }
  return list;
}
