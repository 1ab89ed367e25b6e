// What FLOW says of a conflict, and how its rows are read.  src/desk/report_conflict_data.c writes its JSON.
import { DAY, dayOf } from './words';

/** Days count from 0; rows of numbers are digits as in shapes.mjs. */
export interface Conflict {
  title: string;
  start: string;
  days: number;
  members: number; // runs that flows and fans are made of
  places: ConflictPlace[];
  ways: Way[];
  camps: Camp[]; // the largest count first
  sources: string[]; // of CampPoint
}

export interface ConflictPlace {
  name: string;
  country: string;
  lat: number;
  lon: number;
  types: number[]; // [day, type, day, type ...] as it changes: an index into TYPES
}

/** What lies between two places. */
export interface Way {
  a: number; // places
  b: number;
  km: number;
  shut: number[]; // [from, to, from, to ...) days on which nobody may pass
  there: string; // people who set out from a to b, by day; 0 is followed by how many more days have none
  back: string; // from b to a
}

/** Day, count, count as it was first given, 1 when the sum is computed, source; not shown: null. */
export type CampPoint = [number, number | null, number | null, number, number];

export interface Camp {
  place: number;
  capacity: number | null;
  points: CampPoint[];
  mean: string; // differences from the day before: odd numbers are below 0
  p5: string;
  p25: string;
  p50: string;
  p75: string;
  p95: string;
}

export const TYPES = ['town', 'conflict', 'camp', 'idpcamp', 'forward', 'marker'] as const;
export type PlaceType = (typeof TYPES)[number];

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The numbers that a row of digits holds. */
export function numbersOf(row: string): number[] {
  const found: number[] = [];
  let value = 0;
  let unit = 1;
  for (const letter of row) {
    const digit = DIGITS.indexOf(letter);
    value += (digit & 31) * unit; // no shift: a number may be past 32 bits
    unit *= 32;
    if (digit < 32) {
      found.push(value);
      value = 0;
      unit = 1;
    }
  }
  return found;
}

/** People of each day on one way and direction. */
export function flowOf(row: string): number[] {
  const found: number[] = [];
  const read = numbersOf(row);
  for (let i = 0; i < read.length; i++) {
    found.push(read[i]!);
    if (read[i] === 0) {
      found.push(...new Array<number>(read[++i]!).fill(0));
    }
  }
  return found;
}

/** People of each day in one camp. */
export function fanOf(row: string): number[] {
  let at = 0;
  return numbersOf(row).map((step) => (at += step % 2 === 1 ? -(step + 1) / 2 : step / 2));
}

/** A name as people write it: with blanks for the underscores of the reference's files. */
export function nameOf({ name }: ConflictPlace): string {
  return name.replaceAll('_', ' ');
}

export function countryOf({ country }: ConflictPlace): string {
  return country.replaceAll('_', ' ');
}

export function typeOn(place: ConflictPlace, day: number): PlaceType {
  let found = 0;
  for (let i = 0; i < place.types.length && place.types[i]! <= day; i += 2) {
    found = place.types[i + 1]!;
  }
  return TYPES[found]!;
}

export function isShut(way: Way, day: number): boolean {
  for (let i = 0; i < way.shut.length; i += 2) {
    if (day >= way.shut[i]! && day < way.shut[i + 1]!) {
      return true;
    }
  }
  return false;
}

/** On a straight line between two counts; null before the first, after the last, and beside one that is not
 * shown. */
export function countOn(camp: Camp, day: number): number | null {
  const after = camp.points.findIndex((point) => point[0] >= day);
  const to = camp.points[after];
  if (!to || to[1] === null) {
    return null;
  }
  if (to[0] === day) {
    return to[1];
  }
  const from = camp.points[after - 1];
  if (!from || from[1] === null) {
    return null;
  }
  return from[1] + ((to[1] - from[1]) * (day - from[0])) / (to[0] - from[0]);
}

export function isoDay(conflict: Conflict, day: number): string {
  return new Date(dayOf(conflict.start).getTime() + day * DAY).toISOString().slice(0, 10);
}
