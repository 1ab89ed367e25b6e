// The split of src/aid, for the few hosts of a page: the rule of aid.h by bisection, and Webster's method
// seat by seat.
import type { Aid, Host } from './data';

export type Alpha = number | 'inf';

export interface Line {
  x: number; // money
  rounded: number | null; // money in whole tranches
  coverage: number;
  binding: string; // what limits it, in words
  share: number; // of the next unit of money
}

/** What limits a host that shares in every further unit of money. */
export const BUDGET = 'budget';

/** What the page says of one host at one alpha; lines in the order of `aid.hosts`. */
export function split(aid: Aid, alpha: Alpha): Line[] {
  const x = fill(aid.hosts, aid.budget, alpha);
  const rounded = aid.tranche > 0 ? payOut(aid, x) : null;
  const level = levelOf(aid.hosts, x, alpha);
  const lines = aid.hosts.map((host, i) => ({
    x: x[i]!,
    rounded: rounded ? rounded[i]! : null,
    coverage: Math.min(1, (host.funded + x[i]!) / host.need),
    binding: binding(host, x[i]!, alpha, level),
    share: 0,
  }));
  share(aid.hosts, lines, alpha);
  return lines;
}

/** The page's own lines, as it was made. */
export function published(aid: Aid): Line[] {
  const lines = aid.hosts.map(({ x, rounded, coverage, binding: limit }) => ({
    x,
    rounded,
    coverage,
    binding: limit,
    share: 0,
  }));
  share(aid.hosts, lines, aid.alpha);
  return lines;
}

// dx/dB: hosts at the level take the next unit by need at inf, by need times coverage otherwise.
function share(hosts: Host[], lines: Line[], alpha: Alpha): void {
  const slopes = hosts.map((host, i) => {
    const { binding: limit, coverage } = lines[i]!;
    return limit === BUDGET ? host.need * (alpha === 'inf' ? 1 : coverage) : 0;
  });
  const all = sum(slopes);
  lines.forEach((line, i) => (line.share = all > 0 ? slopes[i]! / all : 0));
}

// A host's coverage rises with one number, the key: r = key at inf, r = exp(tilt + key) otherwise.
const tiltOf = (host: Host, alpha: Alpha): number =>
  alpha === 'inf' ? 0 : Math.log(host.severity) / alpha;
const keyOf = (host: Host, money: number, alpha: Alpha): number => {
  const coverage = (host.funded + money) / host.need;
  return alpha === 'inf' ? coverage : Math.log(coverage) - tiltOf(host, alpha);
};
const moneyAt = (host: Host, key: number, alpha: Alpha): number => {
  const coverage = alpha === 'inf' ? key : Math.exp(tiltOf(host, alpha) + key);
  const money = host.need * coverage - host.funded;
  return Math.min(Math.max(money, host.floor), Math.max(host.cap, 0));
};

/** Exact amounts: the key at which they add up to the budget, or every host's most. */
export function fill(hosts: Host[], budget: number, alpha: Alpha): number[] {
  const most = hosts.map((host) => Math.max(host.cap, 0));
  if (sum(most) <= budget) {
    return most;
  }
  const keys = hosts.flatMap((host, i) => [
    keyOf(host, host.floor, alpha),
    keyOf(host, most[i]!, alpha),
  ]);
  let high = Math.max(...keys);
  // ln 0 of a host that has nothing yet: the money falls by half for each ln 2 of the key.
  let low = Math.min(high - 1, ...keys.filter(Number.isFinite));
  const spent = (key: number): number => sum(hosts.map((host) => moneyAt(host, key, alpha)));
  while (spent(low) > budget && low > high - 1e6) {
    low -= 8;
  }
  for (let round = 0; round < 200; round++) {
    const middle = (low + high) / 2;
    if (spent(middle) <= budget) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return hosts.map((host) => moneyAt(host, low, alpha));
}

// The key of the hosts between their bounds; without one, the highest key of those that got something.
function levelOf(hosts: Host[], x: number[], alpha: Alpha): number {
  const keys = hosts.map((host, i) => keyOf(host, x[i]!, alpha));
  const between = keys.filter((_, i) => {
    const host = hosts[i]!;
    const room = 1e-9 * host.need;
    return x[i]! > host.floor + room && x[i]! < host.cap - room;
  });
  return between.length > 0 ? Math.max(...between) : Math.max(...keys);
}

// What the page says limits each host; aid_binding_word in src/aid/aid.c has the same words.
function binding(host: Host, x: number, alpha: Alpha, level: number): string {
  const room = 1e-9 * host.need;
  if (x >= host.cap - room) {
    return host.need - host.funded - host.cap <= room ? 'need covered' : 'absorption cap';
  }
  if (x <= host.floor + room && keyOf(host, x, alpha) > level) {
    return host.floor > 0 ? 'floor' : 'funded above level';
  }
  return BUDGET;
}

// Whole tranches as in aid.c: what is spent, least and most rounded to tranches, then Webster.
function payOut(aid: Aid, x: number[]): number[] {
  const { hosts, tranche } = aid;
  const seats = whole(sum(x), tranche);
  const most = hosts.map((host) => whole(Math.max(host.cap, 0), tranche));
  let least = hosts.map((host) => wholeUp(host.floor, tranche));
  if (least.some((n, i) => n > most[i]!) || sum(least) > seats) {
    least = hosts.map((host) => whole(host.floor, tranche));
  }
  return webster(x, least, most, seats).map((n) => n * tranche);
}

/** Seats by the divisors 1, 3, 5, ...; ties to the first. */
export function webster(votes: number[], least: number[], most: number[], seats: number): number[] {
  const given = [...least];
  for (let left = seats - sum(given); left > 0; left--) {
    let best = -1;
    let rank = 0;
    for (let i = 0; i < votes.length; i++) {
      const here = given[i]! < most[i]! ? votes[i]! / (2 * given[i]! + 1) : 0;
      if (here > rank) {
        best = i;
        rank = here;
      }
    }
    if (best < 0) {
      break;
    }
    given[best]!++;
  }
  return given;
}

function whole(amount: number, tranche: number): number {
  const parts = amount / tranche;
  const near = Math.round(parts);
  return Math.abs(parts - near) <= 1e-12 * near ? near : Math.floor(parts);
}

function wholeUp(amount: number, tranche: number): number {
  const parts = amount / tranche;
  const near = Math.round(parts);
  return Math.abs(parts - near) <= 1e-12 * near ? near : Math.ceil(parts);
}

function sum(numbers: number[]): number {
  return numbers.reduce((all, n) => all + n, 0);
}
