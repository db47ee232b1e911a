import type { Random } from './random.ts';
import type { WallSeconds } from './wall-clock.ts';

const UTC_OFFSET_S = 5 * 3600;
/** From here on ids are counted: a story that begins on this day has the ids of the real samples. */
const FIRST_DAY: WallSeconds = Date.UTC(2025, 0, 1) / 1000;
/** More than a day of 25 000 sales uses up, since a sale takes two at most: no period has the ids of another. */
const IDS_A_DAY = 50_000;
/** Payments are numbered with gaps: the systems serve others, too. */
export const WIDEST_STEP = 3;
const DAYS_OF_IDS = 36_500;

/** Ids that a period comes after: each period has its own, as systems that never count anew. */
export function idsBefore(begins: WallSeconds): number {
  const day = Math.floor((begins - FIRST_DAY) / 86_400);
  return (((day % DAYS_OF_IDS) + DAYS_OF_IDS) % DAYS_OF_IDS) * IDS_A_DAY;
}

/**
 * What is drawn alone may be drawn again: all seeds walk one circle of the generator, each from another place. So ids
 * of gateways end in a number that no other payment has.
 */
export function newTransactionId(
  random: Random,
  { isUuid, at, own }: { isUuid: boolean; at: WallSeconds; own: number },
): string {
  if (isUuid) {
    const head = `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-`;
    return head + endingIn(random.hex(12), own, 16);
  }
  // Its first eight digits are the second in which it was made, in UTC.
  const second = (at - UTC_OFFSET_S - random.int(1, 40)).toString(16).padStart(8, '0');
  return second + endingIn(random.hex(16), own, 16);
}

/** Digits that a payment's number takes up at most, with whatever day its period begins. */
const OWN_DIGITS = { 10: 10, 16: 9 } as const;

/** `drawn` with the number `own` in the place of its last digits, always as many of them. */
export function endingIn(drawn: string, own: number, radix: keyof typeof OWN_DIGITS): string {
  const digits = own.toString(radix).padStart(OWN_DIGITS[radix], '0');
  return drawn.slice(0, drawn.length - digits.length) + digits;
}
