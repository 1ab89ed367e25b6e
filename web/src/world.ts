// The world's countries, unpacked from what shapes.mjs made.
import packed from 'ajar:shapes';
import { feature, mesh } from 'topojson-client';
import type { FeatureCollection, MultiLineString, MultiPolygon } from 'geojson';
import type { GeometryCollection, MultiPolygon as Shape, Topology } from 'topojson-specification';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

// Pairs of differences of one arc.
function arc(text: string): number[][] {
  const points: number[][] = [];
  let pair: number[] = [];
  let value = 0;
  let shift = 0;
  for (const letter of text) {
    const digit = DIGITS.indexOf(letter);
    value |= (digit & 31) << shift;
    shift += 5;
    if (digit < 32) {
      pair.push(value & 1 ? -((value + 1) >> 1) : value >> 1);
      if (pair.length === 2) {
        points.push(pair);
        pair = [];
      }
      value = 0;
      shift = 0;
    }
  }
  return points;
}

const countries: GeometryCollection = {
  type: 'GeometryCollection',
  geometries: packed.shapes.map(
    ({ id, arcs }): Shape => ({
      type: 'MultiPolygon',
      id,
      arcs: arcs.split(';').map((part) => part.split(',').map((ring) => ring.split(' ').map(Number))),
    }),
  ),
};
const topology: Topology = {
  type: 'Topology',
  transform: packed.transform,
  objects: { countries },
  arcs: packed.arcs.split(' ').map(arc),
};

export const world: { countries: FeatureCollection<MultiPolygon>; borders: MultiLineString } = {
  countries: feature(topology, countries) as FeatureCollection<MultiPolygon>,
  borders: mesh(topology, countries, (a, b) => a !== b),
};
