// FLOW in the report: AJAR_CONFLICT is a folder that `ajar run` made of a conflict alone.  What the map and the
// fans show is compared with flow_links.csv and flow_camps.csv, the tables of scores with flow_scores.csv.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { load, table } from './load.mjs';
import { axeFinds, conflict as folder, faults, look as lookAt, open as openPage, slide } from './report_page.mjs';

const [links, camps, scores] = await Promise.all(
  ['flow_links', 'flow_camps', 'flow_scores'].map((name) => table(join(folder, `${name}.csv`))),
);
const html = await readFile(join(folder, 'report.html'), 'utf8');
const { conflict } = JSON.parse(/id="ajar-data">(.*?)<\/script>/s.exec(html)[1]);
const { countOn, fanOf, flowOf, isoDay, isShut, numbersOf, typeOn } = await load('conflict.ts');
const open = (t, options = {}) => openPage(t, { folder, ...options });
const look = (options = {}) => lookAt({ folder, ...options });
const names = [...new Set(camps.map((row) => row.camp))];
const days = [0, 10, 24, Math.floor(conflict.days / 2), conflict.days - 1];

const goTo = (page, day) => slide(page, '#conflict-range', day);
const dayShown = async (page) => Number(await page.inputValue('#conflict-range'));

// The digits of src/desk/report_conflict_data.c.
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
function digits(number) {
  let text = '';
  do {
    text += DIGITS[(number % 32) + (number >= 32 ? 32 : 0)];
    number = Math.floor(number / 32);
  } while (number > 0);
  return text;
}

test('rows of digits are read as they are written, past 32 bits too', () => {
  const numbers = [0, 1, 31, 32, 1023, 1024, 2 ** 31, 2 ** 40 + 5];
  assert.deepEqual(numbersOf(numbers.map(digits).join('')), numbers);
  assert.deepEqual(flowOf([7, 0, 3, 32, 0, 0].map(digits).join('')), [7, 0, 0, 0, 0, 32, 0]);
  assert.deepEqual(fanOf([2000, 1, 0, 1999].map(digits).join('')), [1000, 999, 999, -1]);
  assert.deepEqual(numbersOf(''), []);
});

test('a place has the type that came last, a way is shut between its days', () => {
  const place = { types: [0, 0, 12, 1, 20, 0] };
  assert.deepEqual([0, 11, 12, 19, 20].map((day) => typeOn(place, day)), ['town', 'town', 'conflict', 'conflict', 'town']);
  assert.deepEqual([2, 3, 6, 7].map((day) => isShut({ shut: [3, 7] }, day)), [false, true, true, false]);
  assert.equal(isShut({ shut: [] }, 0), false);
});

test('between two counts lies a line, outside of them and beside a hidden one nothing', () => {
  const camp = { points: [[10, 100, 100, 0, 0], [20, 200, 200, 0, 0], [30, null, null, 0, 0], [40, 50, 50, 0, 0]] };
  assert.deepEqual([9, 10, 15, 20, 25, 30, 35, 40, 41].map((day) => countOn(camp, day)), [null, 100, 150, 200, null, null, null, 50, null]);
});

test('on each day the arrows are those of flow_links.csv', async (t) => {
  const page = await open(t);
  for (const day of days) {
    await goTo(page, day);
    const drawn = await page.$$eval('[data-picture="conflict"] .way-flows path', (all) =>
      all.map((arrow) => [`${arrow.dataset.from} > ${arrow.dataset.to}`, Number(arrow.dataset.people)]),
    );
    const date = isoDay(conflict, day);
    const rows = new Map(links.filter((row) => row.date === date).map((row) => [`${row.from} > ${row.to}`, Number(row.people)]));
    // The table has one decimal, the map whole people.
    drawn.forEach(([way, people]) => assert.ok(Math.abs(people - rows.get(way)) <= 0.55, `${date}: ${way} ${people}, not ${rows.get(way)}`));
    const found = new Map(drawn);
    rows.forEach((people, way) => assert.ok(people < 0.6 || found.has(way), `${date}: ${way} ${people} is not drawn`));
  }
  assert.deepEqual(page.wrong, []);
  assert.equal(page.asked.length, 1);
});

test('on each day the discs are the means of flow_camps.csv, and areas are in proportion', async (t) => {
  const page = await open(t);
  for (const day of days) {
    await goTo(page, day);
    const discs = await page.$$eval('.camp-discs .camp-disc', (all) =>
      all.map((disc) => ({ camp: disc.dataset.camp, people: Number(disc.dataset.people), r: Number(disc.getAttribute('r')) })),
    );
    assert.deepEqual(discs.map(({ camp }) => camp), names);
    for (const { camp, people } of discs) {
      const row = camps.find((one) => one.camp === camp && one.date === isoDay(conflict, day));
      assert.ok(Math.abs(people - Number(row.mean)) <= 0.55, `${camp} on day ${day}`);
    }
    const large = discs.filter(({ r }) => r > 2);
    large.forEach(({ people, r }) => assert.ok(Math.abs((r * r) / people - (large[0].r * large[0].r) / large[0].people) < 1e-3 * r));
  }
});

test('the day is said in sentences: people in camps, ways, conflict, what is shut', async (t) => {
  const page = await open(t);
  for (const day of days) {
    await goTo(page, day);
    const said = await page.textContent('#conflict-said');
    assert.ok(said.includes(`day ${day + 1} of ${conflict.days}`), said);
    const burning = conflict.places.filter((place) => typeOn(place, day) === 'conflict');
    burning.forEach((place) => assert.ok(said.includes(place.name.replaceAll('_', ' ')), place.name));
    assert.equal(said.includes('Shut:'), conflict.ways.some((way) => isShut(way, day)));
    const shut = await page.$$eval('.roads .shut', (all) => all.length);
    assert.equal(shut, conflict.ways.filter((way) => isShut(way, day)).length);
    const triangles = await page.$$eval('.spots .spot-conflict', (all) => all.map((mark) => mark.dataset.place));
    assert.deepEqual(triangles, burning.map((place) => place.name));
  }
});

test('the slider goes by days with the arrow keys, the buttons one day each', async (t) => {
  const page = await open(t);
  await page.focus('#conflict-range');
  await page.keyboard.press('Home');
  assert.equal(await dayShown(page), 0);
  assert.ok(await page.isDisabled('button[aria-label="Previous day"]'));
  await page.keyboard.press('ArrowRight');
  assert.equal(await dayShown(page), 1);
  await page.click('button[aria-label="Next day"]');
  assert.equal(await dayShown(page), 2);
  await page.click('button[aria-label="Previous day"]');
  assert.equal(await dayShown(page), 1);
  await page.focus('#conflict-range');
  await page.keyboard.press('End');
  assert.equal(await dayShown(page), conflict.days - 1);
  assert.ok(await page.isDisabled('button[aria-label="Next day"]'));
  assert.match(await page.getAttribute('#conflict-range', 'aria-valuetext'), /\d{4}$/);
});

test('days pass when asked for, stop when asked for, and speak only then', async (t) => {
  const page = await open(t);
  await goTo(page, 3);
  await page.click('.player button');
  assert.equal(await page.getAttribute('#conflict-said', 'aria-live'), 'off');
  await page.waitForFunction(() => Number(document.getElementById('conflict-range').value) > 4);
  await page.click('.player button');
  assert.equal(await page.getAttribute('#conflict-said', 'aria-live'), 'polite');
  assert.equal(await page.textContent('.player button'), 'Play');
  const stood = await dayShown(page);
  await page.waitForTimeout(400);
  assert.equal(await dayShown(page), stood);
  // From the last day it begins anew.
  await goTo(page, conflict.days - 1);
  await page.click('.player button');
  await page.waitForFunction(() => Number(document.getElementById('conflict-range').value) < 20);
});

test('where no motion is wanted nothing moves by itself, and every day can be reached', async (t) => {
  const page = await open(t, { reducedMotion: 'reduce' });
  assert.equal(await page.locator('.player button').count(), 0);
  assert.match(await page.textContent('.player'), /no motion/);
  const stood = await dayShown(page);
  await page.waitForTimeout(400);
  assert.equal(await dayShown(page), stood);
  await page.click('button[aria-label="Next day"]');
  assert.equal(await dayShown(page), stood + 1);
  // Asked for while days pass: they stop.
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.click('.player button');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.waitForFunction(() => !document.querySelector('.player button'));
  assert.equal(await page.getAttribute('#conflict-said', 'aria-live'), 'polite');
});

test('fans show every count of flow_camps.csv on its day, the largest camps first, all of them when asked for', async (t) => {
  const page = await open(t);
  const titles = () => page.$$eval('[data-picture="fans"] .cell-title', (all) => all.map((title) => title.textContent));
  assert.equal((await titles()).length, Math.min(6, names.length));
  const button = page.locator('#fans-controls button');
  if (names.length > 6) {
    await button.click();
  }
  assert.deepEqual((await titles()).map((title) => title.split(',')[0]), names.map((name) => name.replaceAll('_', ' ')));
  const highest = names.map((name) => Math.max(0, ...camps.filter((row) => row.camp === name).map((row) => Number(row.observed))));
  assert.deepEqual(highest, [...highest].sort((a, b) => b - a));
  const drawn = await page.$$eval('[data-picture="fans"] [data-camp]', (all) =>
    all.map((mark) => `${mark.dataset.camp} ${mark.dataset.day} ${mark.dataset.value}`),
  );
  const counted = camps.filter((row) => row.observed !== '').map((row) => `${row.camp} ${row.date} ${row.observed}`);
  assert.ok(counted.length > 20);
  assert.deepEqual(drawn.sort(), counted.sort());
  const knew = await page.textContent('#figure-fans figcaption');
  assert.match(knew, /What the runs knew: how many people came in all/);
});

test('a figure of a picture can be read with the arrow keys, with the source of a count', async (t) => {
  const page = await open(t);
  await page.focus('#read-fans');
  await page.keyboard.press('ArrowRight');
  const said = await page.textContent('[data-picture="fans"] output');
  assert.match(said, /counted.*Runs: median .* computed\. .*\.csv/);
  await page.focus('#read-conflict');
  assert.match(await page.textContent('[data-picture="conflict"] output'), /by the runs, computed/);
});

test('three tables of scores hold flow_scores.csv, each figure beside its baselines', async () => {
  const page = await look();
  const cells = (id, key) =>
    page.$$eval(`#${id} tbody tr`, (rows, name) => Object.fromEntries(rows.map((row) => [row.dataset[name], [...row.querySelectorAll('td')].map((cell) => cell.textContent)])), key);
  const figure = (where) => scores.find((row) => Object.entries(where).every(([name, value]) => row[name] === value))?.value;
  const shown = (value, decimals) => (value === undefined ? '\u2013' : Number(value).toFixed(decimals).replace('-', '\u2212'));
  const hindsight = await cells('hindsight-table', 'rule');
  for (const rule of ['agents', 'choice', 'nearest', 'equal', 'capacity', 'gravity', 'old7', 'old30']) {
    assert.ok(rule in hindsight, rule);
    for (const [i, capacities] of [[1, 'yes'], [5, 'no']].filter(() => !rule.startsWith('old'))) {
      const of = { table: 'hindsight', rule, capacities };
      ['ard_rescaled', 'ard_normal'].forEach((measure, k) => assert.equal(hindsight[rule][i + k], shown(figure({ ...of, measure }), 3), `${rule} ${measure}`));
    }
  }
  const allocation = await cells('allocation-table', 'days');
  const forecast = await cells('forecast-table', 'days');
  const bands = await cells('bands-table', 'days');
  assert.deepEqual(Object.keys(forecast), ['7', '30', '90']);
  for (const horizon_days of Object.keys(forecast)) {
    const of = { table: 'allocation', horizon_days, measure: 'error' };
    assert.equal(allocation[horizon_days][1], shown(figure({ ...of, rule: 'share persistence' }), 3));
    assert.equal(allocation[horizon_days][2], shown(figure({ ...of, rule: 'forecast shares' }), 3));
    const to = { table: 'forecast', horizon_days };
    assert.equal(forecast[horizon_days][1], shown(figure({ ...to, rule: 'last known count', measure: 'error' }), 3));
    assert.equal(forecast[horizon_days][2], shown(figure({ ...to, rule: 'forecast', measure: 'error' }), 3));
    assert.equal(forecast[horizon_days][3], shown(figure({ ...to, measure: 'skill' }), 3));
    assert.equal(bands[horizon_days][2], shown(figure({ ...to, rule: 'last known count', measure: 'interval_score80' }), 3));
    assert.equal(bands[horizon_days][4], shown(figure({ ...to, rule: 'forecast', measure: 'interval_score80' }), 3));
    const covered = figure({ ...to, rule: 'forecast', measure: 'covered80' });
    assert.equal(Number.parseInt(bands[horizon_days][3], 10), Math.round(100 * covered));
  }
  const text = await page.textContent('#scores');
  assert.equal(text.split('Limit:').length, 4);
});

test('what is left out of the run is said, with the reason', async () => {
  const page = await look();
  const rows = await page.$$eval('#answer #left-table tbody tr', (all) =>
    all.map((row) => [row.dataset.part, ...[...row.cells].slice(1).map((cell) => cell.textContent)]),
  );
  assert.deepEqual(rows.map(([part]) => part), ['WATCH', 'DOORS', 'PLACE', 'AID']);
  rows.forEach(([part, why, file]) => assert.ok(why.startsWith('the folder has no ') && file.length > 10, part));
  const links = await page.$$eval('nav a', (all) => all.map((link) => link.getAttribute('href')));
  assert.deepEqual(links, ['#answer', '#map', '#camps', '#hosts', '#scores', '#basis', '#terms', '#trails']);
});

for (const [width, colorScheme] of [[1280, 'dark'], [1280, 'light'], [360, 'light']]) {
  test(`axe-core finds nothing with all of it open at ${width} px, ${colorScheme}`, async (t) => {
    const page = await open(t, { colorScheme, viewport: { width, height: 900 } });
    await page.$$eval('details', (all) => all.forEach((details) => (details.open = true)));
    const { found, passed } = await axeFinds(page);
    assert.ok(passed.includes('color-contrast'));
    assert.deepEqual(found, []);
  });
}

for (const width of [1280, 760, 400, 320]) {
  test(`at ${width} px no text of a picture is cut or lies on another, and the page does not scroll sideways`, async (t) => {
    const page = await open(t, { viewport: { width, height: 900 } });
    if (names.length > 6) {
      await page.click('#fans-controls button');
    }
    await page.$$eval('details', (all) => all.forEach((details) => (details.open = true)));
    assert.ok((await page.$$('.plot svg[viewBox] text')).length > 30);
    assert.deepEqual(await faults(page), { cut: [], met: [] });
    const { wide, across } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      across: [...document.querySelectorAll('body *')]
        .filter((one) => !one.closest('.scroll, svg, pre, nav ul') && one.getBoundingClientRect().right > innerWidth + 1)
        .map((one) => one.outerHTML.slice(0, 80)),
    }));
    assert.deepEqual(across, []);
    assert.equal(wide, width);
    const small = await page.$$eval('button, input, summary, nav a', (all) =>
      all
        .map((one) => ({ html: one.outerHTML.slice(0, 60), box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.width < 24 || box.height < 24)
        .map(({ html }) => html),
    );
    assert.deepEqual(small, []);
  });
}

test('on paper all camps and tables stand, and nothing is cut', async (t) => {
  const page = await open(t);
  await page.setViewportSize({ width: 688, height: 980 }); // A4 less margins
  await page.emulateMedia({ media: 'print' });
  await page.waitForFunction(() => !document.querySelector('details:not([open])'));
  assert.equal(await page.$$eval('[data-picture="fans"] .cell', (all) => all.length), names.length);
  assert.deepEqual((await faults(page)).cut, []);
  const beyond = await page.$$eval('main *:not(svg *)', (all) =>
    all.filter((one) => one.getBoundingClientRect().right > 689).map((one) => `${one.tagName} ${one.className} ${one.textContent.slice(0, 40)}`),
  );
  assert.deepEqual(beyond, []);
});

test('without a script the map and the fans stand in tables', async () => {
  const page = await look({ javaScriptEnabled: false });
  for (const id of ['months-table', 'ways-table', 'camps-table', 'fans-table', 'hindsight-table', 'allocation-table', 'forecast-table', 'bands-table']) {
    assert.ok(await page.isVisible(`#${id}`), id);
  }
  assert.equal(await page.locator('#camps-table tbody tr').count(), names.length);
  assert.equal(await page.locator('#conflict-controls:visible').count(), 0);
  const [row] = await page.$$eval('#fans-table tbody tr', (rows) =>
    rows.slice(1, 2).map((one) => ({ date: one.querySelector('time').dateTime, cells: [...one.querySelectorAll('td')].map((cell) => cell.textContent) })),
  );
  const expected = camps.find((one) => one.camp === names[0] && one.date === row.date);
  assert.equal(Number(row.cells[2].replaceAll(',', '')), Math.round(Number(expected.mean)));
});

// The page with other data.
const bodyWith = (change) => {
  const data = JSON.parse(/id="ajar-data">(.*?)<\/script>/s.exec(html)[1]);
  change(data.conflict);
  return html.replace(/(id="ajar-data">).*?(<\/script>)/s, (_, from, to) => from + JSON.stringify(data).replaceAll('<', '\\u003c') + to);
};

test('a conflict in one spot, of one day, or without camps and ways is drawn without an error', async (t) => {
  const changes = [
    ({ places }) => places.forEach((place) => Object.assign(place, { lat: 10, lon: 20 })),
    (one) => {
      one.days = 1;
      one.ways.forEach((way) => Object.assign(way, { there: 'H', back: 'AA', shut: [] }));
      one.camps.forEach((camp) => Object.assign(camp, { points: [[0, 5, 5, 0, 0]], mean: 'C', p5: 'C', p25: 'C', p50: 'C', p75: 'C', p95: 'C' }));
    },
    (one) => Object.assign(one, { camps: [], ways: [], sources: [] }),
  ];
  for (const change of changes) {
    const page = await open(t, { body: bodyWith(change) });
    assert.deepEqual(page.wrong, []);
    assert.ok(await page.isVisible('[data-picture="conflict"] svg'));
  }
});

test('a count under 5 is not drawn, and its picture says so', async (t) => {
  const page = await open(t, { body: bodyWith(({ camps: [camp] }) => (camp.points[1] = [camp.points[1][0], null, null, 0, 0])) });
  assert.match(await page.textContent('[data-picture="fans"] .cell-note'), /1 under 5, not shown/);
  assert.equal(await page.locator(`[data-picture="fans"] [data-camp="${names[0]}"]`).count(), conflict.camps[0].points.length - 1);
});

test('the file stays small', async () => {
  assert.ok(Buffer.byteLength(html) < 3_000_000);
});
