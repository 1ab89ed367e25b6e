// Coverage of each host's need: what it has, what this budget adds, what stays open, and its cap.
import * as Plot from '@observablehq/plot';
import type { Aid, Host } from './data';
import { describe, drawn, element, svg, textWidth, type Drawn } from './picture';
import { BUDGET, type Line } from './split';
import { millions, percent } from './words';

const SIZE = 12;
const NAME = 13;

type Part = 'has' | 'gets' | 'open';

interface Piece {
  host: Host;
  part: Part;
  from: number; // shares of the need
  to: number;
  money: number;
}

export function drawAid(aid: Aid, lines: Line[], alphaWords: string, width: number): Drawn {
  const hosts = aid.hosts;
  const wide = width >= 620;
  const left = wide ? Math.ceil(Math.max(...hosts.map((host) => textWidth(host.name, NAME, true)))) + 14 : 6;
  const right = wide ? Math.ceil(Math.max(...lines.map((line) => textWidth(valueWords(line), SIZE)))) + 14 : 6;
  const step = wide ? 34 : 58;
  const pad = wide ? { top: 6, bottom: 6 } : { top: 24, bottom: 12 };
  const reach = wide ? 4 : 2; // of a cap's mark past its bar
  const pieces = hosts.flatMap((host, i) => piecesOf(host, lines[i]!));
  const bar = (part: Part, more: object) =>
    Plot.barX(
      pieces.filter((piece) => piece.part === part),
      {
        className: part,
        y: (piece: Piece) => piece.host.code,
        x1: 'from',
        x2: 'to',
        insetTop: pad.top,
        insetBottom: pad.bottom,
        ...more,
      },
    );
  const capped = hosts.filter((host) => (host.funded + host.cap) / host.need < 1 - 1e-9);
  const plot = Plot.plot({
    width,
    height: 30 + step * hosts.length,
    marginTop: 4,
    marginLeft: left,
    marginRight: right,
    marginBottom: 26,
    style: { fontSize: `${SIZE}px`, background: 'none', overflow: 'visible' },
    x: { domain: [0, 1], axis: null },
    y: { domain: hosts.map((host) => host.code), axis: null, padding: 0 },
    marks: [
      bar('open', { fill: 'var(--paper)', stroke: 'var(--line)' }),
      bar('has', { fill: 'var(--has)', stroke: 'var(--has)' }),
      bar('gets', { fill: 'var(--in)', stroke: 'var(--in)' }),
      Plot.tickX(capped, {
        className: 'cap',
        y: 'code',
        x: (host: Host) => (host.funded + host.cap) / host.need,
        stroke: 'var(--door)',
        strokeWidth: 3,
        insetTop: pad.top - reach,
        insetBottom: pad.bottom - reach,
      }),
    ],
  });
  tagAll(plot, pieces, capped);
  writeAxis(plot, left, width - right, wide);
  write(plot, hosts, lines, { left, right, width, wide, step });
  describe(
    plot,
    'aid',
    `Coverage of each host's need, ${alphaWords}`,
    hosts
      .map((host, i) => `${host.name} ${percent(lines[i]!.coverage)}`)
      .join(', ')
      .concat('. The table holds every figure.'),
  );
  const content = element('div', 'aid');
  content.append(key(capped.length > 0), plot);
  const readings = drawn(plot, 'gets').map(([mark, i]) => ({
    mark,
    text: words(hosts[i]!, lines[i]!),
  }));
  return { content, readings };
}

function piecesOf(host: Host, line: Line): Piece[] {
  const has = Math.min(1, host.funded / host.need);
  const covered = Math.min(1, (host.funded + line.x) / host.need);
  return [
    { host, part: 'has', from: 0, to: has, money: host.funded },
    { host, part: 'gets', from: has, to: covered, money: line.x },
    { host, part: 'open', from: covered, to: 1, money: Math.max(0, host.need - host.funded - line.x) },
  ];
}

function words(host: Host, line: Line): string {
  const open = Math.max(0, host.need - host.funded - line.x);
  const limit = line.binding === BUDGET ? '' : ` Limited by: ${line.binding}.`;
  return (
    `${host.name}: has ${millions(host.funded)}, gets ${millions(line.x)}, open ${millions(open)} ` +
    `of ${millions(host.need)}; covered ${percent(line.coverage)}.${limit}`
  );
}

function valueWords(line: Line): string {
  return `${percent(line.coverage)}, +${millions(line.x, 1)}`;
}

function tagAll(plot: Element, pieces: Piece[], capped: Host[]): void {
  for (const part of ['has', 'gets', 'open'] as const) {
    const of = pieces.filter((piece) => piece.part === part);
    for (const [mark, i] of drawn(plot, part)) {
      mark.dataset.host = of[i]!.host.code;
      mark.dataset.part = part;
      mark.dataset.value = String(of[i]!.money);
    }
  }
  for (const [mark, i] of drawn(plot, 'cap')) {
    mark.dataset.host = capped[i]!.code;
    mark.dataset.value = String(capped[i]!.cap);
  }
}

function write(
  plot: Element & { scale(name: string): Plot.Scale | undefined },
  hosts: Host[],
  lines: Line[],
  size: { left: number; right: number; width: number; wide: boolean; step: number },
): void {
  const y = plot.scale('y')!;
  hosts.forEach((host, i) => {
    const top = y.apply(host.code) as number;
    const value = valueWords(lines[i]!);
    const name = { 'font-size': NAME, class: 'label name' };
    if (size.wide) {
      const middle = top + size.step / 2;
      plot.append(
        svg('text', { ...name, x: size.left - 12, y: middle, dy: '0.35em', 'text-anchor': 'end' }, host.name),
        svg('text', { x: size.width - size.right + 10, y: middle, dy: '0.35em', 'text-anchor': 'start', class: 'label' }, value),
      );
    } else {
      plot.append(
        svg('text', { ...name, x: size.left, y: top + 15, 'text-anchor': 'start' }, host.name),
        svg('text', { x: size.width - size.right, y: top + 15, 'text-anchor': 'end', class: 'label' }, value),
      );
    }
  });
}

function writeAxis(plot: Element, left: number, right: number, wide: boolean): void {
  const y = Number(plot.getAttribute('height')) - 9;
  const ticks = wide ? [0, 0.25, 0.5, 0.75, 1] : [0, 0.5, 1];
  for (const share of ticks) {
    const anchor = share === 0 ? 'start' : share === 1 ? 'end' : 'middle';
    const text = percent(share, 0) + (share === 0.5 ? ' of the need' : '');
    plot.append(
      svg('text', { x: left + share * (right - left), y, 'text-anchor': anchor, class: 'side' }, text),
    );
  }
}

function key(hasCaps: boolean): Element {
  const list = element('ul', 'key');
  const add = (className: string, text: string): void => {
    const item = document.createElement('li');
    item.append(element('span', `swatch ${className}`), text);
    list.append(item);
  };
  add('swatch-has', 'has already');
  add('swatch-gets', 'gets from this budget');
  add('swatch-open', 'stays open');
  if (hasCaps) {
    add('swatch-cap', 'the most it can take');
  }
  return list;
}
