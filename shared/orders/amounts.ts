/** Exact sum of two decimal amounts of two places at most. */
export function addAmounts(a: string, b: string): string {
  const cents = (amount: string): bigint => {
    const [integer = '0', part = ''] = amount.replace('-', '').split('.');
    const value = BigInt(integer) * 100n + BigInt(part.padEnd(2, '0'));
    return amount.startsWith('-') ? -value : value;
  };
  const sum = cents(a) + cents(b);
  const size = sum < 0n ? -sum : sum;
  const part = String(size % 100n)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return `${sum < 0n ? '-' : ''}${size / 100n}${part === '' ? '' : `.${part}`}`;
}
