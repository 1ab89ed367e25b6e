// Labels never lie on each other, whatever there is to label.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { around, crosses, flagRows, overlap, placeLabels } = await load('labels.ts');

let state = 3;
const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
const FRAME = { x: 0, y: 0, w: 400, h: 300 };

test('no label meets another, a disc, a leader or the edge', () => {
  let placed = 0;
  for (let round = 0; round < 200; round++) {
    const discs = Array.from({ length: 12 }, () => ({
      x: 400 * random(),
      y: 300 * random(),
      r: 2 + 20 * random(),
    }));
    const wanted = discs.map((disc) => around(disc, 30 + 60 * random(), 14, 80));
    const found = placeLabels(wanted, FRAME, discs, []).filter((place) => place !== null);
    placed += found.length;
    found.forEach((place, i) => {
      assert.ok(place.x >= 0 && place.y >= 0 && place.x + place.w <= 400 && place.y + place.h <= 300);
      found.slice(i + 1).forEach((other) => {
        assert.ok(!overlap(place, other));
        assert.ok(!place.leader || !crosses(place.leader, other));
        assert.ok(!other.leader || !crosses(other.leader, place));
      });
      discs.forEach((disc) => {
        const dx = disc.x - Math.min(Math.max(disc.x, place.x), place.x + place.w);
        const dy = disc.y - Math.min(Math.max(disc.y, place.y), place.y + place.h);
        assert.ok(Math.hypot(dx, dy) >= disc.r - 1e-9);
      });
    });
  }
  assert.ok(placed > 1500, `only ${placed} of 2,400 labels found a place`);
});

test('a label with room on its right stands there, without a leader', () => {
  const [place] = placeLabels([around({ x: 100, y: 100, r: 5 }, 40, 12, 50)], FRAME, [], []);
  assert.deepEqual(place, { x: 108, y: 94, w: 40, h: 12, leader: null });
});

test('a label without a free place is left out', () => {
  const wall = { x: 0, y: 0, w: 400, h: 300 };
  assert.deepEqual(placeLabels([around({ x: 100, y: 100, r: 5 }, 40, 12, 50)], FRAME, [], [wall]), [null]);
});

test('a segment meets a box only where it runs through it', () => {
  const box = { x: 10, y: 10, w: 10, h: 10 };
  assert.ok(crosses([0, 15, 30, 15], box));
  assert.ok(crosses([5, 5, 25, 25], box));
  assert.ok(!crosses([0, 0, 30, 5], box));
  assert.ok(!crosses([0, 15, 9, 15], box));
  assert.ok(!crosses([25, 0, 25, 30], box));
});

test('flags that would meet go to rows below, so that no rule runs through a flag', () => {
  for (let round = 0; round < 200; round++) {
    const flags = Array.from({ length: 9 }, () => ({ x: 300 * random(), w: 10 + 90 * random() }));
    flags.sort((a, b) => a.x - b.x);
    const rows = flagRows(flags);
    flags.forEach((flag, i) =>
      flags.slice(i + 1).forEach((other, k) => {
        const j = i + 1 + k;
        // The rule of the other one starts in its row and runs down: it must start below this flag.
        assert.ok(other.x >= flag.x + flag.w || rows[j] > rows[i]);
      }),
    );
  }
  assert.deepEqual(flagRows([{ x: 0, w: 10 }, { x: 20, w: 10 }]), [0, 0]);
});
