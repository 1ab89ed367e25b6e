// Numbers, days and marks in words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const words = await load('words.ts');
const { markWords } = await load('marks.ts');
const plain = (text) => text.replaceAll('\u00a0', ' ');

test('numbers are grouped by thousands and keep their decimals', () => {
  assert.equal(words.number(66000), '66,000');
  assert.equal(words.number(1234567.891, 2), '1,234,567.89');
  assert.equal(words.number(999.5), '1,000');
  assert.equal(words.number(-0.2), '0');
  assert.equal(words.number(-1200), '\u22121,200');
  assert.equal(words.rate(1071.43), '1,071');
  assert.equal(words.rate(3.25), '3.3');
  assert.equal(plain(words.millions(24_688_919)), '24.69 million');
  assert.equal(plain(words.percent(0.5103)), '51.0 %');
});

test('spans say the month once where it is one month', () => {
  assert.equal(plain(words.spanWords('2022-09-24', '2022-09-24')), 'Sat 24 Sept');
  assert.equal(plain(words.spanWords('2022-09-21', '2022-09-27')), '21\u201327 Sept');
  assert.equal(plain(words.spanWords('2022-09-26', '2022-10-02')), '26 Sept\u20132 Oct');
});

test('a mark says its days, its count, its mean and its source', () => {
  const mark = { from: '2022-09-21', to: '2022-09-27', days: 7, value: 50655, perDay: 50655 / 7 };
  const text = (more) => plain(markWords({ ...mark, disputed: false, source: 'Yle', ...more }, 'in'));
  assert.equal(text({}), '21\u201327 Sept: 50,655 in over 7 days, 7,236 a day. Yle.');
  assert.equal(
    text({ disputed: true, value: 300, perDay: 300 }),
    '21\u201327 Sept: 300 in a day. Disputed: another figure is used. Yle.',
  );
  assert.equal(
    text({ value: null, perDay: null, hidden: 'under 5' }),
    '21\u201327 Sept: under 5 in. Yle.',
  );
  assert.equal(
    text({ value: null, perDay: null, hidden: 'withheld' }),
    '21\u201327 Sept: withheld, for it would give a small count away. Yle.',
  );
});
