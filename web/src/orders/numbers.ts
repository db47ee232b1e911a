/**
 * A 36-character order number in a list: its beginning tells orders of one machine apart; the whole stands in the
 * title.
 */
export function shortNumber(number: string): string {
  return number.length > 18 ? `${number.slice(0, 10)}…${number.slice(-4)}` : number;
}

/** One decimal text less another, exactly. */
export function lessAmount(amount: string, part: string): string {
  return sumAmounts([amount, part.startsWith('-') ? part.slice(1) : `-${part}`]);
}

/** Adds decimal texts exactly, in hundredths. */
export function sumAmounts(amounts: readonly (string | null)[]): string {
  let total = 0n;
  for (const amount of amounts) {
    const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount ?? '');
    if (!match) continue;
    const hundredths = BigInt(match[2] ?? '0') * 100n + BigInt((match[3] ?? '').padEnd(2, '0') || '0');
    total += match[1] ? -hundredths : hundredths;
  }
  const sign = total < 0n ? '-' : '';
  const absolute = total < 0n ? -total : total;
  return `${sign}${absolute / 100n}.${String(absolute % 100n).padStart(2, '0')}`;
}
