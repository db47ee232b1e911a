/** When a schedule is due, on the clock of Tashkent (UTC+5, no daylight saving). */
const OFFSET_MS = 5 * 3_600_000;
const DAY_MS = 86_400_000;
/** 1970-01-01 was a Thursday; 0 = Sunday. */
const EPOCH_WEEKDAY = 4;

export type Rhythm =
  /** each day at this minute of the Tashkent day */
  | { kind: 'daily'; hour: number; minute: number }
  /** 0 = Sunday */
  | { kind: 'weekly'; weekday: number; hour: number; minute: number }
  /** at full multiples of the Tashkent day */
  | { kind: 'every'; minutes: number };

/** The latest due time that is not after `now`; epoch ms. */
export function lastDue(rhythm: Rhythm, now: number): number {
  const local = now + OFFSET_MS;
  if (rhythm.kind === 'every') {
    const step = rhythm.minutes * 60_000;
    return Math.floor(local / step) * step - OFFSET_MS;
  }
  const minuteMs = (rhythm.hour * 60 + rhythm.minute) * 60_000;
  let day = Math.floor(local / DAY_MS);
  if (day * DAY_MS + minuteMs > local) day -= 1;
  if (rhythm.kind === 'weekly') day -= (day + EPOCH_WEEKDAY - rhythm.weekday + 7 * 52) % 7;
  return day * DAY_MS + minuteMs - OFFSET_MS;
}

/** The same for BullMQ, read in the zone Asia/Tashkent. */
export function cronPattern(rhythm: Rhythm): string {
  switch (rhythm.kind) {
    case 'daily':
      return `0 ${rhythm.minute} ${rhythm.hour} * * *`;
    case 'weekly':
      return `0 ${rhythm.minute} ${rhythm.hour} * * ${rhythm.weekday}`;
    case 'every':
      return rhythm.minutes >= 60 ? `0 0 */${rhythm.minutes / 60} * * *` : `0 */${rhythm.minutes} * * * *`;
  }
}

/** How far apart two due times are at least, ms. */
export function periodMs(rhythm: Rhythm): number {
  return rhythm.kind === 'every' ? rhythm.minutes * 60_000 : rhythm.kind === 'daily' ? DAY_MS : 7 * DAY_MS;
}
