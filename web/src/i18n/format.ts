/** Numbers, money and times as people in Tashkent read them; the same in every language of the page. */

const zone = 'Asia/Tashkent';
const nbsp = '\u00a0';
/** The currency's own sign, used in all three languages. */
export const currency = 'so\u02bbm';
const nothing = '\u2014';

function groupDigits(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, nbsp);
}

/** 15000 -> "15 000" */
export function formatCount(value: number | null | undefined): string {
  if (value === null || value === undefined) return nothing;
  return `${value < 0 ? '\u2212' : ''}${groupDigits(String(Math.abs(Math.trunc(value))))}`;
}

/** "15000.00" -> "15 000"; fractions stay where they are not zero. Never passes through a float. */
export function formatAmount(value: string | number | null | undefined): string {
  if (value === null || value === undefined || value === '') return nothing;
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value));
  if (!match) return String(value);
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  return `${match[1] ? '\u2212' : ''}${groupDigits(match[2] ?? '0')}${fraction ? `,${fraction.padEnd(2, '0')}` : ''}`;
}

/** "15000.00" -> "15 000 soʻm" */
export function formatMoney(value: string | number | null | undefined): string {
  const amount = formatAmount(value);
  return amount === nothing ? nothing : `${amount}${nbsp}${currency}`;
}

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

function partsOf(value: string | number | Date): Record<string, string> | null {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return null;
  return Object.fromEntries(parts.formatToParts(date).map((part) => [part.type, part.value]));
}

/** "01.03.2024" in Tashkent. */
export function formatDay(value: string | number | Date | null | undefined): string {
  if (value === null || value === undefined) return nothing;
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return value.split('-').reverse().join('.');
  const p = partsOf(value);
  return p ? `${p['day']}.${p['month']}.${p['year']}` : String(value);
}

/** "09:55:56" in Tashkent. */
export function formatClock(value: string | number | Date | null | undefined): string {
  const p = value === null || value === undefined ? null : partsOf(value);
  return p ? `${p['hour']}:${p['minute']}:${p['second']}` : nothing;
}

/** "01.03.2024 09:55:56" in Tashkent; without seconds where they do not matter. */
export function formatTime(value: string | number | Date | null | undefined, seconds = true): string {
  if (value === null || value === undefined) return nothing;
  const p = partsOf(value);
  if (!p) return String(value);
  const clock = `${p['hour']}:${p['minute']}`;
  return `${p['day']}.${p['month']}.${p['year']}${nbsp}${seconds ? `${clock}:${p['second']}` : clock}`;
}

/** The Tashkent day of an instant as "2024-03-01", for day fields and links. */
export function dayOf(value: string | number | Date): string {
  const p = partsOf(value);
  return p ? `${p['year']}-${p['month']}-${p['day']}` : '';
}

export type SizeUnit = 'b' | 'kb' | 'mb';

/** The figure and the unit, whose word the language gives. */
export function sizeParts(bytes: number): { figure: string; unit: SizeUnit } {
  if (bytes < 1024) return { figure: formatCount(bytes), unit: 'b' };
  const unit: SizeUnit = bytes < 1024 * 1024 ? 'kb' : 'mb';
  const value = bytes / (unit === 'kb' ? 1024 : 1024 * 1024);
  return { figure: value < 10 ? value.toFixed(1).replace('.', ',') : formatCount(Math.round(value)), unit };
}

/** A share 0..1 as "97,5 %"; whole percents where the fraction is zero. */
export function formatShare(share: number, digits = 0): string {
  return formatPercent((share * 100).toFixed(digits));
}

/** "-4.40" -> "−4,40 %", "2.00" -> "2 %": percents as decimal text. */
export function formatPercent(percent: string): string {
  const text = percent.replace(/\.0+$/, '').replace('.', ',').replace(/^-/, '\u2212');
  return `${text === '\u22120' ? '0' : text}${nbsp}%`;
}

/** An average as people say it: to the whole so'm, halves away from zero. Never passes through a float. */
export function formatAverage(value: string | null): string {
  const match = /^(-?)(\d+)(?:\.(\d))?/.exec(value ?? '');
  if (!match) return formatMoney(value);
  const integer = BigInt(match[2] ?? '0') + (Number(match[3] ?? 0) >= 5 ? 1n : 0n);
  return formatMoney(`${integer === 0n ? '' : match[1]}${integer}`);
}
