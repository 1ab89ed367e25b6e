// The report of a scenario as axe-core sees it, in both colour schemes and wide and narrow: all of it open, controls
// turned, sliders moved.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axeFinds, open, slide } from './report_page.mjs';

for (const width of [1280, 360]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`axe-core finds nothing with all of it open and turned, ${width} px, ${colorScheme}`, async (t) => {
      const page = await open(t, { colorScheme, viewport: { width, height: 900 } });
      await page.$$eval('details', (all) => all.forEach((details) => (details.open = true)));
      await page.locator('#aid').getByRole('button', { name: 'alpha 2', exact: true }).click();
      await page.locator('#flows').getByRole('radio', { name: /^Net/ }).check();
      await page.selectOption('#replay-clock', 'nextDay');
      await slide(page, '#exodus-range', 18);
      await slide(page, '#gates-range', 1);
      const small = await page.$$eval('select, .controls button, .controls input', (all) =>
        all.filter((one) => one.getBoundingClientRect().height < 24 || one.getBoundingClientRect().width < 24).map((one) => one.outerHTML.slice(0, 60)),
      );
      const { found, passed } = await axeFinds(page);
      assert.ok(passed.includes('color-contrast'));
      assert.deepEqual(found, []);
      assert.deepEqual(small, []);
      assert.deepEqual(page.wrong, []);
    });
  }
}
