// WATCH in the report: AJAR_OUT is a folder that `ajar run` made.  What is drawn is compared with its tables.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { table } from './load.mjs';
import { look, open, out, whole } from './report_page.mjs';

const [series, alarms, replays, net, trade] = await Promise.all(
  ['report_series', 'watch_alarms', 'watch_replay', 'watch_net', 'watch_trade'].map((name) => table(join(out, `${name}.csv`))),
);
const html = await readFile(join(out, 'report.html'), 'utf8');
const data = JSON.parse(/id="ajar-data">(.*?)<\/script>/s.exec(html)[1]);

const sets = (page, selector) => page.$$eval(selector, (all) => all.map((one) => ({ ...one.dataset })));
const plain = (text) => text.replaceAll('\u00a0', ' ');
const firsts = alarms.filter((row) => row.from === row.run_from);

test('every alarm is drawn by its door, and on the mark of its count, and says its figures', async (t) => {
  assert.ok(alarms.length > 0);
  const page = await open(t);
  await whole(page);
  const byDoor = await sets(page, '[data-picture="doors"] [data-alarm]');
  assert.deepEqual(byDoor.map(({ alarm }) => Number(alarm)).sort((a, b) => a - b), alarms.map((_, i) => i + 1));
  const marked = alarms.flatMap((row, i) => {
    const shows = (one) =>
      one.country_iso3 === row.place && one.route === row.route && one.measure === row.measure &&
      one.date_from === row.from && one.date_to === row.to && Number(one.value) === Number(row.count);
    return series.some(shows) ? [i + 1] : [];
  });
  const onMarks = [
    ...(await sets(page, '[data-picture="series"] [data-alarm]')),
    ...(await sets(page, '[data-picture="others"] [data-alarm]')),
  ];
  assert.ok(marked.length > 0);
  assert.deepEqual(onMarks.map(({ alarm }) => Number(alarm)).sort((a, b) => a - b), marked);
  const hollow = await page.$$eval('[data-picture="doors"] .alarm.on', (all) => all.length);
  assert.equal(hollow, alarms.length - firsts.length);
  await page.locator('[data-picture="series"] [data-alarm]').first().hover({ force: true });
  const tip = await page.textContent('[data-picture="series"] .tip');
  assert.match(tip, /^Alarm\. /);
  assert.ok(alarms.some((row) => tip.includes(Number(row.count).toLocaleString('en-GB'))), tip);
});

test('each first alarm of a run stands as a sentence, without a script too', async () => {
  const page = await look({ javaScriptEnabled: false });
  const items = await page.$$eval('#alarms ul.alarms > li', (all) => all.map((one) => one.innerText));
  assert.equal(items.length, firsts.length);
  firsts.forEach((row) => {
    const text = plain(row.sentence.slice(0, 60));
    assert.ok(items.some((item) => plain(item).includes(text)), text);
  });
  assert.equal(await page.locator('#alarms-table tbody tr:visible').count(), alarms.length);
  assert.match(await page.textContent('#alarms'), /false alarms? a year/);
  for (const id of ['#replay-published-table', '#replay-next-day-table', '#flows-table', '#trade-table']) {
    assert.ok((await page.locator(`${id} tbody tr:visible`).count()) > 0, id);
  }
  assert.equal(await page.locator('.controls:visible, #replay-controls:visible, #replay-said:visible').count(), 0);
});

// Whether the picture of a morning shows what watch_replay.csv says of it.
async function morningIs(page, clock, day) {
  const lead = data.watch.series[data.watch.lead];
  const rows = replays.filter(
    (row) => row.clock === clock && row.place === lead.place.code && row.route === lead.route &&
      row.measure === lead.measure && row.day <= day,
  );
  const row = rows.at(-1);
  const key = clock === 'published' ? 'published' : 'nextDay';
  const known = lead.values.filter(({ [key]: force }) => force && force[0] <= day && (force[1] === null || day < force[1]));
  const drawn = await sets(page, '[data-picture="replay"] [data-from]');
  assert.deepEqual(
    drawn.map(({ from, count }) => `${from} ${count}`).sort(),
    known.map(({ from, count }) => `${from} ${count ?? ''}`).sort(),
    `${clock} ${day}`,
  );
  const ringing = await sets(page, '[data-picture="replay"] [data-ringing]');
  assert.equal(ringing.length, row?.verdict === 'rings' ? 1 : 0, `${clock} ${day}`);
  const said = await page.textContent('#replay-said');
  assert.equal(/Alarm\. |ringing\. /.test(said), row?.verdict === 'rings', said);
  assert.ok(row ? said.includes(`${row.known} count`) : said.includes('nothing is known yet'), said);
}

test('the slider shows each morning with what was known by then alone, on both clocks', async (t) => {
  const page = await open(t);
  assert.equal(await page.getAttribute('#replay-said', 'aria-live'), 'polite');
  for (const [option, clock] of [['published', 'published'], ['nextDay', 'next-day']]) {
    await page.selectOption('#replay-clock', option);
    await page.focus('#replay-range');
    await page.keyboard.press('Home');
    assert.ok(await page.isDisabled('button[aria-label="Previous morning"]'));
    const steps = Number(await page.getAttribute('#replay-range', 'max'));
    assert.ok(steps > 3);
    const first = data.watch.replay[option][data.watch.lead][0].day;
    for (let i = 0; i <= steps; i++) {
      const day = new Date(Date.parse(first) + (i - 1) * 86_400_000).toISOString().slice(0, 10);
      await morningIs(page, clock, day);
      if (i < steps) {
        await page.keyboard.press('ArrowRight');
      }
    }
    assert.ok(await page.isDisabled('button[aria-label="Next morning"]'));
    await page.click('button[aria-label="Previous morning"]');
    assert.equal(await page.inputValue('#replay-range'), String(steps - 1));
  }
  assert.deepEqual(page.wrong, []);
});

test('on paper the replay shows its last morning', async (t) => {
  const page = await open(t);
  await page.emulateMedia({ media: 'print' });
  await page.waitForFunction(() => !document.querySelector('details:not([open])'));
  const mornings = data.watch.replay.published[data.watch.lead];
  await morningIs(page, 'published', mornings.at(-1).day);
  assert.ok(!(await page.isVisible('#replay-controls')));
  assert.ok(await page.isVisible('#replay-published-table'));
});

test('gross, net and stock are shown one at a time, as in watch_net.csv', async (t) => {
  const page = await open(t);
  const value = (row, column) => (row[column] === '' ? null : Number(row[column]));
  const of = (part) => sets(page, `[data-picture="flows"] [data-part="${part}"]`);
  for (const part of ['in', 'out']) {
    const bars = await of(part);
    assert.ok(bars.length > 0);
    bars.forEach((bar) => assert.equal(Number(bar.value), value(net[bar.row - 1], part), `row ${bar.row}`));
  }
  assert.equal((await of('net')).length, 0);
  await page.locator('#flows').getByRole('radio', { name: /^Net/ }).check();
  const nets = await of('net');
  const both = data.watch.flows.points.filter((point) => point.net !== null);
  assert.equal(nets.length, both.length);
  nets.forEach((bar) => assert.equal(Number(bar.value), value(net[bar.row - 1], 'net')));
  (await of('published')).forEach((mark) => assert.equal(Number(mark.value), value(net[mark.row - 1], 'published_net')));
  const off = both.filter((point) => point.discrepancy !== null && point.discrepancy !== 0);
  const misfits = await sets(page, '[data-picture="flows"] [data-misfit]');
  assert.deepEqual(misfits.map(({ misfit }) => Number(misfit)), off.map((point) => point.discrepancy));
  assert.equal((await of('in')).length, 0);
  assert.deepEqual(page.wrong, []);
});

test('trade shows every month and mirror ratio of a reporter, as in watch_trade.csv', async (t) => {
  const page = await open(t);
  for (const reporter of [null, trade.at(-1).reporter]) {
    if (reporter) {
      await page.selectOption('#trade-reporter', reporter);
    }
    const shown = await page.inputValue('#trade-reporter');
    const flows = data.watch.trade.filter((flow) => flow.reporter.code === shown);
    const ratios = await sets(page, '[data-picture="trade"] .ratio > [data-row]');
    const rows = trade.flatMap((row, i) => (row.reporter === shown && row.mirror_ratio !== '' ? [i + 1] : []));
    assert.deepEqual(ratios.map(({ row }) => Number(row)).sort((a, b) => a - b), rows);
    ratios.forEach((dot) => assert.ok(Math.abs(dot.value - trade[dot.row - 1].mirror_ratio) < 1e-9));
    const months = await sets(page, '[data-picture="trade"] [data-month]');
    assert.equal(months.length, flows.flatMap((flow) => (flow.baseline ? flow.months.filter((month) => month[1] !== null) : [])).length);
    const ringing = await page.$$eval('[data-picture="trade"] .month-ringing > *', (all) => all.length);
    assert.equal(ringing, flows.flatMap((flow) => (flow.baseline ? flow.months.filter((month) => month[3] === 1) : [])).length);
  }
  const text = plain(await page.textContent('#trade'));
  assert.match(text, /Mirror ratio 1\.07 in 2021, 2\.33 in 2022, 3\.03 in 2023/);
  assert.match(text, /anachronism/);
});
