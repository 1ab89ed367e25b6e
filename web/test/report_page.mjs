// The report that `ajar run` left in AJAR_OUT, opened in a browser of its own for each file of tests.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

export const out = process.env.AJAR_OUT;
export const address = pathToFileURL(join(out, 'report.html')).href;
export const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
});
after(() => browser.close());

// Opens the report; whatever goes wrong in the page, or asks for anything but the page, is kept.
export async function open(t, { hash = '', body, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.wrong = [];
  page.asked = [];
  page.on('console', (message) => page.wrong.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => page.wrong.push(String(error)));
  await context.route('**/*', (route) => {
    page.asked.push(route.request().url());
    return body && route.request().url() === address
      ? route.fulfill({ body, contentType: 'text/html; charset=utf-8' })
      : route.continue();
  });
  await page.goto(address + hash);
  if (options.javaScriptEnabled !== false) {
    await page.waitForSelector('html.drawn');
  }
  t.after(() => context.close());
  return page;
}
