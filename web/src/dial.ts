// The alpha dial: the split at another alpha, in the table and the picture, and back.
import type { Aid } from './data';
import { element } from './picture';
import { published, split, type Alpha, type Line } from './split';
import { makeRange } from './turning';
import { number, percent } from './words';

const STEPS = 16; // to a doubling
const LEAST = -1; // 2^-1
const MOST = 5; // 2^5; one step more is inf
const LAST = (MOST - LEAST) * STEPS + 1;
const PRESETS: Alpha[] = [1, 2, 4, 'inf'];

export function alphaAt(position: number): Alpha {
  return position >= LAST ? 'inf' : 2 ** (LEAST + position / STEPS);
}

export function positionOf(alpha: Alpha): number {
  if (alpha === 'inf') {
    return LAST;
  }
  return Math.max(0, Math.min(LAST - 1, Math.round((Math.log2(alpha) - LEAST) * STEPS)));
}

export function alphaText(alpha: Alpha): string {
  return alpha === 'inf' ? 'inf' : String(Number(alpha.toPrecision(3)));
}

/** Builds the dial in #alpha-dial; `changed` is called with the lines to draw. */
export function makeDial(aid: Aid, changed: (lines: Line[], words: string) => void): void {
  const place = document.getElementById('alpha-dial');
  if (!place) {
    return;
  }
  const said = document.getElementById('alpha-said') ?? element('p', '');
  said.id = 'alpha-said';
  said.setAttribute('aria-live', 'polite');
  const cells = new Cells(aid);
  const { slider, label } = makeRange('alpha-range', 'Alpha: how much severity may tilt coverage', LAST);
  const shown = element('output', 'alpha-value');
  const ends = element('div', 'alpha-ends');
  ends.append(element('span', '', '0.5: severity decides more'), element('span', '', 'inf: equal coverage'));
  ends.setAttribute('aria-hidden', 'true');
  const buttons = PRESETS.map((alpha) => button(alphaText(alpha), () => turn(alpha)));
  buttons.forEach((made) => made.setAttribute('aria-label', `alpha ${made.textContent}`));
  const back = button('Back to the published split', () => turn(aid.alpha));
  back.className = 'back';

  const turn = (alpha: Alpha): void => {
    const asPublished = alpha === aid.alpha;
    const lines = asPublished ? published(aid) : split(aid, alpha);
    const text = alphaText(alpha);
    slider.value = String(positionOf(alpha));
    slider.setAttribute('aria-valuetext', `alpha ${text}`);
    shown.textContent = `alpha ${text}`;
    buttons.forEach((made, i) => made.setAttribute('aria-pressed', String(PRESETS[i] === alpha)));
    back.disabled = asPublished;
    cells.show(asPublished ? null : lines);
    said.textContent = asPublished
      ? `The table and the picture show the published split, alpha ${text}.`
      : `The table and the picture show alpha ${text}, not the published split (alpha ${alphaText(aid.alpha)}).` +
        ` Lowest coverage ${percent(Math.min(...lines.map((line) => line.coverage)))}.`;
    said.classList.toggle('caution', !asPublished);
    changed(lines, `alpha ${text}`);
  };
  slider.addEventListener('input', () => turn(alphaAt(Number(slider.value))));

  const row = element('div', 'alpha-buttons');
  row.append(...buttons, back);
  place.replaceChildren(label, slider, ends, shown, row);
  place.hidden = false;
  place.classList.add('dial');
  if (!said.isConnected) {
    place.after(said);
  }
  turn(aid.alpha);
}

function button(text: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.addEventListener('click', act);
  return made;
}

// A column of the table that the dial writes to: its data-field, the figure and what it is shown in.
const COLUMNS: { field: string; value: (line: Line) => number | string | null; unit: number }[] = [
  { field: 'x', value: (line) => line.x, unit: 1e-6 },
  { field: 'rounded', value: (line) => line.rounded, unit: 1e-6 },
  { field: 'coverage', value: (line) => line.coverage, unit: 100 },
  { field: 'binding', value: (line) => line.binding, unit: 1 },
  { field: 'share-of-next', value: (line) => line.share, unit: 100 },
];

// The cells of the published table, with what they held.
class Cells {
  private readonly cells: { cell: HTMLElement; html: string; value: string | undefined; host: number; column: number }[] = [];

  constructor(aid: Aid) {
    aid.hosts.forEach((of, host) =>
      COLUMNS.forEach(({ field }, column) => {
        const cell = document.querySelector<HTMLElement>(
          `#aid-table tr[data-host="${CSS.escape(of.code)}"] td[data-field="${field}"]`,
        );
        if (cell) {
          this.cells.push({ cell, html: cell.innerHTML, value: cell.dataset.value, host, column });
        }
      }),
    );
  }

  /** null: as published. */
  show(lines: Line[] | null): void {
    for (const { cell, html, value, host, column } of this.cells) {
      cell.classList.toggle('changed', lines !== null);
      if (lines === null) {
        cell.innerHTML = html;
        if (value === undefined) {
          delete cell.dataset.value;
        } else {
          cell.dataset.value = value;
        }
      } else {
        const next = COLUMNS[column]!.value(lines[host]!);
        cell.dataset.value = String(next ?? '');
        cell.textContent = inStyle(html, next, COLUMNS[column]!.unit);
      }
    }
  }
}

// A number written like the one that it replaces: as many decimals, the same unit after it.
function inStyle(kept: string, value: number | string | null, factor: number): string {
  if (typeof value !== 'number') {
    return value ?? '';
  }
  const found = /^[^0-9]*[0-9,]*(?:\.([0-9]+))?(.*)$/s.exec(kept.replace(/<[^>]*>/g, ''));
  return number(value * factor, found?.[1]?.length ?? 0) + (found?.[2] ?? '').trimEnd();
}
