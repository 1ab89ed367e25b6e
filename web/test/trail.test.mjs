// Every figure of the page opens its trail, and the trail is that of trail.json and of `ajar trace`.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { axeFinds, conflict, look, open, out } from './report_page.mjs';

const reports = [
  ['a scenario', out],
  ['a conflict', conflict],
  ['a scenario made by import', process.env.AJAR_SECOND],
];

const trailsOf = async (folder) => {
  const trails = JSON.parse(await readFile(join(folder, 'trail.json'), 'utf8'));
  const ids = new Map();
  for (const family of trails.families) {
    for (const row of family.rows) {
      for (const [column, shown] of Object.entries(row.shown)) {
        ids.set(`${family.id}.${row.key}.${column}`, shown);
      }
    }
  }
  return { trails, ids };
};

const press = (page, selector, index = 0) =>
  page.evaluate(
    ([selector, index]) => {
      document.querySelectorAll(selector)[index].click();
      const dialog = document.getElementById('trail');
      const lines = [...(dialog?.querySelectorAll('dt') ?? [])].map((dt) => [
        dt.textContent,
        dt.nextElementSibling.textContent,
      ]);
      const id = dialog?.querySelector('h2').textContent;
      dialog?.close();
      return { id, lines };
    },
    [selector, index],
  );

for (const [name, folder] of reports) {
  test(`no figure of the page of ${name} lacks a trail`, async () => {
    const page = await look({ folder });
    const { trails, ids } = await trailsOf(folder);
    // The page as it was written: its script sorts rows and takes some away.
    const found = await page.evaluate((html) => {
      const document = new DOMParser().parseFromString(html, 'text/html');
      // What no figures are: days, names of things, headings, citations, links to what is counted, what a writer calls plain, heads of folds.
      const plain =
        'time, code, pre, summary, h2, h3, h4, h5, a:not(.figure), cite, [data-plain], table, .trail-of, #sources, #terms, #trails';
      const month = '(Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)';
      const days = new RegExp(`\\d+((–|-| to | and )\\d+)?[ \\u00a0]${month}[a-z]*|\\b(19|20)\\d\\d\\b`, 'g');
      const words = /[A-Za-z_][\w.]*[-/]?\d[\w/.-]*|\d+[-/][\w/]+|\d[\d,.]*[A-Za-z_]\w*/g; // "p95", "syn-KAZ-057", "50/50"
      const text = (node) => (node.textContent ?? '').replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '');
      const bare = [];
      const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        const at = walk.currentNode;
        const left = at.textContent.replace(days, '').replace(words, '');
        if (/\d/.test(left) && !at.parentElement.closest(`${plain}, a.figure`)) {
          bare.push(at.textContent);
        }
      }
      const cells = {};
      for (const cell of document.querySelectorAll('main td.number')) {
        if (/\d/.test(cell.textContent)) {
          (cells[cell.closest('table').id] ??= []).push(text(cell));
        }
      }
      const targets = [...document.querySelectorAll('a.figure, a[data-table]')].filter(
        (a) => !document.getElementById(a.getAttribute('href').slice(1)),
      );
      const links = [...document.querySelectorAll('main a.figure')].map((a) => [a.dataset.figure, text(a)]);
      return { bare, cells, links, targets: targets.map((a) => a.outerHTML) };
    }, await readFile(join(folder, 'report.html'), 'utf8'));
    const kept = {};
    for (const family of trails.families.filter(({ columns }) => columns)) {
      kept[family.page] = family.rows.flatMap(({ shown }) => Object.values(shown));
    }
    assert.deepEqual(found.bare, []);
    assert.deepEqual(found.targets, []);
    assert.deepEqual(found.cells, Object.fromEntries(Object.entries(kept).filter(([, all]) => all.length > 0)));
    assert.ok(found.links.length > 20);
    for (const [id, text] of found.links) {
      assert.equal(ids.get(id), text, id);
    }
    const pictures = await page.$$eval('.plot[data-picture]', (plots) =>
      plots.filter((plot) => !plot.nextElementSibling?.querySelector('a[data-table]')).map((plot) => plot.dataset.picture),
    );
    assert.deepEqual(pictures, []);
  });

  test(`the first, a middle and the last figure of each table of ${name} open their own trail`, async (t) => {
    const page = await open(t, { folder });
    const { trails, ids } = await trailsOf(folder);
    const opened = await page.evaluate((tables) => {
      // a dialog has the browser style all that it lies over again: here nothing
      document.querySelector('main').style.display = 'none';
      const said = [];
      for (const id of tables) {
        const cells = [...document.querySelectorAll(`#${id} td.number`)].filter(
          (cell) => /\d/.test(cell.textContent) && !cell.querySelector('a, button, select'),
        );
        for (const cell of new Set([cells[0], cells[cells.length >> 1], cells.at(-1)])) {
          cell?.click();
          const dialog = document.getElementById('trail');
          said.push([dialog?.querySelector('h2').textContent ?? id, cell?.textContent ?? '']);
          dialog?.remove();
        }
      }
      return said;
    }, trails.families.filter(({ columns }) => columns).map((family) => family.page));
    for (const [id, text] of opened) {
      assert.equal(ids.get(id), text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, ''), id);
    }
  });

  test(`the dialog of ${name} says what ajar trace says`, async (t) => {
    const page = await open(t, { folder });
    const ajar = process.env.AJAR;
    const asked = name === 'a scenario'
      ? ['#aid-table td.number', '#series-table td.number', '#exodus-stocks-table td.number', '#aid-inputs td.number', '#answer a.figure', 'details td.number']
      : ['#camps-table td.number', '#forecast-table td.number', '#answer a.figure'];
    for (const selector of asked) {
      const { id, lines } = await press(page, selector, 3);
      const said = JSON.parse(execFileSync(ajar, ['trace', folder, id, '--json'], { encoding: 'utf8' }));
      const notes = (label) => label === 'source' || label === 'assumption';
      const short = ([label, value]) => [label, notes(label) ? value.split(':')[0] : value];
      const expected = said.trail.filter(({ label }) => label !== 'the row').map(({ label, value }) => short([label, value]));
      assert.deepEqual(lines.map(short), expected, id);
    }
  });
}

test('a trail opens by keyboard, steps to the next figure, closes, and fits a phone', async (t) => {
  const page = await open(t, { viewport: { width: 390, height: 800 } });
  const link = page.locator('#answer a.figure').first();
  await link.focus();
  await page.keyboard.press('Enter');
  const dialog = page.locator('#trail');
  await dialog.waitFor();
  const box = await dialog.boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 390);
  const first = await dialog.locator('h2').textContent();
  await dialog.getByRole('button', { name: 'Next figure' }).click();
  assert.notEqual(await dialog.locator('h2').textContent(), first);
  const { found, passed } = await axeFinds(page, '#trail');
  assert.ok(passed.includes('color-contrast'));
  assert.deepEqual(found, []);
  await page.keyboard.press('Escape');
  assert.equal(await dialog.count(), 0);
  assert.deepEqual(page.wrong, []);
});

test('without a script a figure leads to its entry in the list', async (t) => {
  const page = await open(t, { javaScriptEnabled: false });
  await page.locator('#answer a.figure').first().click();
  assert.match(page.url(), /#trail-answer$/);
  assert.ok(await page.locator('#trail-answer').isVisible());
});
