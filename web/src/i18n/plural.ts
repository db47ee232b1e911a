/**
 * Russian has three forms: 1 файл, 2 файла, 5 файлов. Messages give them in this order, optionally after a form for
 * zero.
 */
export function russianForm(count: number, forms: number): number {
  const offset = forms === 4 ? 1 : 0;
  if (count === 0 && forms === 4) return 0;
  const ten = Math.abs(count) % 10;
  const hundred = Math.abs(count) % 100;
  if (ten === 1 && hundred !== 11) return offset;
  return ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14) ? offset + 1 : offset + 2;
}
