// The mornings of a replay in words, without a browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { mornings, stateOn, wordsOn } = await load('replaywords.ts');
const plain = (text) => text.replaceAll('\u00a0', ' ');
const quiet = {
  day: '2022-09-20', known: 3, new: 1, last: '2022-09-19', state: 'quiet', first: false, revised: false,
  from: '2022-09-19', to: '2022-09-19', count: 2804, expected: 2830, bound: 4188.2, spread: 60,
  baseFrom: '2022-09-14', baseTo: '2022-09-18', why: null, sentence: '', kept: false,
};
const rings = { ...quiet, day: '2022-09-22', known: 5, new: 2, last: '2022-09-21', state: 'rings', first: true, sentence: 'Finland: 4,824.' };

test('the mornings run from the eve of the first news to the last', () => {
  assert.deepEqual(mornings([quiet, rings]), ['2022-09-19', '2022-09-20', '2022-09-21', '2022-09-22']);
  assert.deepEqual(mornings([]), []);
});

test('a long replay keeps only the mornings with news', () => {
  const all = ['2020-01-01', '2020-02-01', '2022-09-22'].map((day) => ({ ...quiet, day }));
  assert.deepEqual(mornings(all), ['2019-12-31', '2020-01-01', '2020-02-01', '2022-09-22']);
});

test('a morning knows the latest news by then and nothing later', () => {
  assert.equal(stateOn([quiet, rings], '2022-09-19'), null);
  assert.equal(stateOn([quiet, rings], '2022-09-21'), quiet);
  assert.equal(stateOn([quiet, rings], '2022-09-22'), rings);
});

test('what a morning says', () => {
  assert.equal(plain(wordsOn(null, '2022-09-19', 'published')), 'Morning of Mon 19 Sept, as published: nothing is known yet.');
  assert.equal(
    plain(wordsOn(quiet, '2022-09-20', 'nextDay')),
    'Morning of Tue 20 Sept, on the next-morning clock: 3 counts known, the last up to 19 Sept, 1 new. ' +
      'Nothing rings: 2,804 for Mon 19 Sept, and it would ring from 4,189.',
  );
  assert.ok(plain(wordsOn(quiet, '2022-09-21', 'nextDay')).includes('up to 19 Sept. Nothing'), 'nothing new on the 21st');
  assert.match(wordsOn(rings, '2022-09-22', 'published'), /Alarm\. Finland: 4,824\.$/);
  assert.match(wordsOn({ ...rings, first: false }, '2022-09-22', 'published'), /It goes on ringing\. Finland/);
  assert.match(wordsOn({ ...quiet, state: 'cannot', why: 'a single count is known' }, '2022-09-20', 'published'), /No verdict: a single count is known\.$/);
});

test('figures that are kept back are in no words', () => {
  const words = wordsOn({ ...rings, kept: true, sentence: '' }, '2022-09-22', 'published');
  assert.match(words, /It rings; the figures are withheld/);
  assert.ok(!words.includes('2,804'));
});
