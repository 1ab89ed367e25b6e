// A count in words, and what is written to the element that shows it.
import type { ScaleOptions } from '@observablehq/plot';
import type { Mark } from './data';
import { number, rate, spanWords } from './words';

/** "Sat 24 Sept: 8,572 in. Source" or "21-27 Sept: 50,655 in over 7 days, 7,236 a day. Source" */
export function markWords(mark: Mark, way: string): string {
  if (mark.value === null || mark.perDay === null) {
    const count = mark.hidden === 'withheld' ? 'withheld, for it would give a small count away' : `under 5 ${way}`;
    return `${spanWords(mark.from, mark.to)}: ${count}. ${mark.source}.`;
  }
  let mean = '';
  if (mark.days > 1) {
    mean = mark.perDay === mark.value ? ' a day' : ` over ${mark.days} days, ${rate(mark.perDay)} a day`;
  }
  const dispute = mark.disputed ? ' Disputed: another figure is used.' : '';
  return `${spanWords(mark.from, mark.to)}: ${number(mark.value)} ${way}${mean}.${dispute} ${mark.source}.`;
}

/** A scale for Plot: how a count is drawn that is not shown. */
export const SYMBOLS: ScaleOptions = { domain: ['under 5', 'withheld'], range: ['times', 'square'] };

/** What a mark shows, for whoever reads the picture by script: row of report_series.csv and its figures. */
export function tag(mark: SVGElement, of: Mark): void {
  mark.dataset.row = String(of.row);
  mark.dataset.value = of.value === null ? '' : String(of.value);
  mark.dataset.perDay = of.perDay === null ? '' : String(of.perDay);
}
