// node picture.mjs OUT_FOLDER PICTURE.png: the first screen of the report in OUT_FOLDER, for the README.
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const MOST_BYTES = 250_000; // it is fetched with every clone
const [folder, picture] = process.argv.slice(2);
if (!picture) {
  console.error('usage: node picture.mjs OUT_FOLDER PICTURE.png');
  process.exit(2);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
  await page.goto(pathToFileURL(resolve(join(folder, 'report.html'))).href);
  await page.waitForSelector('html.drawn');
  await page.screenshot({ path: picture });
} finally {
  await browser.close();
}

const { size } = await stat(picture);
if (size > MOST_BYTES) {
  console.error(`${picture} has ${size} bytes, more than ${MOST_BYTES}: make the picture smaller`);
  process.exit(1);
}
