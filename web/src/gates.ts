// Who could pass where: the matrix of example people and crossings on one day, and a slider over the days.
// src/desk/report_doors_data.c writes its JSON.
import { makeSelect, placeControls } from './controls';
import { element, isPrinting, show, type Drawn } from './picture';
import { makeEnds, makeTicks, makeTurning } from './turning';
import { DAY, dayOf, dayWords, spanWords } from './words';

/** All cells from one day on: a digit each, crossing by crossing, in each the people. */
export interface GateState {
  day: string;
  law: string; // digits are places in GATES
  practice: string; // 0: nothing seen that differs from the law
  marks: string[]; // by crossing: how well its rules are known; may be ""
}

export interface GateDay extends GateState {
  turned: number; // cells that differ from the day before
  rules: string[]; // sentences on what of the rules or of practice begins or ends
}

export interface Doors {
  from: string;
  to: string;
  profiles: string[];
  crossings: string[];
  start: GateState;
  days: GateDay[]; // those on which something changes, rising
}

// By enum gate of src/world/gate.h: the class of the cell and its word.
const GATES: [string, string][] = [
  ['none', 'no rule'],
  ['open', 'open'],
  ['decides', 'official'],
  ['closed', 'closed'],
  ['barred', 'barred'],
  ['depends', 'depends'],
];

const LEAST_TABLE = 640; // narrower than this, one person at a time

/** The state on a day, and the one on the day before it. */
export function statesOn(doors: Doors, day: string): { now: GateState; before: GateState; turn: GateDay | null } {
  const past = doors.days.filter((one) => one.day <= day);
  const last = past.at(-1);
  const turn = last?.day === day ? last : null;
  const now = last ?? doors.start;
  return { now, before: turn ? (past.at(-2) ?? doors.start) : now, turn };
}

export function dayAt(doors: Doors, position: number): string {
  return new Date(dayOf(doors.from).getTime() + position * DAY).toISOString().slice(0, 10);
}

export function positionOf(doors: Doors, day: string): number {
  return Math.round((dayOf(day).getTime() - dayOf(doors.from).getTime()) / DAY);
}

function longDay(day: string): string {
  return `${spanWords(day, day)} ${day.slice(0, 4)}`;
}

// It opens where most changes at once.
function firstDay(doors: Doors): string {
  const most = Math.max(0, ...doors.days.map((day) => day.turned));
  return doors.days.find((day) => day.turned === most)?.day ?? doors.from;
}

/** Makes the controls and the table. */
export function showGates(doors: Doors): void {
  const said = document.getElementById('gates-said');
  let person = 0;
  const last = positionOf(doors, doors.to);
  const choose = makeSelect(
    'gates-person',
    'Example',
    doors.profiles.map((text, i) => ({ value: String(i), text })),
    '0',
    (value) => {
      person = Number(value);
      redraw();
    },
  );
  const redraw = show('gates', (width): Drawn => {
    const all = width >= LEAST_TABLE || isPrinting();
    if (all) {
      choose.remove();
    } else {
      turning.place.after(choose);
    }
    const day = dayAt(doors, turning.at());
    return { content: all ? drawAll(doors, day) : drawOne(doors, day, person), readings: [] };
  });
  const positions = doors.days.map(({ day }) => positionOf(doors, day));
  const turning = makeTurning({
    id: 'gates-range',
    words: 'Day',
    last,
    shown: (at) => longDay(dayAt(doors, at)),
    before: { name: 'Previous day with a change', to: (at) => positions.filter((one) => one < at).at(-1) ?? null },
    after: { name: 'Next day with a change', to: (at) => positions.find((one) => one > at) ?? null },
    turned: (at) => {
      said?.replaceChildren(...sayDay(doors, dayAt(doors, at))); // a live region speaks at each change
      redraw();
    },
    below: [ticksOf(doors, last), makeEnds(dayWords(doors.from), 'marks: something changes', dayWords(doors.to))],
  });
  if (placeControls('gates', turning.place) && said) {
    said.hidden = false;
    said.tabIndex = 0; // it scrolls, so that the table below stands still
  }
  turning.turn(positionOf(doors, firstDay(doors)));
}

// The days with a change, below the slider: as tall as more cells change.
function ticksOf(doors: Doors, last: number): Element {
  const most = Math.max(1, ...doors.days.map((day) => day.turned));
  return makeTicks(
    doors.days.map(({ day, turned }) => ({
      day,
      at: positionOf(doors, day) / Math.max(1, last),
      tall: turned === 0 ? 0 : Math.sqrt(turned / most),
    })),
  );
}

/** What changed on the day, in sentences. */
export function sayDay(doors: Doors, day: string): Element[] {
  const { turn, now } = statesOn(doors, day);
  if (!turn) {
    const since = now === doors.start ? '' : ` The last change was on ${dayWords(now.day)}.`;
    return [element('p', '', `${longDay(day)}: nothing changes.${since}`)];
  }
  const all = doors.profiles.length * doors.crossings.length;
  const cells =
    turn.turned === 0 ? 'no answer changes' : `${turn.turned} of ${all} answers change${turn.turned === 1 ? 's' : ''}, framed in the table`;
  const list = element('ul', '');
  list.append(...turn.rules.map((rule) => element('li', '', rule)));
  const head = element('p', '', `${longDay(day)}: ${cells}.`);
  return turn.rules.length > 0 ? [head, list] : [head];
}

function cellOf(doors: Doors, day: string, crossing: number, profile: number): HTMLElement {
  const { now, before } = statesOn(doors, day);
  const i = crossing * doors.profiles.length + profile;
  const [name, word] = GATES[Number(now.law[i])]!;
  const cell = element('td', `gate gate-${name}`, word);
  const seen = Number(now.practice[i]);
  if (seen > 0) {
    cell.append(element('span', 'seen', `in practice ${GATES[seen]![1]}`));
  }
  if (now.law[i] !== before.law[i] || now.practice[i] !== before.practice[i]) {
    cell.classList.add('turned');
    cell.append(element('span', 'was', `was ${wordsOf(before, i)}`));
  }
  return cell;
}

function wordsOf(state: GateState, i: number): string {
  const seen = Number(state.practice[i]);
  return GATES[Number(state.law[i])]![1] + (seen > 0 ? `, in practice ${GATES[seen]![1]}` : '');
}

function headCell(doors: Doors, day: string, crossing: number): HTMLElement {
  const head = element('th', '', doors.crossings[crossing]!);
  (head as HTMLTableCellElement).scope = 'row';
  const marks = statesOn(doors, day).now.marks[crossing]!;
  if (marks) {
    head.append(element('span', 'marks', marks));
  }
  return head;
}

function makeTable(caption: string, heads: string[], rows: HTMLElement[]): HTMLElement {
  const region = element('div', 'scroll');
  region.setAttribute('role', 'region');
  region.setAttribute('aria-labelledby', 'gates-caption');
  region.tabIndex = 0;
  const table = element('table', 'gates');
  const title = element('caption', '', caption);
  title.id = 'gates-caption';
  const head = element('tr', '');
  for (const text of heads) {
    const cell = element('th', '', text);
    (cell as HTMLTableCellElement).scope = 'col';
    head.append(cell);
  }
  const top = element('thead', '');
  const body = element('tbody', '');
  top.append(head);
  body.append(...rows);
  table.append(title, top, body);
  region.append(table);
  return region;
}

function drawAll(doors: Doors, day: string): Element {
  const rows = doors.crossings.map((_, c) => {
    const row = element('tr', '');
    row.append(headCell(doors, day, c), ...doors.profiles.map((__, p) => cellOf(doors, day, c, p)));
    return row;
  });
  return makeTable(`Who could pass on ${longDay(day)}`, ['Crossing', ...doors.profiles], rows);
}

function drawOne(doors: Doors, day: string, person: number): Element {
  const rows = doors.crossings.map((_, c) => {
    const row = element('tr', '');
    row.append(headCell(doors, day, c), cellOf(doors, day, c, person));
    return row;
  });
  return makeTable(`${doors.profiles[person]!}: where they could pass on ${longDay(day)}`, ['Crossing', 'Answer'], rows);
}
