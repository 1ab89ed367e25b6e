// Numbers, days and money in words, in the manner of the page's own text.

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'June', 'July', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const NBSP = '\u00a0';

export const DAY = 86_400_000;

/** The first moment of a day of ISO 8601. */
export function dayOf(text: string): Date {
  return new Date(`${text}T00:00:00Z`);
}

export function monthOf(day: Date): string {
  return MONTHS[day.getUTCMonth()]!;
}

/** "21 Sept" */
export function dayWords(text: string): string {
  const day = dayOf(text);
  return `${day.getUTCDate()}${NBSP}${monthOf(day)}`;
}

/** "Sat 24 Sept", "21-27 Sept", "26 Sept-2 Oct", with an en dash. */
export function spanWords(from: string, to: string): string {
  if (from === to) {
    return `${WEEKDAYS[dayOf(from).getUTCDay()]} ${dayWords(from)}`;
  }
  const short = from.slice(0, 7) === to.slice(0, 7) ? `${dayOf(from).getUTCDate()}` : dayWords(from);
  return `${short}\u2013${dayWords(to)}`;
}

/** "66,000": grouped by thousands, with so many decimals. */
export function number(value: number, decimals = 0): string {
  const [whole, part] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
  const minus = value < 0 && Number(value.toFixed(decimals)) !== 0 ? '\u2212' : '';
  return `${minus}${grouped}${part ? `.${part}` : ''}`;
}

/** A rate: decimals only where it is small. */
export function rate(value: number): string {
  return number(value, value !== 0 && Math.abs(value) < 20 && !Number.isInteger(value) ? 1 : 0);
}

/** "24.69 million" */
export function millions(money: number, decimals = 2): string {
  return `${number(money / 1e6, decimals)}${NBSP}million`;
}

/** "51.0 %" of 0.51 */
export function percent(share: number, decimals = 1): string {
  return `${number(100 * share, decimals)}${NBSP}%`;
}
