// The report of a scenario that was made by import: AJAR_SECOND is a folder that `ajar run` made of it.  It has a
// conflict in its chain, and parts that are left out for want of data.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { table } from './load.mjs';
import { axeFinds, faults, look as lookAt, open as openPage } from './report_page.mjs';

const folder = process.env.AJAR_SECOND;
const hosts = await table(join(folder, 'flow_hosts.csv'));
const inputs = await table(join(folder, 'aid_inputs.csv'));
const html = await readFile(join(folder, 'report.html'), 'utf8');
const open = (t, options = {}) => openPage(t, { folder, ...options });
const look = (options = {}) => lookAt({ folder, ...options });
const grouped = (number) => Number(number).toLocaleString('en-US');

test('the sections stand in the order of the chain, and each has something to show', async (t) => {
  const page = await open(t);
  const sections = await page.$$eval('main > section', (all) =>
    all.map((one) => [one.id, one.querySelectorAll('p, li, td').length, one.textContent.trim().length]),
  );
  assert.deepEqual(
    sections.map(([id]) => id),
    ['answer', 'alarms', 'replay', 'conflict-answer', 'conflict-map', 'conflict-camps', 'conflict-hosts',
      'conflict-scores', 'conflict-basis', 'aid', 'left-out', 'contradictions', 'assumptions', 'sources', 'terms',
      'trails'],
  );
  sections.forEach(([id, parts, length]) => assert.ok(parts > 0 && length > 40, `${id} is empty`));
  const bare = await page.$$eval('table', (all) => all.filter((one) => one.tBodies[0]?.rows.length === 0).map((one) => one.id));
  assert.deepEqual(bare, []);
  assert.deepEqual(page.wrong, []);
  assert.equal(page.asked.length, 1);
});

test('links of the page lead somewhere, and no id stands twice', async () => {
  const page = await look();
  const dead = await page.$$eval('a[href^="#"]', (all) =>
    all.map((link) => decodeURIComponent(link.getAttribute('href').slice(1))).filter((id) => !document.getElementById(id)),
  );
  assert.deepEqual(dead, []);
  const ids = await page.$$eval('[id]', (all) => all.map((one) => one.id));
  assert.deepEqual(ids.filter((id, at) => ids.indexOf(id) !== at), []);
});

test('what is left out is named with its reason and with what would turn it on', async () => {
  const page = await look();
  const rows = await page.$$eval('#left-out tbody tr', (all) =>
    all.map((row) => [row.dataset.part, ...[...row.cells].slice(1).map((cell) => cell.textContent)]),
  );
  assert.deepEqual(rows.map(([part]) => part), ['DOORS', 'PLACE']);
  assert.match(rows[0][2], /doors\//);
  assert.match(rows[1][2], /place\/cohort\.yaml/);
  assert.match(await page.textContent('#answer'), /Left out for want of data: DOORS and PLACE/);
});

test('the people of the split are those whom the runs put into each country', async () => {
  const page = await look();
  const shown = await page.$$eval('#hosts-table tbody tr', (all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
  assert.equal(shown.length, hosts.length);
  for (const host of hosts) {
    const row = shown.find(([name]) => name === host.country.replaceAll('_', ' '));
    assert.deepEqual(row.slice(4), [host.mean, host.p5, host.p95].map(grouped));
    const stock = inputs.find((one) => one.host === host.country_iso3 && one.figure === 'stock');
    assert.equal(Number(stock.value), Number(host.mean));
  }
});

test('no text of the page is a number that is none', async () => {
  const page = await look();
  const text = await page.evaluate(() => document.body.innerText);
  assert.doesNotMatch(text, /\bNaN\b|\bundefined\b|\bInfinity\b/);
  const bare = html.replace(/<script[^]*?<\/script>/g, '').replace(/<style[^]*?<\/style>/g, '');
  assert.doesNotMatch(bare, /[^a-z]nan[^a-z]/i);
});

for (const [width, colorScheme] of [[1280, 'light'], [390, 'dark']]) {
  test(`nothing is cut, nothing overlaps and axe-core finds nothing at ${width} px, ${colorScheme}`, async (t) => {
    const page = await open(t, { colorScheme, viewport: { width, height: 900 } });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
    const { cut, met } = await faults(page);
    assert.deepEqual(cut, []);
    assert.deepEqual(met, []);
    await page.$$eval('details', (all) => all.forEach((one) => (one.open = true)));
    assert.deepEqual((await axeFinds(page)).found, []);
  });
}
