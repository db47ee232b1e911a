/** Small reports for the tests of the row mapper, and their staging and reject lines read back. */
import assert from 'node:assert/strict';
import type { NumberStyle } from '../../../shared/ingest/child/protocol.ts';
import { REJECT_COLUMNS, STAGING_LEAD } from '../../../shared/ingest/child/protocol.ts';
import type { Cell, RawRow } from '../../../shared/ingest/readers/reader.ts';
import { recogniseTable } from '../../../shared/ingest/recognise/recognise.ts';
import type { RowMapper } from '../../../shared/ingest/mapping/row-mapper-contract.ts';
import { createRowMapper } from '../../../shared/ingest/row-mapper.ts';
import { keptFields, sources } from '../../../shared/ingest/sources/index.ts';
import type { SourceName } from '../../../shared/ingest/sources/source.ts';

/** What the mapper takes for the present. */
const NOW = Date.parse('2026-01-01T00:00:00+05:00');

export interface Given {
  source: SourceName;
  header: string[];
  rows: Cell[][];
  sampleRows?: number;
  styles?: Record<string, NumberStyle>;
  zoneShiftHours?: number;
  sheet?: string | null;
  firstRowIndex?: number;
}

export function open({
  source,
  header,
  rows,
  sampleRows = 1_000,
  styles = {},
  zoneShiftHours,
  sheet = null,
  firstRowIndex,
}: Given): {
  mapper: RowMapper;
  below: RawRow[];
} {
  const table = recogniseTable([{ row: 1, cells: header }], { overrides: { source }, sheet });
  const below = rows.map((cells, index) => ({ row: index + 2, cells }));
  const mapper = createRowMapper({
    source: sources[source],
    sheet,
    header: table.header,
    columnFields: table.columnFields,
    styles,
    sample: below.slice(0, sampleRows),
    zoneShiftHours,
    firstRowIndex,
    nowMs: NOW,
  });
  return { mapper, below };
}

export type Line = Record<string, string | null>;

/** COPY lines back to values. */
export function parse(lines: string, columns: readonly string[]): Line[] {
  assert.ok(lines === '' || lines.endsWith('\n'));
  const letters: Record<string, string> = { t: '\t', n: '\n', r: '\r', '\\': '\\' };
  return lines
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const cells = line.split('\t');
      assert.equal(cells.length, columns.length, line);
      return Object.fromEntries(
        columns.map((name, index) => [
          name,
          cells[index] === '\\N'
            ? null
            : (cells[index] ?? '').replace(/\\(.)/g, (_, letter: string) => letters[letter] ?? '?'),
        ]),
      );
    });
}

export function map(given: Given) {
  const { mapper, below } = open(given);
  for (const row of below) mapper.push(row);
  const staging = [...STAGING_LEAD, ...keptFields(sources[given.source]).map((field) => field.name), 'extra'];
  const summary = mapper.finish();
  return {
    rows: parse(mapper.takeRows(), staging),
    rejects: parse(mapper.takeRejects(), REJECT_COLUMNS),
    counts: mapper.counts(),
    contradiction: mapper.contradiction(),
    ...summary,
  };
}

export const warningCodes = (result: { warnings: { code: string }[] }): string[] =>
  result.warnings.map(({ code }) => code);

export const UZUM = [
  'Название сервиса',
  'Сумма',
  'Комиссия',
  'Номер карты',
  'Статус',
  'merchantId',
  'receiptId',
  'Дата и время',
];
export const uzumRow = (changes: Partial<Record<(typeof UZUM)[number], Cell>> = {}): Cell[] => {
  const row: Record<string, Cell> = {
    'Название сервиса': 'Кофейный вендинговый аппарат',
    Сумма: '20000',
    Комиссия: '400',
    'Номер карты': '561400******0000',
    Статус: 'SUCCESS',
    merchantId: '0042',
    receiptId: '344be1fc-828e-45bd-a149-74f12046acd5',
    'Дата и время': '27.04.2025, 19:10:40',
    ...changes,
  };
  return UZUM.map((header) => row[header] ?? null);
};
export const uzum = (rows: Cell[][], more: Partial<Given> = {}) => map({ source: 'uzum', header: UZUM, rows, ...more });

export const HW = [
  'Order number',
  'Goods name',
  'Flavour name',
  'Order resource',
  'Order type',
  'Order status',
  'Machine Code',
  'Order price',
  'Brew status',
  'Creation time',
  'Delivery time',
];
export const hwRow = (changes: Partial<Record<(typeof HW)[number], Cell>> = {}): Cell[] => {
  const row: Record<string, Cell> = {
    'Order number': 'ff00000304202508040701283266181f0000',
    'Goods name': 'MacCoffee 3in1',
    'Order resource': 'Cash payment',
    'Order type': 'Normal order',
    'Order status': 'Paid',
    'Machine Code': '3266181f0000',
    'Order price': '10000',
    'Brew status': 'Delivered',
    'Creation time': '2025-08-04 04:01:30',
    'Delivery time': '2025-08-04 04:02:19',
    ...changes,
  };
  return HW.map((header) => row[header] ?? null);
};
export const hw = (rows: Cell[][], more: Partial<Given> = {}) =>
  map({ source: 'happy_workers', header: HW, rows, ...more });
