// What the exodus of a scenario forecasts, and how its rows are read.  src/desk/report_exodus_data.c writes its JSON.
import { fanOf } from './conflict';
import { DAY, dayOf, spanWords } from './words';

/** Days count from `from`; rows of numbers are digits, as of a camp in conflict.ts (fanOf). */
export interface Exodus {
  from: string;
  to: string;
  order: string; // the day from which people set out
  asKnown: string;
  runs: number;
  classes: string[]; // of papers
  regions: { title: string; lat: number; lon: number }[];
  doors: ExodusDoor[];
  fans: ExodusFan[]; // entries a day by place; most counted, scored, most people first
  worlds: Band[]; // stranded over all classes: as the doors are, then each what-if
  stranded: Band[]; // by class, as the doors are
}

/** Means of the runs, people a day; waiting: at the end of the day; null: not forecast, or no queue. */
export interface ExodusDoor {
  id: string;
  title: string;
  name: string; // short, for the map
  lat: number;
  lon: number;
  fromLat: number; // the side that people come from
  fromLon: number;
  in: string | null;
  out: string | null;
  refused: string | null;
  waiting: string | null;
  gates: (number | string)[]; // [day, a digit for each class, day, ...] as it changes; digits are places in GATES
}

export interface Band {
  title: string;
  p5: string;
  p50: string;
  p95: string;
}

export interface ExodusFan extends Band {
  route: string;
  from: string;
  scored: boolean; // some count of the place was fitted
  points: ExodusPoint[]; // by first day
}

/** What was counted, as a mean a day. */
export interface ExodusPoint {
  from: string;
  to: string; // included
  perDay: number | null;
  hidden?: 'under 5' | 'withheld';
  known: boolean; // published by asKnown
  more: boolean; // the source says "more than"
  source: string;
}

/** What a door decides, by enum gate of src/world/gate.h: as the map draws it. */
export type DoorState = 'open' | 'decides' | 'shut';
const GATES: DoorState[] = ['open', 'open', 'decides', 'shut', 'shut', 'shut'];

export function daysOf({ from, to }: { from: string; to: string }): number {
  return Math.round((dayOf(to).getTime() - dayOf(from).getTime()) / DAY) + 1;
}

export function isoOf(from: string, day: number): string {
  return new Date(dayOf(from).getTime() + day * DAY).toISOString().slice(0, 10);
}

export function longDay(from: string, day: number): string {
  const iso = isoOf(from, day);
  return `${spanWords(iso, iso)} ${iso.slice(0, 4)}`;
}

/** People by day; null: not forecast. */
export function rowOf(row: string | null): number[] | null {
  return row === null ? null : fanOf(row);
}

/** The state for each class on a day. */
export function statesOn({ gates }: ExodusDoor, day: number): DoorState[] {
  let found = '';
  for (let i = 0; i < gates.length && (gates[i] as number) <= day; i += 2) {
    found = gates[i + 1] as string;
  }
  return [...found].map((digit) => GATES[Number(digit)] ?? 'shut');
}

/** Days on which some door changes for some class. */
export function turnsOf(doors: ExodusDoor[]): number[] {
  const days = new Set<number>();
  doors.forEach(({ gates }) => gates.forEach((day, i) => i % 2 === 0 && (day as number) > 0 && days.add(day as number)));
  return [...days].sort((a, b) => a - b);
}

/** "open for all", "open for A; B, shut for C". */
export function stateWords(states: DoorState[], classes: string[]): string {
  const words: [DoorState, string][] = [
    ['open', 'open for'],
    ['decides', 'an official decides for'],
    ['shut', 'shut for'],
  ];
  return words
    .flatMap(([state, text]): string[] => {
      const whose = classes.filter((_, i) => states[i] === state);
      return whose.length === 0 ? [] : [`${text} ${whose.length === classes.length ? 'all' : whose.join('; ')}`];
    })
    .join(', ');
}
