// A placement as the page carries it (src/desk/report_place_data.c writes it), and what can be said of it.
import { number } from './words';

/** A country where households wait, or a receiving state. */
export interface Side {
  code: string;
  name: string;
  lat: number | null;
  lon: number | null;
  households: number;
  people: number;
}

export interface Lot {
  id: string;
  place: string;
  state: number; // of states
}

/** Another lot: its number, what the household scores there, what that costs the plan by the prices, the resource
 * that lacks (-1: none), and how much of it.  Scores and prices are micro-units. */
export type Option = [lot: number, score: number, price: number, resource: number, lacks: number];

export interface Household {
  id: string;
  from: number; // of froms
  lot: number; // -1: not placed
  score: number;
  options: Option[]; // by price
}

export interface Placement {
  on: string;
  total: number;
  bound: number;
  states: Side[];
  froms: Side[];
  moves: [from: number, state: number, households: number, people: number][];
  resources: string[];
  lots: Lot[];
  households: Household[]; // in the order of the board's rows
}

/** "0.512" of 512,000 micro-units. */
export function score(micro: number): string {
  return number(micro / 1e6, 3);
}

/** "Kassel, P02"; the lot alone where its name holds that of its place. */
export function lotName({ place, id }: Lot): string {
  return id.includes(place) ? id : `${place}, ${id}`;
}

/** What stands in the way at another lot, or that nothing does. */
export function roomWords(placement: Placement, [, , , resource, lacks]: Option): string {
  return resource < 0 ? 'has room' : `lacks ${number(lacks)} ${placement.resources[resource]}`;
}

/** A choice in the list of other places. */
export function optionWords(placement: Placement, option: Option): string {
  const [lot, points, price] = option;
  return `${lotName(placement.lots[lot]!)}: costs ${score(price)}, scores ${score(points)}, ${roomWords(placement, option)}`;
}

/** Locks tried on the board: the lot chosen for a household, by the numbers of both. */
export type Locks = Map<number, Option>;

/** The sum of the prices: what the locks cost at least roughly, each by itself. */
export function locksPrice(locks: Locks): number {
  return [...locks.values()].reduce((sum, option) => sum + option[2], 0);
}

/** The command that works the locks out. */
export function locksCommand(placement: Placement, locks: Locks): string {
  const words = [...locks].map(([household, [lot]]) => `--lock ${placement.households[household]!.id}=${placement.lots[lot]!.id}`);
  return `ajar place whatif DIR --plan PLAN.json ${words.join(' ')}`;
}

/** People by move, from one country (or all: -1), largest first. */
export function movesFrom({ moves }: Placement, from: number): Placement['moves'] {
  return moves.filter((move) => from < 0 || move[0] === from).sort((a, b) => b[3] - a[3]);
}
