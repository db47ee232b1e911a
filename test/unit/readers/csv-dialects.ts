/** One small table in every dialect of delimited text. */
import { encodeAs } from './reading.ts';

export const ENCODINGS = [
  'utf-8',
  'utf-8 with mark',
  'utf-16le',
  'utf-16le with mark',
  'utf-16be',
  'utf-16be with mark',
  'windows-1251',
  'koi8-r',
  'ibm866',
];
export const DELIMITERS = [',', ';', '\t', '|'];
export const LINE_ENDS = ['\n', '\r\n', '\r'];

type QuoteStyle = 'where needed' | 'everywhere' | 'with line breaks inside';

export const HEADER = [
  'Дата',
  'Сервис',
  'Клиент',
  'Способ оплаты',
  'Сумма',
  'Идент-р',
  'Касса',
  'Click ID',
  'Billing ID',
  'Статус платежа',
];

export function rowsFor(style: QuoteStyle): string[][] {
  const note = style === 'with line breaks inside' ? 'первая строка\nвторая "в кавычках"\nтретья' : 'кофе, чай; сок';
  return Array.from({ length: 12 }, (_, i) => [
    '2025-08-02 20:48:30',
    'Vendhub',
    note,
    '986000******0000',
    `${i},50`,
    `${i}`,
    '',
    `77${i}`,
    `88${i}`,
    'Успешно подтвержден',
  ]);
}

export function write(rows: string[][], delimiter: string, lineEnd: string, style: QuoteStyle): string {
  const cell = (text: string) =>
    style === 'everywhere' || text.includes(delimiter) || /["\n]/.test(text)
      ? `"${text.replaceAll('"', '""').replaceAll('\n', lineEnd)}"`
      : text;
  return rows.map((row) => row.map(cell).join(delimiter) + lineEnd).join('');
}

export function encode(text: string, encoding: string): Buffer {
  const [name = '', mark] = encoding.split(' with ');
  return encodeAs((mark === undefined ? '' : '\ufeff') + text, name);
}
