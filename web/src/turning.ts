// A slider with its label, what it stands at, and a button at each side; days that pass by themselves.
import { makeButton } from './controls';
import { element } from './picture';

/** A slider of whole numbers from 0 with its label, in no place yet. */
export function makeRange(id: string, words: string, last: number): { slider: HTMLInputElement; label: HTMLLabelElement } {
  const slider = document.createElement('input');
  slider.type = 'range';
  slider.id = id;
  slider.min = '0';
  slider.max = String(last);
  slider.step = '1';
  const label = document.createElement('label');
  label.htmlFor = slider.id;
  label.textContent = words;
  return { slider, label };
}

/** A button beside the slider: its name, and where it leads from a position. */
export interface Step {
  name: string;
  to: (at: number) => number | null; // null: nowhere
}

export interface TurningOptions {
  id: string; // of the slider
  words: string; // its label
  last: number;
  shown: (at: number) => string;
  spoken?: (at: number) => string; // as shown
  before: Step;
  after: Step;
  turned: (at: number) => void;
  touched?: () => void; // the slider was moved by hand; called before `turned`
  head?: Element[]; // beside what is shown
  below?: Element[]; // the slider
}

export interface Turning {
  place: HTMLElement;
  at: () => number;
  turn: (to: number) => void; // nearest position that there is
  reach: (last: number) => void; // does not turn
}

/** The step to the position beside this one. */
export function beside(name: string, by: 1 | -1, last: () => number): Step {
  return { name, to: (at) => (at + by < 0 || at + by > last() ? null : at + by) };
}

/** Nothing is turned before the first turn(). */
export function makeTurning(of: TurningOptions): Turning {
  const { slider, label } = makeRange(of.id, of.words, of.last);
  const shown = element('output', 'replay-day');
  let at = 0;
  let last = of.last;
  const turn = (to: number): void => {
    at = Math.max(0, Math.min(last, to));
    slider.value = String(at);
    slider.setAttribute('aria-valuetext', (of.spoken ?? of.shown)(at));
    shown.textContent = of.shown(at);
    before.disabled = of.before.to(at) === null;
    after.disabled = of.after.to(at) === null;
    of.turned(at);
  };
  const step = (text: string, { name, to }: Step): HTMLButtonElement => {
    const button = makeButton(text, () => turn(to(at) ?? at));
    button.setAttribute('aria-label', name);
    return button;
  };
  const before = step('Previous', of.before);
  const after = step('Next', of.after);
  slider.addEventListener('input', () => {
    of.touched?.();
    turn(Number(slider.value));
  });
  const head = element('div', 'turning-head');
  head.append(label, shown, ...(of.head ?? []));
  const place = element('div', of.below ? 'turning days' : 'turning');
  place.append(head, before, slider, after, ...(of.below ?? []));
  return {
    place,
    at: () => at,
    turn,
    reach(most: number): void {
      last = most;
      slider.max = String(most);
    },
  };
}

/** Marks below the slider: at a share of its length, as tall as a share says. */
export function makeTicks(ticks: { day: string; at: number; tall: number }[]): Element {
  const place = element('div', 'ticks');
  place.setAttribute('aria-hidden', 'true');
  for (const { day, at, tall } of ticks) {
    const tick = element('span', 'tick');
    tick.dataset.day = day;
    tick.style.setProperty('--at', String(at));
    tick.style.setProperty('--tall', String(tall));
    place.append(tick);
  }
  return place;
}

/** What stands below the ends of the slider, and between them. */
export function makeEnds(first: string, middle: string, last: string): Element {
  const ends = element('div', 'alpha-ends');
  ends.setAttribute('aria-hidden', 'true');
  ends.append(element('span', '', first), element('span', 'middle', middle), element('span', '', last));
  return ends;
}

const FRAME = 120; // milliseconds a step while days pass
const SPAN = 60_000; // the longest that all days take

export interface PlayedOptions {
  id: string;
  days: number;
  names: { before: string; after: string; play: string };
  shown: (at: number) => string;
  turned: (at: number) => void;
  said: HTMLElement | null; // a live region, silent while days pass
  below: Element[];
}

/** A slider over days with a button that lets them pass. */
export function makePlayed(of: PlayedOptions): Turning {
  const last = of.days - 1;
  const player = makePlayer(of.said, of.names.play, (step) => {
    if (turning.at() < last) {
      turning.turn(turning.at() + step);
    }
    return turning.at() < last;
  }, Math.max(1, Math.ceil((of.days * FRAME) / SPAN)));
  const turning = makeTurning({
    id: of.id,
    words: 'Day',
    last,
    shown: of.shown,
    before: beside(of.names.before, -1, () => last),
    after: beside(of.names.after, 1, () => last),
    turned: of.turned,
    touched: player.stop,
    head: [player.place],
    below: of.below,
  });
  player.button.addEventListener('click', () => {
    if (player.toggle() && turning.at() === last) {
      turning.turn(0);
    }
  });
  return turning;
}

// Days pass by themselves only when asked for, and never where the reader wants no motion.
function makePlayer(said: HTMLElement | null, name: string, next: (step: number) => boolean, step: number) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const place = element('div', 'player');
  const note = element('p', 'note', 'Your system asks for no motion: step with the buttons or the slider.');
  let timer = 0;
  const button = makeButton('Play', () => undefined);
  const settle = (): void => {
    button.textContent = timer ? 'Pause' : 'Play';
    button.setAttribute('aria-label', timer ? 'Pause' : name);
    said?.setAttribute('aria-live', timer ? 'off' : 'polite');
  };
  const stop = (): void => {
    clearInterval(timer);
    timer = 0;
    settle();
  };
  const heed = (): void => {
    stop();
    place.replaceChildren(calm.matches ? note : button);
  };
  calm.addEventListener('change', heed);
  addEventListener('beforeprint', stop);
  heed();
  return {
    place,
    button,
    stop,
    toggle(): boolean {
      if (timer) {
        stop();
        return false;
      }
      timer = window.setInterval(() => next(step) || stop(), FRAME);
      settle();
      return true;
    },
  };
}
