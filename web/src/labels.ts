// Where labels stand so that none lies on another: greedy, most important first.  Pure geometry.

export interface Box {
  x: number; // left
  y: number; // top
  w: number;
  h: number;
}

export interface Disc {
  x: number;
  y: number;
  r: number;
}

type Segment = [number, number, number, number]; // x1, y1, x2, y2

export interface Placed extends Box {
  leader: Segment | null; // from the thing to the label
}

export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

function onDisc(box: Box, disc: Disc): boolean {
  const dx = disc.x - Math.min(Math.max(disc.x, box.x), box.x + box.w);
  const dy = disc.y - Math.min(Math.max(disc.y, box.y), box.y + box.h);
  return dx * dx + dy * dy < disc.r * disc.r;
}

// The largest square in a disc, a little smaller, so that a line that starts on the rim does not meet it.
function inDisc({ x, y, r }: Disc): Box {
  const half = r * 0.65;
  return { x: x - half, y: y - half, w: 2 * half, h: 2 * half };
}

/** Whether a segment meets a box (Liang and Barsky 1984). */
export function crosses([x1, y1, x2, y2]: Segment, box: Box): boolean {
  let enter = 0;
  let leave = 1;
  const sides: [number, number][] = [
    [x1 - x2, x1 - box.x],
    [x2 - x1, box.x + box.w - x1],
    [y1 - y2, y1 - box.y],
    [y2 - y1, box.y + box.h - y1],
  ];
  for (const [slope, room] of sides) {
    if (slope === 0) {
      if (room < 0) {
        return false;
      }
    } else if (slope < 0) {
      enter = Math.max(enter, room / slope);
    } else {
      leave = Math.min(leave, room / slope);
    }
  }
  return enter < leave;
}

const GAP = 3;
const SHORT = 10;

/** Places for a label of w by h around a disc, the best reading first: right, left, above, below, then the
 * corners; then farther off, up to a gap of `reach`, with a leader line past SHORT. */
export function around(disc: Disc, w: number, h: number, reach: number): Placed[] {
  const diagonal = Math.SQRT1_2;
  const ways: [number, number][] = [
    [1, 0], [-1, 0], [0, -1], [0, 1],
    [diagonal, -diagonal], [-diagonal, -diagonal], [diagonal, diagonal], [-diagonal, diagonal],
  ];
  const places: Placed[] = [];
  for (let gap = GAP; gap <= reach; gap += gap < SHORT ? 4 : 8) {
    for (const [dx, dy] of ways) {
      const x = disc.x + dx * (disc.r + gap);
      const y = disc.y + dy * (disc.r + gap);
      const near = gap - 2;
      places.push({
        x: x - (dx > 0.1 ? 0 : dx < -0.1 ? w : w / 2),
        y: y - (dy > 0.9 ? 0 : dy < -0.9 ? h : h / 2),
        w,
        h,
        leader:
          gap <= SHORT
            ? null
            : [
                disc.x + dx * disc.r,
                disc.y + dy * disc.r,
                disc.x + dx * (disc.r + near),
                disc.y + dy * (disc.r + near),
              ],
      });
    }
  }
  return places;
}

/** For each label, given its candidates, the first that is free, or null; earlier labels go first.  A free
 * one is inside the frame and meets no disc, no box, no label and no leader line; nor does its own line
 * meet a box or a label. */
export function placeLabels(
  wanted: Placed[][],
  frame: Box,
  discs: Disc[],
  boxes: Box[],
): (Placed | null)[] {
  const taken: Box[] = [...boxes];
  const leaders: Segment[] = [];
  const free = (place: Placed): boolean =>
    place.x >= frame.x &&
    place.y >= frame.y &&
    place.x + place.w <= frame.x + frame.w &&
    place.y + place.h <= frame.y + frame.h &&
    !taken.some((box) => overlap(place, box)) &&
    !discs.some((disc) => onDisc(place, disc)) &&
    !leaders.some((leader) => crosses(leader, place)) &&
    !(place.leader && taken.some((box) => crosses(place.leader!, box))) &&
    !(place.leader && discs.some((disc) => crosses(place.leader!, inDisc(disc))));
  return wanted.map((candidates) => {
    const place = candidates.find(free);
    if (!place) {
      return null;
    }
    taken.push(place);
    if (place.leader) {
      leaders.push(place.leader);
    }
    return place;
  });
}

/** Rows for flags that stand to the right of their rules, which run down from them: none lies on another
 * or on a rule.  `flags` by x; row 0 is the topmost. */
export function flagRows(flags: { x: number; w: number }[]): number[] {
  const rows: number[] = [];
  flags.forEach((flag, j) => {
    let row = 0;
    for (let i = 0; i < j; i++) {
      if (flags[i]!.x + flags[i]!.w > flag.x) {
        row = Math.max(row, rows[i]! + 1);
      }
    }
    rows.push(row);
  });
  return rows;
}
