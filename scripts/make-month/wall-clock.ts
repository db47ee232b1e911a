/**
 * Wall-clock seconds of Tashkent, counted as if they were UTC: reports carry no offset, and a month of reports is made
 * without ever asking what time it is anywhere else.
 */
export type WallSeconds = number;

const pad = (value: number) => String(value).padStart(2, '0');

function parts(at: WallSeconds): { year: string; month: string; day: string; time: string } {
  const date = new Date(at * 1000);
  return {
    year: String(date.getUTCFullYear()),
    month: pad(date.getUTCMonth() + 1),
    day: pad(date.getUTCDate()),
    time: `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())}`,
  };
}

/** `2025-08-04 04:01:30` */
export function isoTime(at: WallSeconds): string {
  const { year, month, day, time } = parts(at);
  return `${year}-${month}-${day} ${time}`;
}

/** `04-08-2025 04:01:30`, as Payme writes it. */
export function dashedTime(at: WallSeconds): string {
  const { year, month, day, time } = parts(at);
  return `${day}-${month}-${year} ${time}`;
}

/** `04.08.2025, 04:01:30`, as Uzum writes it. */
export function dottedTime(at: WallSeconds): string {
  const { year, month, day, time } = parts(at);
  return `${day}.${month}.${year}, ${time}`;
}

/** `20250804040130`, as inside an order number. */
export function compactTime(at: WallSeconds): string {
  const { year, month, day, time } = parts(at);
  return `${year}${month}${day}${time.replaceAll(':', '')}`;
}

/** The serial number of a spreadsheet (1900 system). */
export function serialTime(at: WallSeconds): number {
  return at / 86_400 + 25_569;
}

/** From `YYYY-MM-DD`, optionally with ` HH:mm:ss`. Throws for anything else. */
export function parseWallTime(text: string): WallSeconds {
  const at = Date.parse(`${text.trim().replace(' ', 'T')}${text.includes(':') ? '' : 'T00:00:00'}Z`);
  if (Number.isNaN(at)) throw new Error(`not a time: ${text}`);
  return Math.floor(at / 1000);
}
