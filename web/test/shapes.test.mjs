// The packed country shapes: whole, and drawn by international law where world-atlas is not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { geoContains } from 'd3-geo';
import * as esbuild from 'esbuild';
import { makeShapes } from '../shapes.mjs';
import { root } from './load.mjs';

const packed = await makeShapes();
const built = await esbuild.build({
  absWorkingDir: root,
  entryPoints: ['src/world.ts'],
  bundle: true,
  format: 'esm',
  write: false,
  plugins: [
    {
      name: 'shapes',
      setup(build) {
        build.onResolve({ filter: /^ajar:shapes$/ }, ({ path }) => ({ path, namespace: 'shapes' }));
        build.onLoad({ filter: /.*/, namespace: 'shapes' }, () => ({
          contents: JSON.stringify(packed),
          loader: 'json',
        }));
      },
    },
  ],
});
const code = Buffer.from(built.outputFiles[0].contents).toString('base64');
const { world } = await import(`data:text/javascript;base64,${code}`);
const at = (lon, lat) =>
  world.countries.features.filter((shape) => geoContains(shape, [lon, lat])).map((shape) => shape.id);

test('towns lie in their countries', () => {
  assert.deepEqual(at(24.94, 61), ['FIN']);
  assert.deepEqual(at(44.8, 41.7), ['GEO']);
  assert.deepEqual(at(71.4, 51.2), ['KAZ']);
  assert.deepEqual(at(74.6, 42.5), ['KGZ']);
  assert.deepEqual(at(106.9, 47.9), ['MNG']);
  assert.deepEqual(at(37.6, 55.75), ['RUS']);
  assert.deepEqual(at(-47.9, -15.8), ['BRA']);
});

test('Crimea is part of Ukraine', () => {
  assert.deepEqual(at(34.1, 45.1), ['UKR']);
});

test('every country keeps a shape', () => {
  const codes = world.countries.features.map((shape) => shape.id);
  assert.ok(codes.length > 230);
  for (const code of ['MLT', 'SGP', 'ARM', 'LUX', 'NRU']) {
    assert.ok(codes.includes(code), code);
  }
  world.countries.features.forEach((shape) => assert.ok(shape.geometry.coordinates.length > 0));
});
