/** Values of a JSON text as cells. */
import { cellOfText, type FlatRecord } from './flat-record.ts';
import { badFile } from './file-faults.ts';
import type { Cell, ReadLimits } from './reader.ts';
import { numberCell } from './xlsx-values.ts';

export function arrayCells(values: readonly unknown[], limits: ReadLimits, row: number): Cell[] {
  if (values.length > limits.maxColumns) throw badFile('too_many_columns', { row, max: limits.maxColumns });
  return values.map((value) =>
    typeof value === 'object' && value !== null
      ? cellOfText(JSON.stringify(value), limits, row)
      : cellOf(value, limits, row),
  );
}

/** Nested keys joined by dots, places in inner arrays numbered from 1. */
export function flatten(value: object, limits: ReadLimits, row: number): FlatRecord {
  const record: FlatRecord = new Map();
  add(value, '');
  return record;

  function add(inner: object, prefix: string): void {
    for (const [key, child] of Object.entries(inner)) {
      const name = `${prefix}${Array.isArray(inner) ? Number(key) + 1 : key}`;
      if (typeof child === 'object' && child !== null) add(child as object, `${name}.`);
      else record.set(name, cellOf(child, limits, row));
      if (record.size > limits.maxColumns) throw badFile('too_many_columns', { row, max: limits.maxColumns });
    }
  }
}

function cellOf(value: unknown, limits: ReadLimits, row: number): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return numberCell(String(value));
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return cellOfText(typeof value === 'string' ? value : JSON.stringify(value), limits, row);
}
