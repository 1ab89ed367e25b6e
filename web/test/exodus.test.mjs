// Where people go, in the report: AJAR_OUT is a folder that `ajar run` made.  Pictures are compared with its tables.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { load, table } from './load.mjs';
import { faults, look, open, out, slide } from './report_page.mjs';

const [forecast, observed, stranded, stocks, params] = await Promise.all(
  ['flow_forecast', 'flow_observed', 'flow_stranded', 'flow_stocks', 'flow_parameters'].map((name) => table(join(out, `${name}.csv`))),
);
const html = await readFile(join(out, 'report.html'), 'utf8');
const { exodus } = JSON.parse(/id="ajar-data">(.*?)<\/script>/s.exec(html)[1]);
const { daysOf, isoOf, rowOf, stateWords, statesOn, turnsOf } = await load('exodus.ts');
const days = daysOf(exodus);
const plain = (text) => text.replace(/[\u00a0\u2060]/g, ' ');

const goTo = (page, day) => slide(page, '#exodus-range', day);

test('a door has the state that came last', () => {
  const door = { gates: [0, '13', 4, '23', 9, '50'] };
  assert.deepEqual(statesOn(door, 0), ['open', 'shut']);
  assert.deepEqual(statesOn(door, 3), ['open', 'shut']);
  assert.deepEqual(statesOn(door, 4), ['decides', 'shut']);
  assert.deepEqual(statesOn(door, 99), ['shut', 'open']);
  assert.deepEqual(turnsOf([door, { gates: [0, '11', 2, '13'] }]), [2, 4, 9]);
});

test('states in words name every class once', () => {
  assert.equal(stateWords(['open', 'open'], ['A', 'B']), 'open for all');
  assert.equal(stateWords(['open', 'shut', 'open'], ['A', 'B', 'C']), 'open for A; C, shut for B');
  assert.equal(stateWords(['decides', 'shut'], ['A', 'B']), 'an official decides for A, shut for B');
  assert.equal(stateWords([], []), '');
});

test('days are counted with both ends', () => {
  assert.equal(daysOf({ from: '2022-10-29', to: '2022-10-31' }), 3);
  assert.equal(isoOf('2022-10-29', 3), '2022-11-01');
  assert.equal(rowOf(null), null);
});

test('every place has its band of flow_forecast.csv, in whole people', () => {
  assert.ok(exodus.fans.length >= 8);
  for (const fan of exodus.fans) {
    const [p5, p50, p95] = [fan.p5, fan.p50, fan.p95].map(rowOf);
    assert.equal(p50.length, days);
    const same = new Set(
      forecast
        .filter((row) => row.measure === 'entries_rus' && row.date_from === exodus.from)
        .filter((row) => [[p5, row.p5], [p50, row.p50], [p95, row.p95]].every(([mine, theirs]) => Math.abs(mine[0] - theirs) <= 0.56))
        .map((row) => `${row.country_iso3} ${row.route}`),
    );
    const found = [...same].some((place) =>
      forecast
        .filter((row) => row.measure === 'entries_rus' && `${row.country_iso3} ${row.route}` === place)
        .every((row, day) => Math.abs(p5[day] - row.p5) <= 0.56 && Math.abs(p50[day] - row.p50) <= 0.56 && Math.abs(p95[day] - row.p95) <= 0.56),
    );
    assert.ok(found, fan.title);
  }
});

test('the stranded are those of flow_stranded.csv: worlds over all classes, classes as the doors are', () => {
  const names = (rows, column) => [...new Set(rows.map((row) => row[column]))];
  const asIs = stranded.filter((row) => row.what_if === '');
  const sets = [
    ...names(stranded, 'what_if').map((id, i) => [exodus.worlds[i], stranded.filter((row) => row.what_if === id && row.class === 'all')]),
    ...names(asIs, 'class').filter((id) => id !== 'all').map((id, i) => [exodus.stranded[i], asIs.filter((row) => row.class === id)]),
  ];
  assert.equal(sets.length, exodus.worlds.length + exodus.stranded.length);
  for (const [band, rows] of sets) {
    assert.equal(rows.length, days);
    for (const key of ['p5', 'p50', 'p95']) {
      rowOf(band[key]).forEach((value, day) => assert.ok(Math.abs(value - rows[day][key]) <= 0.56, `${band.title} ${key} ${day}`));
    }
  }
});

test('the line of each door on a day has its figures and its state', async (t) => {
  const page = await open(t);
  for (const day of [0, turnsOf(exodus.doors)[0], days - 1]) {
    await goTo(page, day);
    const lines = await page.$$eval('#exodus-said li', (all) => all.map((one) => one.textContent));
    assert.equal(lines.length, exodus.doors.length);
    exodus.doors.forEach((door, i) => {
      const figure = (row) => rowOf(row)[day].toLocaleString('en-US');
      assert.ok(lines[i].startsWith(`${door.title}: in ${figure(door.in)}, out ${figure(door.out)} (gross)`), lines[i]);
      assert.ok(lines[i].includes(`refused ${figure(door.refused)}`), lines[i]);
      assert.ok(lines[i].includes(door.waiting === null ? 'no queue' : `waiting ${figure(door.waiting)}`), lines[i]);
      assert.ok(lines[i].endsWith(`${stateWords(statesOn(door, day), exodus.classes)}.`), lines[i]);
    });
    const bars = await page.$$eval('[data-picture="exodus"] .door-bars', (all) => all.map((one) => [one.dataset.door, [...one.children].map((bar) => /door-(open|decides|shut)/.exec(bar.getAttribute('class'))[1])]));
    assert.ok(bars.length > exodus.doors.length / 2);
    bars.forEach(([id, states]) => assert.deepEqual(states, statesOn(exodus.doors.find((door) => door.id === id), day), id));
  }
  assert.deepEqual(page.wrong, []);
});

test('arrows are as wide, and discs as large, as their people', async (t) => {
  const page = await open(t);
  await goTo(page, 15);
  const people = (selector) => page.$$eval(`[data-picture="exodus"] ${selector}`, (all) => all.map((one) => [one.dataset.door, Number(one.dataset.people), Number(one.getAttribute('r'))]));
  for (const [id, count] of await people('.way-flow[data-door]')) {
    assert.equal(count, rowOf(exodus.doors.find((door) => door.id === id).in)[15], id);
  }
  const discs = await people('.camp-disc[data-door]');
  const largest = discs.reduce((a, b) => (a[2] > b[2] ? a : b));
  for (const [id, count, r] of discs) {
    assert.equal(count, (rowOf(exodus.doors.find((door) => door.id === id).waiting) ?? [])[15] ?? 0, id);
    assert.ok(count < 1 ? r === 0 : r === 2 || Math.abs(r - largest[2] * Math.sqrt(count / largest[1])) < 0.05, id);
  }
});

test('the slider goes by days with keys and buttons', async (t) => {
  const page = await open(t);
  const shown = () => page.getAttribute('#exodus-range', 'aria-valuetext');
  await page.focus('#exodus-range');
  await page.keyboard.press('Home');
  assert.ok(await page.isDisabled('button[aria-label="Previous day on the map"]'));
  const first = await shown();
  await page.click('button[aria-label="Next day on the map"]');
  assert.notEqual(await shown(), first);
  await page.keyboard.press('Home');
  await page.focus('#exodus-range');
  await page.keyboard.press('End');
  assert.match(plain(await shown()), /31 Dec 2022$/);
  assert.ok(await page.isDisabled('button[aria-label="Next day on the map"]'));
  const ticks = await page.$$eval('#exodus-controls .tick', (all) => all.map((tick) => tick.dataset.day));
  assert.deepEqual(ticks, turnsOf(exodus.doors).map((day) => isoOf(exodus.from, day)));
});

test('days pass when asked for, and never where no motion is wanted', async (t) => {
  const page = await open(t);
  await goTo(page, 0);
  await page.click('button[aria-label="Play the days on the map"]');
  await page.waitForFunction(() => Number(document.getElementById('exodus-range').value) > 1);
  await page.click('#exodus-controls button[aria-label="Pause"]');
  const calm = await open(t, { reducedMotion: 'reduce' });
  assert.equal(await calm.locator('button[aria-label="Play the days on the map"]').count(), 0);
  assert.match(await calm.textContent('#exodus-controls'), /no motion/);
});

test('counts are drawn once, at their rate a day, known ones filled and later ones not', async (t) => {
  const page = await open(t);
  const button = page.locator('#exodus-fans-controls button');
  if (await button.count()) {
    await button.click();
  }
  const marks = await page.$$eval('[data-picture="exodus-fans"] [data-per-day]', (all) =>
    all.map((mark) => ({ ...mark.dataset, group: mark.parentElement.getAttribute('class') })),
  );
  const points = exodus.fans.flatMap((fan) => fan.points).filter((point) => point.perDay !== null && point.to >= exodus.from && point.from <= exodus.to);
  assert.equal(marks.length, points.length);
  const key = ({ from, to, perDay }, known) => `${from} ${to} ${perDay} ${known}`;
  assert.deepEqual(
    marks.map((mark) => key(mark, mark.group.includes('-known'))).sort(),
    points.map((point) => key(point, point.known)).sort(),
  );
  assert.ok(points.some((point) => point.known) && points.some((point) => !point.known));
  assert.equal(await page.locator('[data-picture="exodus-fans"] .cell').count(), exodus.fans.length);
  assert.equal(await page.locator('[data-picture="exodus-fans"] line.morning').count(), exodus.fans.length);
  const priors = await page.$$eval('[data-picture="exodus-fans"] .cell-note', (all) => all.filter((one) => one.textContent.includes('on priors alone')).length);
  assert.equal(priors, exodus.fans.filter((fan) => !fan.scored).length);
});

test('the tables say what the files say: counts, parameters, stocks', async () => {
  const page = await look({ javaScriptEnabled: false });
  const rows = (id) => page.$$eval(`#${id} tbody tr`, (all) => all.map((row) => row.textContent));
  assert.equal((await rows('exodus-observed-table')).length, observed.length);
  const answered = observed.filter((row) => row.inside !== '');
  const outside = (await rows('exodus-observed-table')).filter((row) => /outside/.test(row)).length;
  const hidden = (await rows('exodus-observed-table')).filter((row) => /withheld/.test(row)).length;
  assert.ok(Math.abs(answered.filter((row) => row.inside === 'no').length - outside) <= hidden);
  assert.equal((await rows('exodus-params-table')).length, params.length);
  const learned = params.filter((row) => row.fitted === 'yes' && Number(row.width) <= 0.9).length;
  assert.equal((await rows('exodus-params-table')).filter((row) => !/not learned from data/.test(row)).length, learned);
  assert.equal((await rows('exodus-stocks-table')).length, stocks.length);
  assert.equal((await rows('exodus-days-table-1')).length, days);
  assert.equal((await rows('exodus-fans-table-1')).length, days);
});

test('every file that the section names is there', async () => {
  const page = await look();
  const links = await page.$$eval('#exodus a[href$=".csv"]', (all) => all.map((one) => one.getAttribute('href')));
  assert.ok(new Set(links).size >= 8);
  await Promise.all(links.map((link) => readFile(join(out, link))));
});

test('without a script the what-ifs, the counts and the tables are there', async () => {
  const page = await look({ javaScriptEnabled: false });
  assert.equal(await page.locator('#exodus-controls:visible').count(), 0);
  assert.equal(await page.locator('.what-if').count(), exodus.worlds.length - 1);
  for (const id of ['exodus-inside', 'exodus-days-table-1', 'exodus-fans-table-1', 'exodus-doors-table', 'exodus-stranded-table']) {
    assert.ok(await page.isVisible(`#${id}`), id);
  }
});

for (const width of [1280, 760, 400, 360]) {
  test(`at ${width} px every door is named and no text lies on another`, async () => {
    const page = await look({ viewport: { width, height: 900 } });
    const found = await faults(page);
    assert.deepEqual(found.cut.filter((text) => text.startsWith('exodus')), []);
    assert.deepEqual(found.met.filter((text) => text.startsWith('exodus')), []);
    assert.equal(await page.locator('[data-picture="exodus"] .door-bars').count(), exodus.doors.length);
  });
}

test('the data of the section stay small', () => {
  assert.ok(JSON.stringify(exodus).length < 300_000);
  assert.ok(Buffer.byteLength(html) < 3_000_000);
});
