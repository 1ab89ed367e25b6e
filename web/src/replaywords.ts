// The mornings of a replay and what each of them says: no drawing.
import type { Clock, Morning } from './watch';
import { DAY, dayOf, dayWords, number, spanWords } from './words';

const MOST = 120; // mornings in a row; of a longer replay only those with news

/** The mornings that can be turned to: each day from the one before the first news to the last news. */
export function mornings(all: Morning[]): string[] {
  if (all.length === 0) {
    return [];
  }
  const first = dayOf(all[0]!.day).getTime() - DAY;
  const last = dayOf(all[all.length - 1]!.day).getTime();
  const n = Math.round((last - first) / DAY) + 1;
  const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);
  return n <= MOST
    ? Array.from({ length: n }, (_, i) => iso(first + i * DAY))
    : [iso(first), ...all.map((morning) => morning.day)];
}

/** What was known on a morning: the latest news by then; null: nothing. */
export function stateOn(all: Morning[], day: string): Morning | null {
  let found: Morning | null = null;
  for (const morning of all) {
    if (morning.day <= day) {
      found = morning;
    }
  }
  return found;
}

/** One morning in words. */
export function wordsOn(state: Morning | null, day: string, clock: Clock): string {
  const head = `Morning of ${spanWords(day, day)}, ${clock === 'published' ? 'as published' : 'on the next-morning clock'}: `;
  if (!state) {
    return `${head}nothing is known yet.`;
  }
  const upTo = state.last ? `, the last up to ${dayWords(state.last)}` : '';
  const fresh = state.day === day && state.new > 0 ? `, ${state.new} new` : '';
  const known = `${state.known} count${state.known === 1 ? '' : 's'} known${upTo}${fresh}. `;
  return head + known + verdictOn(state);
}

function verdictOn(state: Morning): string {
  if (state.state === 'cannot') {
    return `No verdict${state.why ? `: ${state.why}` : ''}.`;
  }
  if (state.kept) {
    return `${state.state === 'rings' ? 'It rings' : 'Nothing rings'}; the figures are withheld, for they would give a small count away.`;
  }
  if (state.state === 'rings') {
    return `${state.first ? 'Alarm' : 'It goes on ringing'}. ${state.sentence}`;
  }
  if (state.count === null || state.bound === null || !state.from || !state.to) {
    return 'Nothing rings.';
  }
  return (
    `Nothing rings: ${number(state.count)} for ${spanWords(state.from, state.to)}, ` +
    `and it would ring from ${number(Math.ceil(state.bound))}.`
  );
}
