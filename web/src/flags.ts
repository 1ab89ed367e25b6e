// Flags on the first picture: the days on which doors changed, numbered, with a legend below.
import type { Door, Panel } from './data';
import { flagRows } from './labels';
import { element, svg, textWidth } from './picture';
import { dayOf, spanWords } from './words';

const SIZE = 12;
export const FLAG_LINE = 16; // height of a row of flags

export interface Flag {
  date: Date;
  number: number;
  own: boolean; // a door of the focus country
  doors: Door[];
  x: number;
  words: string;
  row: number;
}

/** Doors that begin on the same day share a flag; its words are left out where there is no room. */
export function makeFlags(doors: Door[], main: Panel, xOf: (day: Date) => number, width: number) {
  const byDay = new Map<string, Door[]>();
  for (const door of doors) {
    byDay.set(door.date, [...(byDay.get(door.date) ?? []), door]);
  }
  const days: Flag[] = [...byDay].map(([date, those], i) => ({
    date: dayOf(date),
    number: i + 1,
    own: those.some((door) => door.country.code === main.country.code),
    doors: those,
    x: xOf(dayOf(date)),
    words: countriesWords(those),
    row: 0,
  }));
  const lay = (): number => {
    const rows = flagRows(days.map((flag) => ({ x: flag.x, w: flagWidth(flag) })));
    rows.forEach((row, i) => (days[i]!.row = row));
    return days.length > 0 ? Math.max(...rows) + 1 : 0;
  };
  for (const flag of days) {
    const own = flag.own ? main.country.name : '';
    const fits = (words: string): boolean =>
      width >= 560 && flag.x + flagWidth({ ...flag, words }) <= width;
    flag.words = [flag.words, own].find(fits) ?? '';
  }
  return { days, rows: lay() };
}

function flagWidth(flag: Flag): number {
  return FLAG_LINE + 4 + (flag.words ? textWidth(flag.words, SIZE, flag.own) + 6 : 0);
}

function countriesWords(doors: Door[]): string {
  const names = [...new Set(doors.map((door) => door.country.name))];
  return names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

export function writeFlags(plot: Element, flags: { days: Flag[]; rows: number }, bottom: number): void {
  const layer = svg('g', { class: 'flags' });
  for (const flag of flags.days) {
    const y = 4 + FLAG_LINE * flag.row + FLAG_LINE / 2;
    const weight = flag.own ? 'bold' : 'normal';
    layer.append(
      svg('line', { x1: flag.x, x2: flag.x, y1: y, y2: bottom, class: flag.own ? 'flag-rule own' : 'flag-rule' }),
      svg('circle', { cx: flag.x + FLAG_LINE / 2 - 1, cy: y, r: FLAG_LINE / 2 - 1, class: 'flag-disc' }),
      svg('text', { x: flag.x + FLAG_LINE / 2 - 1, y, dy: '0.35em', class: 'flag-number' }, String(flag.number)),
    );
    if (flag.words) {
      const text = { x: flag.x + FLAG_LINE + 3, y, dy: '0.35em', class: 'label flag-words', 'font-weight': weight, 'text-anchor': 'start' };
      layer.append(svg('text', text, flag.words));
    }
  }
  plot.prepend(layer); // behind the bars
}

export function flagsLegend(flags: Flag[]): Element {
  const list = element('ol', 'doors-legend');
  for (const flag of flags) {
    const item = document.createElement('li');
    const day = flag.doors[0]!.date;
    item.append(
      element('b', '', spanWords(day, day)),
      ` ${flag.doors.map((door) => door.title).join('; ')}.`,
    );
    list.append(item);
  }
  return list;
}
