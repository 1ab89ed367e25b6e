// What the report carries for its pictures, as JSON in <script type="application/json" id="ajar-data">.
// src/desk/report_data.c writes it; a change here is a change there.  Numbers that are absent or not
// shown (small counts of people) are null; dates are ISO 8601; money is in aid.unit.

import type { Conflict } from './conflict';
import type { Exodus } from './exodus';
import type { Doors } from './gates';
import type { Placement } from './placement';
import type { Watch } from './watch';

export interface ReportData {
  format: 1;
  subject: Code; // nationality of the people on the move
  asKnown: string | null;
  series: Series | null;
  map: CountMap | null;
  aid: Aid | null;
  watch: Watch | null;
  doors: Doors | null; // the law of crossing; null where the scenario has none
  exodus: Exodus | null; // where people go; null where the scenario has none, or it was never fitted
  placement: Placement | null; // who could be placed where; null where the scenario places nobody
  conflict?: Conflict; // a conflict that FLOW moved alone: all above is null; report_conflict_data.c writes it
}

export interface Code {
  code: string; // ISO 3166-1 alpha-3 or a documented extra
  name: string;
}

/** The days that the pictures span; panels in the order shown, those of the focus country first. */
export interface Series {
  from: string;
  to: string;
  panels: Panel[];
  doors: Door[]; // doors that begin within the span and refuse somebody, by day
}

/** The counts of one country, route and measure.  Panels are never added up. */
export interface Panel {
  country: Code;
  route: string; // "all", "land:Narva"
  measure: string; // "entries_rus"
  kind: string; // "gross_in", "gross_out", "rate"
  label: string; // "Finland, entries of Russians, all routes"
  definition: string;
  unit?: string; // of Mark.value, in words: "crossings", "persons"
  focus: boolean;
  main: boolean; // the panel that the first picture is about; exactly one where there is a focus
  marks: Mark[]; // by first day, longer spans first
}

export interface Mark {
  row: number; // 1-based row of report_series.csv, without its header
  from: string;
  to: string; // included
  days: number;
  value: number | null; // as published; null: hidden says why
  perDay: number | null;
  hidden?: 'under 5' | 'withheld'; // a small count; one that would give a small count away
  disputed: boolean; // contradictions.csv reads another figure
  source: string; // "Yle citing Border Guard, 2022-09-28"
}

export interface Door {
  row: number; // 1-based row of report_doors.csv
  date: string;
  country: Code;
  id: string;
  title: string; // "Finland refuses tourism and transit", at most 60 characters
}

/** Entries per day by country in one week, and the places that they came through. */
export interface CountMap {
  from: string;
  to: string;
  circles: Circle[]; // largest first
  places: Place[]; // crossings and destinations, for orientation
}

export interface Circle {
  row: number; // 1-based row of report_map.csv
  country: Code;
  lat: number;
  lon: number;
  position: 'crossing' | 'crossings' | 'towns'; // what the point is: one crossing, or the middle of several
  label: string; // "Finland"
  perDay: number | null;
  value: number | null;
  from: string;
  to: string; // of the count, which may differ from the week
  source: string;
}

export interface Place {
  id: string;
  name: string;
  country: Code;
  lat: number;
  lon: number;
  type: 'origin' | 'crossing' | 'crossing_near' | 'crossing_proxy' | 'destination';
}

export interface Aid {
  unit: string; // "USD"
  budget: number;
  tranche: number; // 0: none
  alpha: number | 'inf'; // of the published split
  period: string; // note on what the money is for; may be ""
  hosts: Host[]; // in the order of the tables
  alphas: (number | 'inf')[]; // of Host.xAtAlpha: 1, 2, 4, inf
}

export interface Host {
  code: string;
  name: string;
  stock: number; // persons
  need: number;
  funded: number;
  floor: number;
  cap: number; // most money from this budget: absorption cap, ceiling and need left together
  severity: number;
  assumed: string[]; // figures that rest on assumptions: "stock", "unit cost", ...
  x: number; // exact amount of the published split
  rounded: number | null; // in whole tranches
  coverage: number; // (funded + x) / need
  binding: string; // what limits it, in words
  xAtAlpha: number[]; // exact amounts at `alphas`
  p5: number | null; // sensitivity, all uncertain inputs together; null: no draws
  p50: number | null;
  p95: number | null;
  alphaLow: number; // least and most x over `alphas`
  alphaHigh: number;
}
