// Alarms on a picture of counts: a triangle in the bar or below the stroke that rang.
import type { Box } from './labels';
import { svg, type Reading } from './picture';
import type { Alarm } from './watch';

const SIZE = 6;

/** Alarms by the row of report_series.csv that shows their count. */
export type AlarmsByRow = Map<number, Alarm>;

export function alarmsByRow(alarms: Alarm[]): AlarmsByRow {
  return new Map(alarms.filter((alarm) => alarm.mark > 0).map((alarm) => [alarm.mark, alarm]));
}

/** A mark of a picture as an alarm needs it: pixels. */
export interface Spot {
  left: number;
  right: number;
  end: number; // of the bar, or the stroke's height
  zero: number;
  span: boolean; // a stroke
}

// The box that the triangle takes: at the foot of a bar, close to the axis; below a stroke.
function alarmBox(spot: Spot): Box {
  const x = (spot.left + spot.right) / 2 - SIZE;
  const down = spot.end > spot.zero;
  const y = spot.span
    ? spot.end + 4
    : down
      ? spot.zero + 4
      : spot.zero - 2 * SIZE - 4;
  return { x, y, w: 2 * SIZE, h: 2 * SIZE };
}

// Draws the alarm and returns it as a figure to be read: filled where a run of alarms begins, else hollow.
function writeAlarm(layer: Element, alarm: Alarm, box: Box): Reading {
  const x = box.x + box.w / 2;
  const y = box.y + box.h / 2;
  const mark = svg('path', {
    d: `M${x},${y - SIZE}L${x + SIZE},${y + SIZE - 1}L${x - SIZE},${y + SIZE - 1}Z`,
    class: alarm.first ? 'alarm' : 'alarm on',
  });
  mark.dataset.alarm = String(alarm.row);
  layer.append(mark);
  return { mark, text: `Alarm. ${alarm.sentence}` };
}

/** Draws the alarms of these marks: what each says by the mark's row, and the room that it takes. */
export function writeAlarms(
  plot: Element,
  marks: { row: number; spot: Spot }[],
  alarms: AlarmsByRow,
): { readings: Map<number, Reading[]>; boxes: Box[] } {
  const layer = svg('g', { class: 'alarms' });
  const readings = new Map<number, Reading[]>();
  const boxes: Box[] = [];
  for (const { row, spot } of marks) {
    const alarm = alarms.get(row);
    if (alarm) {
      const box = alarmBox(spot);
      readings.set(row, [writeAlarm(layer, alarm, box)]);
      boxes.push(box);
    }
  }
  plot.append(layer);
  return { readings, boxes };
}

/** Entries of a key for the alarms that a picture shows. */
export function alarmKey(alarms: Alarm[]): [string, string][] {
  const key: [string, string][] = [];
  if (alarms.some((alarm) => alarm.first)) {
    key.push(['swatch-alarm', 'alarm: higher than its past lets one expect']);
  }
  if (alarms.some((alarm) => !alarm.first)) {
    key.push(['swatch-alarm-on', 'goes on ringing']);
  }
  return key;
}
