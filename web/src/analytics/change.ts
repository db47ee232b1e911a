import { formatShare } from '../i18n/format.ts';

export interface Change {
  /** "+12 %", "−3,4 %", "±0 %" */
  text: string;
  tone: 'up' | 'down' | 'same';
}

/**
 * Null where there was nothing before: nothing can be a share of it. Sums are decimal text; a share needs no more than
 * a float has.
 */
export function changeOf(now: string, before: string): Change | null {
  const base = Number(before);
  if (!(base > 0)) return null;
  const share = (Number(now) - base) / base;
  const text = formatShare(Math.abs(share), Math.abs(share) < 0.1 ? 1 : 0);
  if (/^0\D*$/.test(text)) return { text: `±${text}`, tone: 'same' };
  return share > 0 ? { text: `+${text}`, tone: 'up' } : { text: `\u2212${text}`, tone: 'down' };
}

/** Whether all days of a month (`2025-06`) lie in the period, whose end is the first instant after it. */
export function isWholeMonth(month: string, { from, to }: { from: string | null; to: string | null }): boolean {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const next = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
  return from !== null && to !== null && from.slice(0, 10) <= `${month}-01` && next <= to.slice(0, 10);
}
