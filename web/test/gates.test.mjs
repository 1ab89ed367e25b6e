// DOORS in the report: AJAR_OUT is a folder that `ajar run` made.  What the table shows on a day is compared
// with doors_gates.csv.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { load, table } from './load.mjs';
import { look, open, out, slide } from './report_page.mjs';

const [changes, diffs] = await Promise.all(['doors_gates', 'doors_diff'].map((name) => table(join(out, `${name}.csv`))));
const html = await readFile(join(out, 'report.html'), 'utf8');
const { doors } = JSON.parse(/id="ajar-data">(.*?)<\/script>/s.exec(html)[1]);
const { dayAt, positionOf, statesOn } = await load('gates.ts');
const WORDS = { NO_RULE: 'no rule', OPEN: 'open', DISCRETION: 'official', CLOSED: 'closed', BARRED: 'barred', UNKNOWN: 'depends' };
const from = changes[0].day;
const crossings = [...new Set(changes.filter((row) => row.day === from).map((row) => row.crossing))];
const profiles = [...new Set(changes.filter((row) => row.day === from).map((row) => row.profile))];

// Every cell of a day from the changes until then.
function cellsOn(day) {
  const now = new Map();
  changes.filter((row) => row.day <= day).forEach((row) => now.set(`${row.crossing} ${row.profile}`, row));
  return crossings.map((crossing) =>
    profiles.map((profile) => {
      const { gate, practice } = now.get(`${crossing} ${profile}`);
      return WORDS[gate] + (practice && practice !== gate ? `in practice ${WORDS[practice]}` : '');
    }),
  );
}
const turnDays = [...new Set(changes.map((row) => row.day))].slice(1);

const goTo = (page, day) => slide(page, '#gates-range', positionOf(doors, day));
// Words of the cells, row by row, without what they were before.
const drawn = (page) =>
  page.$$eval('[data-picture="gates"] tbody tr', (rows) =>
    rows.map((row) =>
      [...row.querySelectorAll('td')].map((cell) => {
        const copy = cell.cloneNode(true);
        copy.querySelector('.was')?.remove();
        return copy.textContent;
      }),
    ),
  );

test('a day has the state that came last, and a turn only where something changes', () => {
  const days = [{ day: '2022-09-14', turned: 1 }, { day: '2022-09-16', turned: 2 }];
  const some = { from: '2022-09-12', to: '2022-09-20', start: { day: '2022-09-12' }, days };
  assert.equal(dayAt(some, 0), '2022-09-12');
  assert.equal(dayAt(some, positionOf(some, '2022-10-30')), '2022-10-30');
  assert.deepEqual(statesOn(some, '2022-09-13'), { now: some.start, before: some.start, turn: null });
  assert.deepEqual(statesOn(some, '2022-09-14'), { now: days[0], before: some.start, turn: days[0] });
  assert.deepEqual(statesOn(some, '2022-09-15'), { now: days[0], before: days[0], turn: null });
  assert.deepEqual(statesOn(some, '2022-09-16'), { now: days[1], before: days[0], turn: days[1] });
});

test('on every day the table is that of doors_gates.csv', async (t) => {
  const page = await open(t);
  assert.ok(turnDays.length > 3 && crossings.length > 3 && profiles.length > 3);
  for (const day of [doors.from, doors.to, ...turnDays, ...turnDays.map((one) => dayAt(doors, positionOf(doors, one) - 1))]) {
    await goTo(page, day);
    assert.deepEqual(await drawn(page), cellsOn(day), day);
  }
  assert.deepEqual(page.wrong, []);
});

test('what changes on a day is framed, says what it was, and why', async (t) => {
  const page = await open(t);
  for (const day of turnDays) {
    await goTo(page, day);
    const [now, past] = [cellsOn(day), cellsOn(dayAt(doors, positionOf(doors, day) - 1))];
    const turned = now.flatMap((row, c) => row.flatMap((cell, p) => (cell === past[c][p] ? [] : [past[c][p]])));
    const was = await page.$$eval('[data-picture="gates"] .turned .was', (all) => all.map((one) => one.textContent));
    assert.deepEqual(was.map((text) => text.replace(/^was /, '').replace(', in', 'in')), turned, day);
    const said = await page.textContent('#gates-said');
    assert.ok(turned.length === 0 || said.includes(`${turned.length} of ${crossings.length * profiles.length} answers`), said);
    const rules = doors.days.find((one) => one.day === day).rules;
    rules.forEach((rule) => assert.ok(said.includes(rule), rule));
  }
  await goTo(page, doors.from);
  assert.match(await page.textContent('#gates-said'), /nothing changes/);
});

test('a cell has a word and a colour, never a colour alone', async (t) => {
  const page = await open(t);
  const words = new Map();
  for (const day of [doors.from, ...turnDays]) {
    await goTo(page, day);
    const cells = await page.$$eval('[data-picture="gates"] td', (all) =>
      all.map((cell) => [cell.firstChild.textContent, getComputedStyle(cell).backgroundColor]),
    );
    cells.forEach(([word, colour]) => {
      assert.ok(word.length > 0);
      assert.equal(words.get(word) ?? colour, colour, word);
      words.set(word, colour);
    });
  }
  assert.ok(words.size >= 4);
  assert.equal(new Set(words.values()).size, words.size);
});

test('the slider goes by days with the arrow keys and by changes with the buttons; ticks mark those', async (t) => {
  const page = await open(t);
  const ticks = await page.$$eval('#gates-controls .tick', (all) => all.map((tick) => tick.dataset.day));
  assert.deepEqual(ticks, doors.days.map((day) => day.day));
  turnDays.forEach((day) => assert.ok(ticks.includes(day)));
  const shown = () => page.getAttribute('#gates-range', 'aria-valuetext');
  await page.focus('#gates-range');
  await page.keyboard.press('Home');
  const first = await shown();
  assert.ok(await page.isDisabled('button[aria-label="Previous day with a change"]'));
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await shown(), first);
  await page.keyboard.press('ArrowLeft');
  assert.equal(await shown(), first);
  for (const day of ticks) {
    await page.click('button[aria-label="Next day with a change"]');
    assert.equal(await page.inputValue('#gates-range'), String(positionOf(doors, day)));
  }
  assert.ok(await page.isDisabled('button[aria-label="Next day with a change"]'));
  await page.click('button[aria-label="Previous day with a change"]');
  assert.equal(await page.inputValue('#gates-range'), String(positionOf(doors, ticks.at(-2))));
});

test('ticks stand below the thumb on their day', async (t) => {
  const page = await open(t);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    const { left, right, at } = await page.evaluate(() => {
      const slider = document.getElementById('gates-range').getBoundingClientRect();
      const at = [...document.querySelectorAll('#gates-controls .tick')].map((tick) => {
        const box = tick.getBoundingClientRect();
        return (box.left + box.right) / 2;
      });
      return { left: slider.left + 8, right: slider.right - 8, at };
    });
    doors.days.forEach((day, i) => {
      const share = positionOf(doors, day.day) / positionOf(doors, doors.to);
      assert.ok(Math.abs(at[i] - (left + share * (right - left))) < 1.5, `${day.day} at ${width} px`);
    });
  }
});

test('a narrow page shows one example at a time, and all can be chosen', async (t) => {
  const page = await open(t, { viewport: { width: 360, height: 800 } });
  const day = turnDays.at(-1);
  await goTo(page, day);
  for (const [i] of profiles.entries()) {
    await page.selectOption('#gates-person', String(i));
    assert.deepEqual(await drawn(page), cellsOn(day).map((row) => [row[i]]));
    assert.ok((await page.textContent('[data-picture="gates"] caption')).startsWith(doors.profiles[i]));
  }
  await page.locator('[data-picture="gates"]').scrollIntoViewIfNeeded();
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.waitForFunction((n) => document.querySelectorAll('[data-picture="gates"] thead th').length === n, profiles.length + 1);
  assert.equal(await page.locator('#gates-person').count(), 0);
});

test('the table fits a page of 1200 pixels', async (t) => {
  const page = await open(t, { viewport: { width: 1200, height: 900 } });
  const { inner, outer } = await page.$eval('[data-picture="gates"] .scroll', (one) => ({ inner: one.scrollWidth, outer: one.clientWidth }));
  assert.ok(inner <= outer, `${inner} of ${outer} px`);
});

test('every change of an entry rule says that it is no advice, and one stands open', async () => {
  const page = await look();
  const all = new Set(diffs.map((row) => `${row.door} ${row.day_after}`)).size;
  const notes = await page.$$eval('.diff', (parts) => parts.map((part) => part.textContent.includes('Not legal advice; the border guard decides.')));
  assert.equal(notes.length, all);
  assert.ok(notes.every(Boolean));
  const shown = await page.$$eval('.diff', (parts) => parts.filter((part) => part.tagName === 'DIV' || part.open).map((part) => part.querySelector('h3').textContent));
  assert.equal(shown.length, 1);
  assert.match(shown[0].replace(/[\u00a0\u2060]/g, ' '), /^29. ?30 Sept 2022: Finland/u);
});

test('without a script the first day and the changes by date are there', async () => {
  const page = await look({ javaScriptEnabled: false });
  assert.deepEqual(await drawn(page), cellsOn(doors.from));
  assert.equal(await page.locator('#gates-controls:visible').count(), 0);
  const days = await page.$$eval('#gates-table tbody th time', (all) => all.map((one) => one.dateTime));
  assert.deepEqual([...new Set(days)], doors.days.map((day) => day.day));
  assert.ok(await page.isVisible('#gates-table'));
});
