// What the marks of a picture of counts mean; only those that it draws.
import type { Mark } from './data';
import { element } from './picture';

/** A list of swatches with words; `more` are further ones, class and words. */
export function markKey(marks: Mark[], more: [string, string][]): Element {
  const list = element('ul', 'key');
  const add = (on: boolean, className: string, text: string): void => {
    if (on) {
      const item = document.createElement('li');
      item.append(element('span', `swatch ${className}`), text);
      list.append(item);
    }
  };
  add(marks.some((mark) => mark.days === 1), 'swatch-day', 'one day');
  add(marks.some((mark) => mark.days > 1), 'swatch-span', 'mean day of several');
  add(marks.some((mark) => mark.disputed), 'swatch-disputed', 'dashed: disputed, another figure is used');
  add(marks.some((mark) => mark.hidden === 'under 5'), 'swatch-unknown', 'under 5, not shown');
  add(marks.some((mark) => mark.hidden === 'withheld'), 'swatch-withheld', 'withheld');
  more.forEach(([className, text]) => add(true, className, text));
  return list;
}
