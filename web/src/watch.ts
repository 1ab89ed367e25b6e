// What the report carries of WATCH; src/desk/report_watch_data.c and report_flows_data.c write it.
// Figures that rest on a small count are null.
import type { Code } from './data';

export interface Watch {
  from: string | null; // the days pictured; null: there are no daily or weekly counts
  to: string | null;
  lead: number; // of series: the one that the replay starts with; -1: nothing to replay
  doors: WatchDoor[]; // rules of the places drawn that refuse somebody and begin within these days
  series: WatchSeries[];
  alarms: Alarm[]; // as in watch_alarms.csv
  replay: Record<Clock, Morning[][]>; // by clock, series and day: mornings on which something new was known
  flows: { points: FlowPoint[]; stocks: StockStep[] };
  trade: TradeFlow[];
}

/** published: known from the date of its source; nextDay: as the counting agency had it the next morning. */
export type Clock = 'published' | 'nextDay';

export interface WatchDoor {
  date: string;
  country: Code;
  title: string;
}

export interface WatchSeries {
  place: Code;
  route: string;
  measure: string;
  kind: string; // "gross_in", "gross_out", ...
  unit: string;
  label: string; // "Finland, entries, land: eastern border"
  weekly: boolean; // weeks were judged, not days
  whyNot: string | null; // why nothing was judged
  values: WatchValue[]; // of single days and weeks, all readings, by first day
  points: WatchPoint[]; // periods judged
}

export interface WatchValue {
  from: string;
  to: string;
  count: number | null;
  hidden?: 'under 5' | 'withheld';
  used: boolean; // in force in this report
  published: Force; // when it was in force on a clock
  nextDay: Force;
  source: string;
}

/** The first morning, and the morning on which another reading took its place; null: never. */
export type Force = [string, string | null] | null;

export interface WatchPoint {
  from: string;
  to: string;
  expected: number | null; // of the whole period, as the counts are
  bound: number | null;
  rings: boolean;
}

export interface Alarm {
  row: number; // 1-based row of watch_alarms.csv
  series: number;
  from: string;
  to: string;
  first: boolean; // of its unbroken run
  count: number | null;
  expected: number | null;
  bound: number | null;
  mark: number; // row of report_series.csv that shows its count; 0: none does
  sentence: string;
}

export interface Morning {
  day: string;
  known: number; // counts
  new: number;
  last: string | null; // last day that they cover
  state: 'quiet' | 'rings' | 'cannot'; // of the last period known
  first: boolean; // it did not ring the time before
  revised: boolean;
  from: string | null; // that period
  to: string | null;
  count: number | null;
  expected: number | null;
  bound: number | null;
  spread: number | null; // sd of the baseline about its fit
  baseFrom: string | null;
  baseTo: string | null;
  why: string | null; // of "cannot"
  sentence: string; // "" when nothing rings or its figures are kept back
  kept: boolean; // figures are kept back
}

export interface FlowPoint {
  row: number; // 1-based row of watch_net.csv
  place: Code;
  route: string; // in words
  unit: string;
  from: string;
  to: string;
  in: number | null;
  out: number | null;
  net: number | null; // in less out
  netLow: number | null; // over the figures that the sources leave open
  netHigh: number | null;
  published: number | null;
  discrepancy: number | null; // published less net
  kept: boolean;
}

export interface StockStep {
  row: number; // 1-based row of watch_stock.csv
  place: Code;
  route: string;
  start: string;
  end: string;
  stockStart: number | null; // null also where the stock is of those who came since then
  stockEnd: number | null;
  expected: number | null; // stockStart + in - out
  discrepancy: number | null; // stockEnd less that
  whyNot: string | null;
  missingDays: number;
}

export interface TradeFlow {
  reporter: Code;
  partner: Code;
  hs: string; // "TOTAL" or a code; "": the sum of a tier
  tier: string; // of the priority list; "": none
  codes: number; // in that sum
  unit: string;
  baseline: number | null; // mean yearly exports
  baselineFrom: number;
  baselineTo: number;
  breakYear: number;
  since: string | null;
  flagged: boolean;
  group: boolean; // the reporter is a group of states
  years: TradeYear[];
  months: TradeMonth[];
}

export interface TradeYear {
  row: number; // 1-based row of watch_trade.csv
  year: number;
  exports: number | null;
  imports: number | null;
  ratio: number | null; // exports over imports
  jump: number | null; // exports over the baseline
  whyNot: string | null; // why there is no ratio
}

export type TradeMonth = [first: string, exports: number | null, expected: number | null, rings: 0 | 1];
