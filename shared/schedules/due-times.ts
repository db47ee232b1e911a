/** When a schedule is due, on the clock of Tashkent (UTC+5, no daylight saving). */
const OFFSET_MS = 5 * 3_600_000;
const DAY_MS = 86_400_000;
/** 1970-01-01 was a Thursday; 0 = Sunday. */
const EPOCH_WEEKDAY = 4;

export type Recurrence =
  /** each day at this minute of the Tashkent day */
  | { kind: 'daily'; hour: number; minute: number }
  /** 0 = Sunday */
  | { kind: 'weekly'; weekday: number; hour: number; minute: number }
  /** at full multiples of the Tashkent day */
  | { kind: 'every'; minutes: number };

/** The latest due time that is not after `now`; epoch ms. */
export function lastDue(recurrence: Recurrence, now: number): number {
  const local = now + OFFSET_MS;
  if (recurrence.kind === 'every') {
    const step = recurrence.minutes * 60_000;
    return Math.floor(local / step) * step - OFFSET_MS;
  }
  const minuteMs = (recurrence.hour * 60 + recurrence.minute) * 60_000;
  let day = Math.floor(local / DAY_MS);
  if (day * DAY_MS + minuteMs > local) day -= 1;
  if (recurrence.kind === 'weekly') day -= (day + EPOCH_WEEKDAY - recurrence.weekday + 7 * 52) % 7;
  return day * DAY_MS + minuteMs - OFFSET_MS;
}

/** The same for BullMQ, read in the zone Asia/Tashkent. */
export function cronPattern(recurrence: Recurrence): string {
  switch (recurrence.kind) {
    case 'daily':
      return `0 ${recurrence.minute} ${recurrence.hour} * * *`;
    case 'weekly':
      return `0 ${recurrence.minute} ${recurrence.hour} * * ${recurrence.weekday}`;
    case 'every':
      return recurrence.minutes >= 60 ? `0 0 */${recurrence.minutes / 60} * * *` : `0 */${recurrence.minutes} * * * *`;
  }
}

/** How far apart two due times are at least, ms. */
export function periodMs(recurrence: Recurrence): number {
  return recurrence.kind === 'every' ? recurrence.minutes * 60_000 : recurrence.kind === 'daily' ? DAY_MS : 7 * DAY_MS;
}
