// Door by door: the daily or weekly counts of each place and route on the same days, with what was
// expected, the count from which it rings, and the alarms.
import type { Door, Mark, Panel, Series } from './data';
import { alarmKey } from './alarms';
import { markKey } from './key';
import { drawPanels, type PanelMore } from './panels';
import { element, type Drawn } from './picture';
import type { Watch, WatchSeries } from './watch';
import { DAY, dayOf } from './words';

export function drawDoors(watch: Watch, width: number): Drawn {
  const panels = watch.series.map(toPanel);
  const frame: Series = { from: watch.from!, to: watch.to!, panels, doors: watch.doors.map(toDoor) };
  const more = watch.series.map(
    (series, i): PanelMore => ({
      alarms: new Map(
        watch.alarms
          .filter((alarm) => alarm.series === i)
          .flatMap((alarm) => {
            const mark = panels[i]!.marks.find((one) => one.from === alarm.from && one.to === alarm.to);
            return mark ? [[mark.row, alarm] as const] : [];
          }),
      ),
      points: series.points.map((point) => {
        const days = daysOf(point.from, point.to);
        return { ...point, expected: perDay(point.expected, days), bound: perDay(point.bound, days) };
      }),
    }),
  );
  const shown = panels.map((_, i) => i).filter((i) => panels[i]!.marks.length > 0);
  const { content, readings } = drawPanels(frame, shown.map((i) => panels[i]!), width, 'door', shown.map((i) => more[i]!));
  const keyed = element('div', 'keyed');
  keyed.append(key(watch, panels), content);
  return { content: keyed, readings };
}

function key(watch: Watch, panels: Panel[]): Element {
  const entries: [string, string][] = [];
  const points = watch.series.flatMap((series) => series.points);
  if (panels.some((panel) => panel.kind === 'gross_out')) {
    entries.push(['swatch-in', 'in'], ['swatch-out', 'out']);
  }
  if (points.some((point) => point.expected !== null)) {
    entries.push(['swatch-expected', 'expected from its past']);
  }
  if (points.some((point) => point.bound !== null)) {
    entries.push(['swatch-bound', 'rings from here on']);
  }
  entries.push(...alarmKey(watch.alarms));
  if (watch.doors.length > 0) {
    entries.push(['swatch-door', 'a rule of that country changes']);
  }
  return markKey(panels.flatMap((panel) => panel.marks), entries);
}

export function daysOf(from: string, to: string): number {
  return Math.round((dayOf(to).getTime() - dayOf(from).getTime()) / DAY) + 1;
}

function perDay(value: number | null, days: number): number | null {
  return value === null ? null : value / days;
}

// The readings in force, as a panel of the arrival pictures; rows are places in the list, from 1.
function toPanel(series: WatchSeries): Panel {
  const marks = series.values
    .filter((value) => value.used)
    .map((value, i): Mark => {
      const days = daysOf(value.from, value.to);
      return {
        row: i + 1,
        from: value.from,
        to: value.to,
        days,
        value: value.count,
        perDay: perDay(value.count, days),
        hidden: value.hidden,
        disputed: false,
        source: value.source,
      };
    });
  return {
    country: series.place,
    route: series.route,
    measure: series.measure,
    kind: series.kind,
    label: series.label,
    definition: '',
    unit: series.unit,
    focus: false,
    main: false,
    marks,
  };
}

function toDoor(door: Watch['doors'][number], i: number): Door {
  return { row: i + 1, id: '', ...door };
}
