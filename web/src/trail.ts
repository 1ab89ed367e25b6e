// The trail of a figure: pressed, it opens a dialog with what the number rests on.  src/desk/trail_put.c writes the
// data; `ajar trace` says the same in the terminal.
import { element } from './picture';

/** What the figures of a table, or of the sentences of a section, have in common. */
interface Family {
  id: string;
  page: string; // id of the table or section
  part: string;
  what?: string;
  file?: string;
  where?: string;
  rule?: string;
  from?: string;
  columns?: string[]; // of a table: words of ids; absent: sentences
  rows: Row[];
}

// Key, kind, row of the file, line of the scenario, sources, assumptions; families that it is made
// from; cut behind the last that says something.
type Row = [string, number, number?, string?, string[]?, string[]?, string?];

interface Trails {
  version: string;
  seed: number;
  parts: Record<string, { method: string; parameters: Record<string, string> }>;
  pictures: { picture: string; family: string; page: string }[];
  families: Family[];
}

/** A figure of the page: its family, its row, and the word of its column. */
interface Figure {
  at: HTMLElement;
  family: Family;
  row: Row;
  column: string;
}

const KINDS = ['observed', 'computed', 'predicted', 'assumed'];
const rows = new WeakMap<Element, [Family, Row]>(); // of tables, whose rows may be sorted and taken away
const sentences = new Map<string, [Family, Row]>(); // FAMILY.ROW
let trails: Trails;

export function showTrails(): void {
  const data = document.getElementById('ajar-trail');
  if (!data) {
    return;
  }
  trails = JSON.parse(data.textContent ?? '') as Trails;
  for (const family of trails.families) {
    if (family.columns) {
      document.querySelectorAll(`#${CSS.escape(family.page)} tr`).forEach((place, i) => {
        const row = family.rows[i - 1];
        if (row) {
          rows.set(place, [family, row]);
        }
      });
    } else {
      family.rows.forEach((row) => sentences.set(`${family.id}.${row[0]}`, [family, row]));
    }
  }
  for (const { picture, family, page } of trails.pictures) {
    const line = element('p', 'trail-of');
    const link = document.createElement('a');
    link.href = `#trail-${family}`;
    link.dataset.table = page;
    link.textContent = 'How these figures came about';
    line.append(link);
    document.querySelector(`.plot[data-picture="${picture}"]`)?.after(line);
  }
  document.addEventListener('click', (event) => {
    const found = figureAt(event);
    if (found) {
      event.preventDefault();
      event.stopPropagation(); // the link into the list is not followed
      open(found);
    }
  }, true);
}

function figureAt(event: MouseEvent): Figure | null {
  const target = event.target instanceof Element ? event.target : null;
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey || getSelection()?.toString()) {
    return null;
  }
  const link = target.closest<HTMLElement>('a.figure, a[data-table]');
  if (link) {
    return figureOf(link);
  }
  const cell = target.closest<HTMLElement>('td.number');
  return cell && !target.closest('a, button, select, input, label') ? figureOf(cell) : null;
}

function figureOf(at: HTMLElement): Figure | null {
  const id = at.dataset.figure;
  if (id !== undefined) {
    const cut = id.lastIndexOf('.');
    const [family, row] = sentences.get(id.slice(0, cut)) ?? [];
    return family && row ? { at, family, row, column: id.slice(cut + 1) } : null;
  }
  if (at.dataset.table !== undefined) {
    const first = figuresOf(at.dataset.table)[0];
    return first ? figureOf(first) : null;
  }
  const [family, row] = rows.get(at.closest('tr') ?? at) ?? [];
  const column = family?.columns?.[(at as HTMLTableCellElement).cellIndex];
  return family && row && column && /\d/.test(at.textContent ?? '') ? { at, family, row, column } : null;
}

/** The figures of a table or of a section's sentences, in order. */
function figuresOf(page: string): HTMLElement[] {
  const of = `#${CSS.escape(page)}`;
  const found = [...document.querySelectorAll<HTMLElement>(`${of} td.number, ${of} a.figure`)];
  return found.filter((at) => at.matches('a') ? at.closest('table') === null : /\d/.test(at.textContent ?? ''));
}

export function idOf({ family, row, column }: Figure): string {
  return `${family.id}.${row[0]}.${column}`;
}

const plain = (node: Element | null | undefined): string =>
  (node?.textContent ?? '').replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '');

function whatOf({ at, family, column }: Figure): string {
  if (!family.columns) {
    return plain(at.closest('p, li, dd, dt, figcaption'));
  }
  const table = at.closest('table');
  const head = table?.rows[0]?.cells[family.columns.indexOf(column)];
  return `${plain(table?.caption)}: ${plain(at.closest('tr')?.cells[0])}; ${plain(head)}`;
}

function numberOf({ at }: Figure): string {
  return at.classList.contains('changed')
    ? `${plain(at)} (by the dial of this page, not by the run)`
    : plain(at);
}

/** The lines of a trail: the labels and words of `ajar trace`. */
function linesOf(figure: Figure): [string, string | Node][] {
  const { family, row } = figure;
  const [key, kind, number, input, sources, assumptions, from] = row;
  const part = trails.parts[family.part];
  const parameters = Object.entries(part?.parameters ?? {}).map(([name, value]) => `${name} ${value}`);
  const table = number ? `${family.file}, row ${number}` : family.where ? `${family.file}: ${family.where}` : family.file;
  const lines: [string, string | Node | undefined][] = [
    ['number', numberOf(figure)],
    ['what', whatOf(figure)],
    ['kind', KINDS[kind]],
    ['made by', `${family.part}, Ajar ${trails.version}, seed ${trails.seed}`],
    ['parameters', parameters.join('; ')],
    ['method', part?.method],
    ['table', family.file && table],
    ['input', input],
    ['rule', family.rule],
    ['made from', (from ?? family.from)?.replaceAll('{key}', key)],
    ...(sources ?? []).map((id): [string, Node] => ['source', note('source', id)]),
    ...(assumptions ?? []).map((id): [string, Node] => ['assumption', note('assumption', id)]),
  ];
  return lines.filter((line): line is [string, string | Node] => line[1] !== undefined && line[1] !== '');
}

/** A source or an assumption as its own list in the page has it. */
function note(list: string, id: string): Node {
  const said = element('span', '');
  const link = document.createElement('a');
  link.href = `#${list}-${id}`;
  link.textContent = id;
  const entry = document.getElementById(`${list}-${id}`);
  const cells = entry instanceof HTMLTableRowElement ? [...entry.cells].slice(1).map(plain).join('; ') : plain(entry);
  said.append(link, `: ${cells}`);
  return said;
}

function open(figure: Figure): void {
  document.getElementById('trail')?.remove();
  const dialog = document.createElement('dialog');
  dialog.id = 'trail';
  dialog.setAttribute('aria-labelledby', 'trail-title');
  const put = (now: Figure): void => {
    const title = element('h2', '', idOf(now));
    title.id = 'trail-title';
    const list = document.createElement('dl');
    for (const [label, value] of linesOf(now)) {
      const said = document.createElement('dd');
      said.append(value);
      list.append(element('dt', '', label), said);
    }
    dialog.replaceChildren(title, list, buttons(now));
  };
  const buttons = (now: Figure): HTMLElement => {
    const all = figuresOf(now.family.page);
    const at = all.indexOf(now.at);
    const line = element('p', 'trail-steps');
    const add = (word: string, to: number, act: () => void): void => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = word;
      button.disabled = to < 0 || to >= all.length;
      button.addEventListener('click', act);
      line.append(button);
    };
    const step = (to: number, word: string): void =>
      add(word, to, () => {
        const next = all[to] ? figureOf(all[to]) : null;
        if (next) {
          put(next);
          const again = [...dialog.querySelectorAll('button')].find((button) => button.textContent === word && !button.disabled);
          (again ?? dialog.querySelector<HTMLElement>('button:not(:disabled)'))?.focus();
        }
      });
    step(at - 1, 'Figure before');
    step(at + 1, 'Next figure');
    add('Close', 0, () => dialog.close());
    return line;
  };
  put(figure);
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog || (event.target instanceof Element && event.target.closest('a'))) {
      dialog.close(); // beside it, or a link out of it
    }
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
