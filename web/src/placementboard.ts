// The plan board: the table of households, sorted and filtered, and what it costs to lock one elsewhere.
import { makeButton, makeSelect, placeControls } from './controls';
import { element } from './picture';
import { locksCommand, locksPrice, lotName, optionWords, score, type Locks, type Option, type Placement } from './placement';
import { number } from './words';

const PAGE = 25; // rows shown at first, and more at a time

interface Row {
  place: HTMLTableRowElement;
  index: number; // of households
  text: string; // small letters, for the search
  cells: string[];
}

interface Board {
  placement: Placement;
  body: HTMLTableSectionElement;
  rows: Row[];
  shown: number;
  search: string;
  from: number; // -1: all
  state: number; // -1: all; -2: not placed
  sort: { column: number; down: boolean } | null;
  locks: Locks;
}

export function showPlacementBoard(placement: Placement): void {
  const table = document.querySelector<HTMLTableElement>('#placement-board-table');
  const body = table?.tBodies[0];
  if (!table || !body) {
    return;
  }
  const board: Board = {
    placement,
    body,
    rows: [...body.rows].map((place, index) => {
      const cells = [...place.cells].map((cell) => cell.textContent ?? '');
      return { place, index, cells, text: cells.join(' ').toLowerCase() };
    }),
    shown: PAGE,
    search: '',
    from: -1,
    state: -1,
    sort: null,
    locks: new Map(),
  };
  const more = makeButton('', () => {
    board.shown += 4 * PAGE;
    arrange();
  });
  const count = element('p', 'note');
  count.setAttribute('role', 'status');
  const foot = element('div', 'board-foot');
  foot.append(count, more);
  table.parentElement?.after(foot);
  const arrange = (): void => {
    const found = order(board);
    found.forEach((row, i) => {
      row.place.hidden = i >= board.shown;
      body.append(row.place);
      if (i < board.shown) {
        addLock(board, row);
      }
    });
    const left = found.length - board.shown;
    more.hidden = left <= 0;
    more.textContent = `Show ${number(Math.min(left, 4 * PAGE))} more`;
    count.textContent = `${number(Math.min(found.length, board.shown))} of ${number(found.length)} households shown${found.length < board.rows.length ? `, of ${number(board.rows.length)} in all` : ''}.`;
  };
  makeHeads(table, board, arrange);
  placeControls('placement-board', ...makeFilters(board, arrange));
  arrange();
}

// Rows that pass the filters, in order; all others are hidden.
function order({ rows, search, from, state, sort, placement }: Board): Row[] {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const found = rows.filter(({ index, text }) => {
    const household = placement.households[index]!;
    const at = household.lot < 0 ? -2 : placement.lots[household.lot]!.state;
    return (from < 0 || household.from === from) && (state === -1 || at === state) && words.every((word) => text.includes(word));
  });
  const kept = new Set(found);
  rows.forEach((row) => (row.place.hidden = !kept.has(row)));
  if (sort) {
    found.sort((a, b) => compare(a.cells[sort.column]!, b.cells[sort.column]!, sort.down) || a.index - b.index);
  }
  return found;
}

// Numbers by value, words by letters, what is empty or a dash last both ways.
function compare(a: string, b: string, down: boolean): number {
  const value = (text: string): number => Number(text.replace(/,/g, '').replace('\u2212', '-'));
  const empty = (text: string): boolean => text === '' || text === '\u2013';
  if (empty(a) || empty(b)) {
    return Number(empty(a)) - Number(empty(b));
  }
  const rising = Number.isNaN(value(a)) || Number.isNaN(value(b)) ? a.localeCompare(b, 'en', { numeric: true }) : value(a) - value(b);
  return down ? -rising : rising;
}

// The heads become buttons that sort.
function makeHeads(table: HTMLTableElement, board: Board, arrange: () => void): void {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  heads.forEach((head, column) => {
    const button = makeButton(head.textContent ?? '', () => {
      const down = board.sort?.column === column && !board.sort.down;
      board.sort = { column, down };
      heads.forEach((one) => one.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      arrange();
    });
    button.className = 'sort';
    head.replaceChildren(button);
  });
}

function makeFilters(board: Board, arrange: () => void): Element[] {
  const { placement } = board;
  const search = element('div', 'choice');
  const label = document.createElement('label');
  label.htmlFor = 'placement-search';
  label.textContent = 'Find in the board';
  const input = document.createElement('input');
  input.type = 'search';
  input.id = 'placement-search';
  input.addEventListener('input', () => {
    board.search = input.value;
    board.shown = PAGE;
    arrange();
  });
  search.append(label, input);
  const from = makeSelect(
    'placement-board-from',
    'Waits in',
    [{ value: '-1', text: 'all' }, ...placement.froms.map(({ name }, i) => ({ value: String(i), text: name }))],
    '-1',
    (value) => {
      board.from = Number(value);
      board.shown = PAGE;
      arrange();
    },
  );
  const state = makeSelect(
    'placement-board-state',
    'Receiving state',
    [{ value: '-1', text: 'all' }, { value: '-2', text: 'not placed' }, ...placement.states.map(({ name }, i) => ({ value: String(i), text: name }))],
    '-1',
    (value) => {
      board.state = Number(value);
      board.shown = PAGE;
      arrange();
    },
  );
  return [search, from, state];
}

// In a row, once it is shown, the other places to choose from; they are filled in when the list is first opened.
function addLock(board: Board, { place, index }: Row): void {
  const { placement, locks } = board;
  const household = placement.households[index]!;
  const cell = place.cells[place.cells.length - 2];
  if (!cell || household.options.length === 0 || cell.querySelector('select')) {
    return;
  }
  const select = document.createElement('select');
  select.className = 'lock';
  select.setAttribute('aria-label', `Lock ${household.id} elsewhere`);
  const first = document.createElement('option');
  first.textContent = `${cell.textContent ?? ''}\u2026`;
  first.value = '';
  select.append(first);
  const fill = (): void => {
    if (select.options.length === 1) {
      select.append(...household.options.map((option, i) => makeOption(placement, option, i)));
      first.textContent = 'not locked elsewhere';
    }
  };
  select.addEventListener('focus', fill);
  select.addEventListener('pointerdown', fill);
  select.addEventListener('change', () => {
    const option = select.value === '' ? undefined : household.options[Number(select.value)];
    if (option) {
      locks.set(index, option);
    } else {
      locks.delete(index);
    }
    place.classList.toggle('locked', option !== undefined);
    tellLocks(placement, locks);
  });
  cell.replaceChildren(select);
}

function tellLocks(placement: Placement, locks: Locks): void {
  const said = document.getElementById('placement-board-said');
  if (said) {
    said.hidden = locks.size === 0;
    said.replaceChildren(...sayLocks(placement, locks));
  }
}

function makeOption(placement: Placement, option: Option, i: number): HTMLOptionElement {
  const made = document.createElement('option');
  made.value = String(i);
  made.textContent = optionWords(placement, option);
  return made;
}

function sayLocks(placement: Placement, locks: Locks): Element[] {
  if (locks.size === 0) {
    return [];
  }
  const list = element('ul', '');
  for (const [index, option] of locks) {
    const household = placement.households[index]!;
    const was = household.lot < 0 ? 'no place' : lotName(placement.lots[household.lot]!);
    list.append(element('li', '', `${household.id}: from ${was} to ${optionWords(placement, option)}.`));
  }
  const sum = element('p', '', `Together ${score(locksPrice(locks))} of a total of ${score(placement.total)}, by the prices, each lock by itself. Work them out:`);
  return [list, sum, element('pre', '', locksCommand(placement, locks))];
}
