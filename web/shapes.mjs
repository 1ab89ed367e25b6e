// The map's country shapes: Natural Earth 1:50m from world-atlas, simplified and packed.
import countries from 'i18n-iso-countries';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { feature, quantize } from 'topojson-client';
import { filter, presimplify, simplify, sphericalRingArea, sphericalTriangleArea } from 'topojson-simplify';

const LEAST_CORNER = 1e-5; // steradians: about 400 km2, some 3 pixels wide on a map of Eurasia
const LEAST_ISLAND = 2e-5; // steradians: about 800 km2; a country's largest part always stays
const GRID = 6000; // steps round the world: some 6 km

// What world-atlas gives Russia and international law does not (General Assembly 68/262): the part of
// Russia whose outline lies in this box, in degrees, goes to Ukraine.
const CRIMEA = { west: 32, south: 44, east: 37, north: 46.5 };

export async function makeShapes() {
  const file = createRequire(import.meta.url).resolve('world-atlas/countries-50m.json');
  const world = JSON.parse(await readFile(file, 'utf8'));
  delete world.objects.land;
  const object = world.objects.countries;
  object.geometries = object.geometries.filter((shape) => shape.properties.name !== 'Antarctica');
  giveBack(world, object.geometries);
  for (const shape of object.geometries) {
    shape.id = (shape.id && countries.numericToAlpha3(shape.id)) || '';
    delete shape.properties;
  }
  const weighed = presimplify(world, sphericalTriangleArea);
  const packed = quantize(filter(simplify(weighed, LEAST_CORNER), islands(world)), GRID);
  return {
    transform: packed.transform,
    shapes: packed.objects.countries.geometries.map((shape) => ({
      id: shape.id,
      arcs: (shape.type === 'Polygon' ? [shape.arcs] : shape.arcs)
        .map((polygon) => polygon.map((ring) => ring.join(' ')).join(','))
        .join(';'),
    })),
    arcs: packed.arcs.map((arc) => arc.flat().map(digits).join('')).join(' '),
  };
}

function giveBack(world, shapes) {
  const russia = shapes.find((shape) => shape.id === '643');
  const ukraine = shapes.find((shape) => shape.id === '804');
  const rings = feature(world, russia).geometry.coordinates;
  const inside = ([x, y]) =>
    x > CRIMEA.west && x < CRIMEA.east && y > CRIMEA.south && y < CRIMEA.north;
  const moved = rings.flatMap((polygon, i) => (polygon[0].every(inside) ? [i] : []));
  if (moved.length !== 1) {
    throw new Error(`${moved.length} parts of Russia lie in the box of Crimea, not one`);
  }
  const parts = ukraine.type === 'Polygon' ? [ukraine.arcs] : ukraine.arcs;
  ukraine.type = 'MultiPolygon';
  ukraine.arcs = [...parts, ...moved.map((i) => russia.arcs[i])];
  russia.arcs = russia.arcs.filter((_, i) => !moved.includes(i));
}

// A ring of arcs stays when it is large, or the largest of its country.
function islands(world) {
  const area = (ring, interior) =>
    sphericalRingArea(
      feature(world, { type: 'Polygon', arcs: [ring] }).geometry.coordinates[0],
      interior,
    );
  const largest = new Set();
  for (const shape of world.objects.countries.geometries) {
    const parts = shape.type === 'Polygon' ? [shape.arcs] : shape.arcs;
    const areas = parts.map((part) => area(part[0], false));
    largest.add(parts[areas.indexOf(Math.max(...areas))][0]);
  }
  return (ring, interior) => largest.has(ring) || area(ring, interior) >= LEAST_ISLAND;
}

// A whole number as base-32 digits, least first, in the alphabet of base64: signs alternate, and digits
// from 32 up say that more follow.
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
function digits(number) {
  let rest = number < 0 ? -2 * number - 1 : 2 * number;
  let text = '';
  do {
    text += DIGITS[(rest & 31) | (rest > 31 ? 32 : 0)];
    rest >>= 5;
  } while (rest > 0);
  return text;
}
