import type { Shape } from '../../../client/shapes.ts';
import type { SourceName } from '../api/types.ts';
import { dayOf, formatDay } from '../i18n/format.ts';

/** Days of a source that should have been loaded; where less than a day is missing, from and to are instants. */
export type MissingDays = Shape<'MissingDays'>;

export const isPartOfDay = (item: Pick<MissingDays, 'from'>): boolean => item.from.length > 10;

/** "02.06.2025–08.06.2025", or "05.06.2025 14:00–16:00" */
export function missingPeriod(item: Pick<MissingDays, 'from' | 'to'>): string {
  const [from, to] = [formatDay(item.from), formatDay(item.to)];
  if (!isPartOfDay(item)) return from === to ? from : `${from}–${to}`;
  const [begins, ends] = [clock(item.from), clock(item.to)];
  return from === to ? `${from} ${begins}–${ends}` : `${from} ${begins} – ${to} ${ends}`;
}

/** Instants of the contract bear the offset of Tashkent. */
const clock = (instant: string): string => instant.slice(11, 16);

/** What is missing of a source on a day, whole or in part; null = nothing. */
export function missingOn(items: readonly MissingDays[], source: SourceName, day: string): MissingDays | null {
  return items.find((one) => one.source === source && dayOf(one.from) <= day && day <= dayOf(one.to)) ?? null;
}
