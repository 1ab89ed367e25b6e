// Who could be placed where, in the report: AJAR_OUT is a folder that `ajar run` made.  The page is compared with its
// tables.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { load, table } from './load.mjs';
import { faults, look, open, out } from './report_page.mjs';

const [plan, moves] = await Promise.all(['place_plan', 'place_moves'].map((name) => table(join(out, `${name}.csv`))));
const html = await readFile(join(out, 'report.html'), 'utf8');
const { placement } = JSON.parse(/id="ajar-data">(.*?)<\/script>/s.exec(html)[1]);
const { locksCommand, locksPrice, lotName, movesFrom, roomWords, score } = await load('placement.ts');

const rowsShown = (page) =>
  page.$$eval('#placement-board-table tbody tr', (rows) => rows.filter((row) => !row.hidden).map((row) => [...row.cells].map((cell) => cell.textContent)));
const showAll = async (page) => {
  while (await page.$eval('.board-foot button', (more) => !more.hidden)) {
    await page.click('.board-foot button');
  }
};

test('words and sums of locks', () => {
  const made = { resources: ['beds'], lots: [{ id: 'P1', place: 'Kassel', state: 0 }, { id: 'Jena', place: 'Jena', state: 1 }], households: [{ id: 'H1' }, { id: 'H2' }] };
  assert.equal(score(512000), '0.512');
  assert.equal(lotName(made.lots[0]), 'Kassel, P1');
  assert.equal(lotName(made.lots[1]), 'Jena');
  assert.equal(roomWords(made, [0, 1, 2, -1, 0]), 'has room');
  assert.equal(roomWords(made, [0, 1, 2, 0, 3]), 'lacks 3 beds');
  const locks = new Map([[0, [0, 5, 100000, -1, 0]], [1, [1, 5, 250000, 0, 1]]]);
  assert.equal(locksPrice(locks), 350000);
  assert.equal(locksCommand(made, locks), 'ajar place whatif DIR --plan PLAN.json --lock H1=P1 --lock H2=Jena');
  assert.deepEqual(movesFrom({ moves: [[0, 0, 1, 2], [1, 0, 3, 9], [0, 1, 2, 4]] }, 0).map((move) => move[3]), [4, 2]);
});

test('the board has every household of place_plan.csv at its lot', () => {
  assert.equal(placement.households.length, plan.length);
  const lots = new Map(plan.map((row) => [row.household, row.locality]));
  for (const { id, lot } of placement.households) {
    assert.equal(lot < 0 ? '' : placement.lots[lot].id, lots.get(id), id);
  }
});

test('moves are those of place_moves.csv and of the plan', () => {
  assert.equal(placement.moves.length, moves.length);
  const sum = (rows, of) => rows.reduce((all, row) => all + Number(of(row)), 0);
  assert.equal(sum(placement.moves, (move) => move[2]), plan.filter((row) => row.locality !== '').length);
  assert.equal(sum(placement.moves, (move) => move[3]), sum(moves, (row) => row.people));
  for (const [f, s, households] of placement.moves) {
    const here = placement.households.filter(({ from, lot }) => from === f && lot >= 0 && placement.lots[lot].state === s);
    assert.equal(here.length, households);
  }
});

test('another place costs nothing less than it loses against a full price of nothing', () => {
  for (const { lot, options } of placement.households) {
    options.forEach((option, i) => {
      assert.notEqual(option[0], lot);
      assert.ok(i === 0 || options[i - 1][2] <= option[2]);
    });
  }
});

test('the total is not above its bound, and the page says both', async () => {
  assert.ok(placement.total <= placement.bound);
  const page = await look();
  const said = await page.$eval('#placement', (section) => section.textContent.replace(/[\u00a0\u2060]/g, ' '));
  assert.ok(said.includes(score(placement.total)) && said.includes(score(placement.bound)));
  assert.match(said, /made[ -]up|synthetic/i);
});

test('the map has a line for every move, and those of one country when it is chosen', async (t) => {
  const page = await open(t);
  const lines = () => page.$$eval('[data-picture="placement-map"] .moves .move', (all) => all.map((line) => Number(line.dataset.people)));
  assert.equal((await lines()).length, placement.moves.length);
  await page.selectOption('#placement-from', '0');
  assert.deepEqual(
    (await lines()).sort((a, b) => a - b),
    placement.moves.filter((move) => move[0] === 0).map((move) => move[3]).sort((a, b) => a - b),
  );
});

test('the board sorts by a head, both ways, and filters', async (t) => {
  const page = await open(t);
  assert.equal((await rowsShown(page)).length, 25);
  await page.click('#placement-board-table th:nth-child(3) button');
  await showAll(page);
  const people = (await rowsShown(page)).map((row) => Number(row[2]));
  assert.equal(people.length, plan.length);
  assert.deepEqual(people, [...people].sort((a, b) => a - b));
  await page.click('#placement-board-table th:nth-child(3) button');
  assert.equal(await page.getAttribute('#placement-board-table th:nth-child(3)', 'aria-sort'), 'descending');
  assert.equal((await rowsShown(page))[0][2], String(Math.max(...people)));
  await page.selectOption('#placement-board-state', '0');
  await showAll(page);
  const here = placement.households.filter(({ lot }) => lot >= 0 && placement.lots[lot].state === 0);
  assert.equal((await rowsShown(page)).length, here.length);
  await page.selectOption('#placement-board-state', '-1');
  await page.fill('#placement-search', placement.households[7].id);
  assert.ok((await rowsShown(page)).some((row) => row[0] === placement.households[7].id));
});

test('a lock shows its price and the command that works it out', async (t) => {
  const page = await open(t);
  const index = placement.households.findIndex(({ options }) => options.length > 1);
  const { id, options } = placement.households[index];
  await page.fill('#placement-search', id);
  const select = `select.lock[aria-label="Lock ${id} elsewhere"]`;
  await page.focus(select);
  await page.selectOption(select, '1');
  const said = await page.$eval('#placement-board-said', (place) => place.textContent);
  assert.ok(said.includes(score(options[1][2])));
  assert.ok(said.includes(`--lock ${id}=${placement.lots[options[1][0]].id}`));
  await page.selectOption(select, '');
  assert.ok(await page.$eval('#placement-board-said', (place) => place.hidden));
});

test('paper has every row of the board', async (t) => {
  const page = await open(t);
  await page.emulateMedia({ media: 'print' });
  const tall = await page.$$eval('#placement-board-table tbody tr', (rows) => rows.filter((row) => row.offsetHeight > 0).length);
  assert.equal(tall, plan.length);
});

test('no text of the map is cut or lies on another, and nothing goes wrong', async () => {
  for (const width of [1280, 390]) {
    const page = await look({ viewport: { width, height: 900 } });
    const found = await faults(page);
    assert.deepEqual(found.cut.filter((one) => String(one).includes('placement')), []);
    assert.deepEqual(found.met.filter((one) => String(one).includes('placement')), []);
    assert.deepEqual(page.wrong, []);
  }
});
