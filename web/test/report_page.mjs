// The reports that `ajar run` left: of a scenario in AJAR_OUT, of a conflict alone in AJAR_CONFLICT; opened in a
// browser of its own for each file of tests.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

export const out = process.env.AJAR_OUT;
export const conflict = process.env.AJAR_CONFLICT;
export const addressOf = (folder) => pathToFileURL(join(folder, 'report.html')).href;
export const address = addressOf(out);
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
});
after(() => browser.close());

// Opens the report; whatever goes wrong in the page, or asks for anything but the page, is kept.
async function opened({ folder = out, hash = '', body, ...options } = {}) {
  const at = addressOf(folder);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.wrong = [];
  page.asked = [];
  page.on('console', (message) => page.wrong.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => page.wrong.push(String(error)));
  await context.route('**/*', (route) => {
    page.asked.push(route.request().url());
    return body && route.request().url() === at
      ? route.fulfill({ body, contentType: 'text/html; charset=utf-8' })
      : route.continue();
  });
  await page.goto(at + hash);
  if (options.javaScriptEnabled !== false) {
    await page.waitForSelector('html.drawn');
  }
  return page;
}

// A page of the test's own.
export async function open(t, options) {
  const page = await opened(options);
  t.after(() => page.context().close());
  return page;
}

// A page that tests of a file share, for those that look and change nothing.
const shared = new Map();
export function look(options = {}) {
  const key = JSON.stringify(options);
  if (!shared.has(key)) {
    shared.set(key, opened(options));
  }
  return shared.get(key);
}

// Has all of the page laid out, as a link has it (fold.ts): what is measured far down, or pointed at, keeps its place.
export const whole = (page) => page.evaluate(() => document.documentElement.classList.add('whole'));

// Moves a slider of the page.
export const slide = (page, range, position) =>
  page.$eval(
    range,
    (slider, to) => {
      slider.value = String(to);
      slider.dispatchEvent(new Event('input'));
    },
    position,
  );

// Of a table's rows that differ in words and figures alone, all but the first three go.
const likeRows = (page, part) =>
  page.evaluate((within) => {
    for (const body of document.querySelectorAll(`${within} tbody`)) {
      const seen = new Map();
      for (const row of [...body.rows]) {
        const shape = row.outerHTML.replace(/>[^<]+/g, '>').replace(/ (?!class|style)[\w-]+="[^"]*\d[^"]*"/g, '');
        seen.set(shape, (seen.get(shape) ?? 0) + 1);
        if (seen.get(shape) > 3) {
          row.remove();
        }
      }
    }
  }, part);

// What axe-core finds wrong in the page, or in a part of it, and the rules that it passes; the page is of no use after
// it.  The answer is made short in the page: told with every node that passes it is many megabytes.  Of a dialog the
// page under it goes: axe reads all of a page first.
export async function axeFinds(page, part = 'html') {
  await whole(page);
  await likeRows(page, part);
  await page.evaluate((within) => {
    if (document.querySelector(within).matches('dialog')) {
      document.querySelector('main').remove();
    }
  }, part);
  await page.evaluate(axe);
  return page.evaluate(async (within) => {
    const { violations, passes } = await window.axe.run(within, { resultTypes: ['violations'] });
    return {
      found: violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`),
      passed: passes.map((rule) => rule.id),
    };
  }, part);
}

// Texts of the pictures: those cut by their drawing, and pairs that lie on each other.
export const faults = (page) =>
  page.evaluate(() => {
    document.documentElement.classList.add('whole');
    const cut = [];
    const met = [];
    for (const drawing of document.querySelectorAll('.plot svg[viewBox]')) {
      const name = drawing.closest('.plot').dataset.picture;
      const [, , width, height] = drawing.getAttribute('viewBox').split(/[ ,]+/).map(Number);
      const frame = drawing.getBoundingClientRect();
      const boxes = [...drawing.querySelectorAll('text')]
        .filter((text) => text.textContent.trim() !== '')
        .map((text) => {
          const box = text.getBoundingClientRect();
          const scale = width / frame.width;
          return {
            text: text.textContent,
            left: (box.left - frame.left) * scale,
            right: (box.right - frame.left) * scale,
            top: (box.top - frame.top) * scale,
            bottom: (box.bottom - frame.top) * scale,
          };
        });
      for (const box of boxes) {
        if (box.left < -1 || box.top < -1 || box.right > width + 1 || box.bottom > height + 1) {
          cut.push(`${name}: ${box.text}`);
        }
      }
      boxes.forEach((a, i) =>
        boxes.slice(i + 1).forEach((b) => {
          const over = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          // The boxes hold the room above and below the letters; two pixels of it are air.
          if (over > 1 && down > 3) {
            met.push(`${name}: ${a.text} / ${b.text}`);
          }
        }),
      );
    }
    return { cut, met };
  });
