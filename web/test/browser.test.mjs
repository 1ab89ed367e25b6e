// The report in a browser: AJAR_OUT is a folder that `ajar run` made.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { table } from './load.mjs';
import { address, faults, look, open, out, whole } from './report_page.mjs';

const [series, map, aid, alphas, ranges] = await Promise.all(
  ['report_series', 'report_map', 'aid', 'aid_alpha', 'aid_sensitivity'].map((name) =>
    table(join(out, `${name}.csv`)),
  ),
);

const close = (a, b, room = 1e-6) => Math.abs(a - b) <= room * Math.max(1, Math.abs(a), Math.abs(b));
const figure = (text) => (text === '' ? null : Number(text));

// What each mark of a picture says of itself, with its size on the screen.
const marks = (page, picture, selector) =>
  page.$$eval(`[data-picture="${picture}"] ${selector}`, (found) =>
    found.map((mark) => {
      const box = mark.getBBox();
      return {
        ...mark.dataset,
        group: mark.parentElement.getAttribute('class'),
        r: Number(mark.getAttribute('r')),
        x: box.x,
        y: box.y,
        w: box.width,
        h: box.height,
      };
    }),
  );

test('every count is drawn once, with its value, in the picture that its table stands below', async () => {
  const page = await look();
  const drawn = [
    ...(await marks(page, 'series', '[data-row]')),
    ...(await marks(page, 'others', '[data-row]')),
  ];
  assert.deepEqual(
    drawn.map((mark) => Number(mark.row)).sort((a, b) => a - b),
    series.map((_, i) => i + 1),
  );
  for (const mark of drawn) {
    const row = series[mark.row - 1];
    assert.equal(figure(mark.value), figure(row.value), `row ${mark.row}`);
    assert.ok(row.per_day === '' ? mark.perDay === '' : close(figure(mark.perDay), figure(row.per_day)));
    assert.equal(mark.group.includes('disputed'), row.disputed === 'yes', `row ${mark.row}`);
    if (row.per_day === '') {
      assert.match(mark.group, /unknown/);
    }
  }
  for (const picture of ['series', 'others']) {
    const below = await page.$$eval(`#figure-${picture} details.data tr[data-row]`, (rows) =>
      rows.map((row) => row.dataset.row),
    );
    const here = await marks(page, picture, '[data-row]');
    assert.deepEqual(below.sort(), here.map((mark) => mark.row).sort(), picture);
  }
});

test('bars of the first picture are as high, and strokes as far up, as their rates', async () => {
  const page = await look();
  const bars = (await marks(page, 'series', '.stage > .series > svg [data-row]')).filter((mark) =>
    /^day-/.test(mark.group),
  );
  assert.ok(bars.length > 3);
  const scale = bars[0].h / bars[0].perDay;
  bars.forEach((bar) => assert.ok(close(bar.h / bar.perDay, scale, 1e-3), `row ${bar.row}`));
  const zero = Math.max(...bars.filter((bar) => bar.group.startsWith('day-in')).map((bar) => bar.y + bar.h));
  const strokes = (await marks(page, 'series', '.stage > .series > svg [data-row]')).filter((mark) =>
    /^span/.test(mark.group),
  );
  assert.ok(strokes.length > 0);
  strokes.forEach((stroke) => assert.ok(close(Math.abs(zero - stroke.y), stroke.perDay * scale, 1e-3)));
});

test('every circle of the map is drawn with its rate, and areas are proportional', async () => {
  const page = await look();
  const circles = await marks(page, 'map', '[data-row]');
  assert.deepEqual(circles.map((mark) => Number(mark.row)).sort((a, b) => a - b), map.map((_, i) => i + 1));
  const largest = circles.reduce((a, b) => (a.r > b.r ? a : b));
  for (const mark of circles) {
    const row = map[mark.row - 1];
    assert.ok(close(figure(mark.perDay), figure(row.per_day)));
    assert.equal(figure(mark.value), figure(row.value));
    const right = largest.r * Math.sqrt(mark.perDay / largest.perDay);
    assert.ok(close(mark.r, Math.max(2.5, right), 1e-3), row.country_iso3);
  }
});

test('the aid picture shows what each host has, gets and lacks, as in aid.csv', async () => {
  const page = await look();
  const bars = await marks(page, 'aid', '[data-part]');
  assert.equal(bars.length, 3 * aid.length);
  const whole = Math.max(...bars.map((bar) => bar.x + bar.w)) - Math.min(...bars.map((bar) => bar.x));
  for (const row of aid) {
    const part = (name) => bars.find((bar) => bar.host === row.host && bar.part === name);
    assert.ok(close(part('has').value, row.funded));
    assert.ok(close(part('gets').value, row.amount));
    assert.ok(close(part('open').value, row.need - row.funded - row.amount, 1e-6));
    assert.ok(close(part('gets').w / whole, row.amount / row.need, 1e-3), row.host);
  }
});

test('the ranges are those of aid_sensitivity.csv and aid_alpha.csv', async () => {
  const page = await look();
  const inputs = await marks(page, 'sensitivity', '[data-p5]');
  const choices = await marks(page, 'sensitivity', '[data-low]');
  const medians = await marks(page, 'sensitivity', '[data-p50]');
  // aid.csv holds the bands of all uncertain inputs together.
  const banded = aid.filter((row) => row.p5 !== '');
  assert.equal(inputs.length, banded.length);
  assert.equal(medians.length, banded.length);
  assert.equal(choices.length, aid.length);
  const together = new Set(ranges.map((row) => row.uncertain));
  assert.ok(together.size > 0);
  for (const row of banded) {
    const of = (list) => list.find((mark) => mark.host === row.host);
    assert.ok(close(of(inputs).p5, row.p5) && close(of(inputs).p95, row.p95), row.host);
    assert.ok(close(of(medians).p50, row.p50));
    const amounts = alphas.filter((one) => one.host === row.host).map((one) => Number(one.amount));
    assert.ok(close(of(choices).low, Math.min(...amounts)) && close(of(choices).high, Math.max(...amounts)));
  }
});

const cell = (page, host, field) =>
  page.$eval(`#aid-table tr[data-host="${host}"] td[data-field="${field}"]`, (found) => ({
    value: found.dataset.value,
    text: found.textContent,
  }));

// All of the table, by host and field.
const cells = async (page) =>
  new Map(
    await page.$$eval('#aid-table tr[data-host] td[data-field]', (found) =>
      found.map((at) => [`${at.closest('tr').dataset.host} ${at.dataset.field}`, { value: at.dataset.value, text: at.textContent }]),
    ),
  );

test('the dial gives the published amounts at 1, 2, 4 and inf, in table and picture, and goes back', async (t) => {
  const page = await open(t);
  const html = await page.$eval('#aid-table', (found) => found.innerHTML);
  const text = await page.textContent('#aid-table');
  const words = { cap: /absorption cap/ };
  for (const alpha of ['1', '2', '4', 'inf']) {
    await page.locator('#aid').getByRole('button', { name: `alpha ${alpha}`, exact: true }).click();
    const expected = alphas.filter((row) => row.alpha === alpha);
    assert.equal(expected.length, aid.length);
    const bars = await marks(page, 'aid', '[data-part="gets"]');
    const shown = await cells(page);
    for (const row of expected) {
      const x = shown.get(`${row.host} x`);
      assert.ok(close(Number(x.value), Number(row.amount), 1e-6), `${row.host} at ${alpha}`);
      assert.ok(close(Number(x.text.replace(/[^0-9.]/g, '')) * 1e6, Number(row.amount), 0.01) || row.amount < 1e6);
      assert.ok(close(Number(shown.get(`${row.host} coverage`).value), Number(row.coverage), 1e-6));
      assert.ok(close(bars.find((bar) => bar.host === row.host).value, Number(row.amount), 1e-6));
      if (row.amount_in_tranches !== '') {
        assert.equal(Number(shown.get(`${row.host} rounded`).value), Number(row.amount_in_tranches));
      }
      const limit = shown.get(`${row.host} binding`).text;
      if (words.cap.test(row.limited_by)) {
        assert.match(limit, words.cap);
      }
    }
    assert.match(await page.textContent('#alpha-said'), new RegExp(`alpha ${alpha}`));
  }
  await page.locator('#aid').getByRole('button', { name: 'alpha 1', exact: true }).click();
  assert.notEqual(await page.textContent('#aid-table'), text);
  await page.locator('#aid').getByRole('button', { name: 'Back to the published split' }).click();
  const plain = (text) => text.replace(/ class="[^"]*"/g, '');
  const again = await page.$eval('#aid-table', (found) => found.innerHTML);
  assert.ok(plain(again) === plain(html), 'the table is as it was published');
  assert.match(await page.textContent('#alpha-said'), /published split/);
});

test('nothing goes wrong in the page and no request leaves it', async (t) => {
  const page = await open(t);
  await page.locator('#aid').getByRole('button', { name: 'alpha 2', exact: true }).click();
  await page.setViewportSize({ width: 500, height: 800 });
  await page.waitForFunction(() => document.querySelector('[data-picture="map"] svg').clientWidth < 500);
  await page.emulateMedia({ media: 'print' });
  assert.deepEqual(page.wrong, []);
  assert.deepEqual(page.asked.filter((url) => url !== address), []);
});

for (const width of [1280, 760, 360]) {
  test(`at ${width} px no text of a picture is cut or lies on another`, async () => {
    const page = await look({ viewport: { width, height: 900 } });
    assert.ok((await page.$$('.plot svg[viewBox] text')).length > 50);
    assert.deepEqual(await faults(page), { cut: [], met: [] });
  });
}

for (const width of [360, 320]) {
  test(`at ${width} px the page does not scroll sideways`, async (t) => {
    const page = await open(t, { viewport: { width, height: 800 } });
    await page.$$eval('details', (all) => all.forEach((details) => (details.open = true)));
    const { wide, across } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      across: [...document.querySelectorAll('body *')]
        .filter((one) => !one.closest('.scroll, svg, pre, nav ul') && one.getBoundingClientRect().right > innerWidth + 1)
        .map((one) => one.outerHTML.slice(0, 80)),
    }));
    assert.deepEqual(across, []);
    assert.equal(wide, width);
  });
}

test('controls are at least 24 pixels in both directions', async () => {
  const page = await look({ viewport: { width: 360, height: 800 } });
  const small = await page.$$eval('button, input, summary, nav a', (all) =>
    all
      .map((one) => ({ html: one.outerHTML.slice(0, 60), box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 24 || box.height < 24)
      .map(({ html }) => html),
  );
  assert.deepEqual(small, []);
});

test('on paper tables are open, pictures fit, nothing is cut', async (t) => {
  const page = await open(t);
  const shut = await page.$$eval('details:not([open])', (all) => all.length);
  assert.ok(shut > 0, 'the tables below the pictures wait to be opened');
  await page.setViewportSize({ width: 688, height: 980 }); // A4 less margins
  await page.emulateMedia({ media: 'print' });
  await page.waitForFunction(() => !document.querySelector('details:not([open])'));
  const beyond = await page.$$eval('main *:not(svg *)', (all) =>
    all
      .filter((one) => one.getBoundingClientRect().right > 689)
      .map((one) => `${one.tagName} ${one.className} ${one.textContent.slice(0, 40)}`),
  );
  assert.deepEqual(beyond, []);
  assert.deepEqual((await faults(page)).cut, []);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.ok(pdf.length > 50_000);
  await page.emulateMedia({ media: 'screen' });
  await page.waitForFunction((n) => document.querySelectorAll('details:not([open])').length === n, shut);
});

test('long parts are folded, and the page is short', async (t) => {
  const page = await open(t);
  await whole(page);
  const tall = () => page.evaluate(() => document.documentElement.scrollHeight);
  const folded = await tall();
  assert.equal(await page.$$eval('details.data[open]', (all) => all.length), 0);
  const inside = ['#doors-table', '#series-table', '#others-table', '#map-table', '.measures', '#aid-inputs',
    '#contradictions-table', '#assumptions-table', '.sources'];
  for (const part of inside) {
    assert.equal(await page.$$eval(`details.data ${part}`, (all) => all.length), 1, part);
  }
  await page.$$eval('details', (all) => all.forEach((details) => (details.open = true)));
  assert.ok(folded < (await tall()) / 2, `${folded} px folded`);
});

// Whether a part is in sight, its folds are open, and it has the focus.
const reached = (page, id) =>
  page.waitForFunction((name) => {
    const part = document.getElementById(name);
    const box = part.getBoundingClientRect();
    const shut = part.closest('details:not([open])');
    return !shut && box.height > 0 && box.top > -2 && box.top < innerHeight && document.activeElement === part;
  }, id);

test('a link into a folded part opens it and goes there: pressed, in the address, and changed', async (t) => {
  const page = await open(t);
  await page.click('#answer a[href="#doors-table"]');
  await reached(page, 'doors-table');
  const cite = page.locator('.headline a.cite[href^="#source-"]').first();
  const source = (await cite.getAttribute('href')).slice(1);
  await cite.press('Enter');
  await reached(page, source);
  assert.ok(await page.$eval(`[id="${source}"]`, (item) => item.matches(':target')));
  // The same link once more, after the list was folded again by hand.
  await page.$eval('#sources details', (details) => (details.open = false));
  await cite.click();
  await page.waitForFunction(() => document.querySelector('#sources details').open);

  const loaded = await open(t, { hash: `#${source}` });
  await reached(loaded, source);
  const assumption = await loaded.$eval('#assumptions-table tr[id]', (row) => row.id);
  await loaded.evaluate((id) => (location.hash = id), assumption);
  await reached(loaded, assumption);
  await loaded.evaluate(() => (location.hash = '%zz'));
  assert.deepEqual(loaded.wrong, []);
});

test('the first screen holds what happened and what to do', async () => {
  for (const [width, height, last] of [[1280, 800, '.amounts'], [360, 740, '.headline:nth-of-type(2)']]) {
    const page = await look({ viewport: { width, height } });
    const bottom = await page.$eval(`#answer ${last}`, (found) => found.getBoundingClientRect().bottom);
    assert.ok(bottom <= height, `${last} ends at ${bottom} of ${height} px`);
  }
});

test('amounts stand in rows of equal length below their unit', async (t) => {
  const page = await open(t);
  for (const width of [1280, 800, 360]) {
    await page.setViewportSize({ width, height: 800 });
    const tiles = await page.$$eval('.amounts li', (all) =>
      all.map((tile) => {
        const [box, figure] = [tile, tile.querySelector('strong')].map((one) => one.getBoundingClientRect());
        return { top: box.top, inside: figure.right <= box.right - 4 };
      }),
    );
    const rows = new Map();
    tiles.forEach(({ top }) => rows.set(top, (rows.get(top) ?? 0) + 1));
    assert.equal(tiles.length, aid.length);
    assert.equal(new Set(rows.values()).size, 1, `${width} px: rows of ${[...rows.values()]}`);
    assert.ok(tiles.every((tile) => tile.inside), `${width} px: a figure leaves its tile`);
  }
  assert.match(await page.textContent('.amounts-head'), /USD million/);
});

test('every mark can be seen, and what is dashed or round is explained beside it', async () => {
  const page = await look();
  for (const picture of ['series', 'others']) {
    const drawn = await marks(page, picture, '[data-row]');
    drawn.filter((mark) => /^day/.test(mark.group)).forEach((mark) => assert.ok(mark.h > 0, `row ${mark.row}`));
    const key = await page.textContent(`[data-picture="${picture}"] .key`);
    assert.equal(drawn.some((mark) => mark.group.includes('disputed')), key.includes('dashed: disputed'));
    assert.equal(drawn.some((mark) => mark.group.includes('zero')), key.includes('none that day'));
  }
});

test('a count that is not shown says why, small or withheld', async (t) => {
  const html = await readFile(join(out, 'report.html'), 'utf8');
  const [, json] = /id="ajar-data">(.*?)<\/script>/s.exec(html);
  const data = JSON.parse(json);
  const two = data.series.panels.flatMap((panel) => (panel.focus ? [] : panel.marks)).slice(0, 2);
  two.forEach((mark, i) => Object.assign(mark, { value: null, perDay: null, hidden: ['under 5', 'withheld'][i] }));
  const body = html.replace(json, () => JSON.stringify(data).replaceAll('<', '\\u003c'));
  const page = await open(t, { body });
  const shapes = await page.$$eval('[data-picture="others"] .unknown > [data-row]', (all) =>
    all.map((mark) => mark.outerHTML.replace(/.* d="([^"]*)".*/s, '$1')),
  );
  assert.equal(new Set(shapes).size, 2);
  const key = await page.textContent('[data-picture="others"] .key');
  assert.ok(key.includes('under 5, not shown') && key.includes('withheld'));
});

test('the keyboard reaches the tables and the dial, and an arrow turns it', async (t) => {
  const page = await open(t);
  const reached = new Set();
  for (let i = 0; i < 2000 && !reached.has('alpha-range'); i++) {
    await page.keyboard.press('Tab');
    const { name, seen } = await page.evaluate(() => {
      const at = document.activeElement;
      const box = at.getBoundingClientRect();
      const style = getComputedStyle(at);
      return {
        name: at.id || at.tagName.toLowerCase(),
        seen: style.outlineStyle !== 'none' && box.bottom > 0 && box.top < innerHeight,
      };
    });
    assert.ok(seen, `the focus on ${name} is not to be seen`);
    reached.add(name);
  }
  assert.ok(reached.has('summary') && reached.has('read-series') && reached.has('alpha-range'));
  const host = aid[0].host;
  const held = await cell(page, host, 'x');
  const published = await page.getAttribute('#alpha-range', 'aria-valuetext');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Home');
  assert.equal(await page.getAttribute('#alpha-range', 'aria-valuetext'), 'alpha 0.5');
  assert.notDeepEqual(await cell(page, host, 'x'), held);
  await page.keyboard.press('End');
  assert.equal(await page.getAttribute('#alpha-range', 'aria-valuetext'), 'alpha inf');
  assert.match(published, /^alpha /);
});

test('a picture can be read figure by figure with the arrow keys', async (t) => {
  const page = await open(t);
  const count = await page.$$eval('[data-picture="series"] .mark', (all) => all.length);
  await page.focus('#read-series');
  const said = new Set();
  for (let i = 0; i < count; i++) {
    said.add(await page.textContent('[data-picture="series"] output'));
    assert.equal(await page.$$eval('[data-picture="series"] .pointed', (all) => all.length), 1);
    await page.keyboard.press('ArrowRight');
  }
  assert.equal(said.size, count);
  assert.ok([...said].every((text) => /\d/.test(text)));
  assert.ok(await page.isVisible('[data-picture="series"] .tip'));
  await page.keyboard.press('Escape');
  assert.ok(!(await page.isVisible('[data-picture="series"] .tip')));
});

test('a mark under the pointer says its figures', async (t) => {
  const page = await open(t);
  await whole(page);
  await page.locator('[data-picture="map"] .circle .mark').first().hover({ force: true });
  assert.match(await page.textContent('[data-picture="map"] .tip'), /entries a day/);
});

test('without a script every sentence and table is there', async () => {
  const page = await look({ javaScriptEnabled: false });
  const text = await page.textContent('main');
  for (const row of aid) {
    assert.ok(text.includes(row.name), row.name);
  }
  const rows = await page.locator('tr[data-row]:visible').count();
  assert.ok(rows >= series.length + map.length, `${rows} rows`);
  assert.equal(await page.locator('#aid-table tr[data-host]:visible').count(), aid.length);
  assert.equal(await page.locator('#alpha-dial:visible').count(), 0);
});

test('the credits of shapes and places are on the page', async () => {
  const page = await look();
  const text = await page.textContent('main');
  assert.match(text, /Natural Earth/);
  assert.match(text, /GeoNames/);
});
