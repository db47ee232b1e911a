/**
 * xml: repeated elements as rows. Which element is the row is found in a first pass: the path under which the most
 * known headers occur, then the one nearest to the root that repeats, then the most frequent. Attributes and inner
 * elements are its columns, names of inner ones joined by dots; `<field name="…">`, as databases export it, is named by
 * its attribute.
 *
 * A row's number is the place of its element; the names stand in row 0.
 */
import { isKnownHeader } from '../recognise/headers.ts';
import { badFile } from './file-faults.ts';
import { cellOfText, createColumnSet, headerRow, type ColumnSet, type FlatRecord } from './flat-record.ts';
import type { OpenedTables, RawRow, Reader, ReadLimits, ReadOptions } from './reader.ts';
import { encodingOfText, textOf, XML_ENCODING } from './text-file.ts';
import { attributesOf, createXmlScanner, type XmlHandlers } from './xml-scanner.ts';

const MAX_PATHS = 10_000;
const NAMING_ATTRIBUTE = /^(name|column|key|field)$/i;
const GENERIC_ELEMENT = /^(field|column|col|cell|value|item|property|attribute|param)$/i;

export const xmlReader: Reader = {
  format: 'xml',
  async open(path, options) {
    const encoding = await encodingOfText(path, options.encoding, XML_ENCODING);
    const rowPath = await findRowPath(path, encoding, options);
    const columns = createColumnSet(options.limits);
    if (rowPath !== null)
      for await (const records of recordsOf(path, encoding, rowPath, options, () => {}))
        for (const { record } of records) columns.add(record);
    return openedXml(path, encoding, rowPath, columns, options);
  },
};

function openedXml(
  path: string,
  encoding: string,
  rowPath: string | null,
  columns: ColumnSet,
  options: ReadOptions,
): OpenedTables {
  async function* rows(): AsyncGenerator<RawRow[], void, undefined> {
    if (rowPath === null) return;
    yield [headerRow(columns)];
    for await (const records of recordsOf(path, encoding, rowPath, options, options.onBytes)) {
      yield records.map(({ record, row }) => ({ row, cells: columns.cells(record) }));
    }
  }
  return {
    delimiter: null,
    encoding,
    warnings: [],
    async *tables() {
      yield { sheet: null, rows: rows() };
    },
    close: async () => {},
  };
}

interface PathSeen {
  count: number;
  depth: number;
  /** elements at this path that have attributes or inner elements */
  filled: number;
  known: Set<string>;
}

async function findRowPath(path: string, encoding: string, options: ReadOptions): Promise<string | null> {
  const seen = new Map<string, PathSeen>();
  const open: string[] = [];
  const holds: boolean[] = [];
  const at = (place: string): PathSeen => {
    const known = seen.get(place);
    if (known !== undefined) return known;
    if (seen.size >= MAX_PATHS) throw badFile('too_many_columns', { row: 1, max: MAX_PATHS });
    const made = { count: 0, depth: open.length, filled: 0, known: new Set<string>() };
    seen.set(place, made);
    return made;
  };
  const handlers: XmlHandlers = {
    open(name, raw) {
      const parent = open.at(-1);
      const place = parent === undefined ? name : `${parent}/${name}`;
      open.push(place);
      const entry = at(place);
      entry.count++;
      const attributes = attributesOf(raw);
      // One that is named by its attribute is a cell and not a row.
      const names = GENERIC_ELEMENT.test(name) && attributes.some(([attribute]) => NAMING_ATTRIBUTE.test(attribute));
      holds.push(attributes.length > 0 && !names);
      for (const [attribute, value] of attributes) {
        if (isKnownHeader(attribute)) entry.known.add(attribute);
        if (parent !== undefined && NAMING_ATTRIBUTE.test(attribute) && isKnownHeader(value))
          at(parent).known.add(value);
      }
      if (parent === undefined) return;
      holds[holds.length - 2] = true;
      if (isKnownHeader(name)) at(parent).known.add(name);
    },
    close() {
      if (holds.pop() === true) at(open.at(-1)!).filled++;
      open.pop();
    },
    text: () => {},
  };
  await scan(path, encoding, options, handlers, () => {});
  const paths = [...seen].filter(([, { depth, filled }]) => depth > 1 && filled > 0);
  const best = paths.toSorted(
    ([, a], [, b]) =>
      b.known.size - a.known.size ||
      Number(b.count > 1) - Number(a.count > 1) ||
      a.depth - b.depth ||
      b.count - a.count,
  )[0];
  return best?.[0] ?? null;
}

interface NumberedRecord {
  record: FlatRecord;
  row: number;
}

async function* recordsOf(
  path: string,
  encoding: string,
  rowPath: string,
  options: ReadOptions,
  onBytes: (consumed: number) => void,
): AsyncGenerator<NumberedRecord[], void, undefined> {
  const { limits } = options;
  let records: NumberedRecord[] = [];
  let count = 0;
  let place = '';
  let record: FlatRecord | null = null;
  const names: string[] = [];
  let text = '';
  let leaf = false;

  const handlers: XmlHandlers = {
    open(name, raw) {
      place = place === '' ? name : `${place}/${name}`;
      if (record === null) {
        if (place !== rowPath) return;
        record = new Map();
        if (++count >= limits.maxRows) throw badFile('too_many_rows', { max: limits.maxRows });
        names.length = 0;
        for (const [attribute, value] of attributesOf(raw)) put(record, attribute, value, limits, count);
        return;
      }
      const attributes = attributesOf(raw);
      const naming = GENERIC_ELEMENT.test(name)
        ? attributes.find(([attribute]) => NAMING_ATTRIBUTE.test(attribute))
        : undefined;
      names.push(naming === undefined ? name : naming[1]);
      const prefix = names.join('.');
      for (const pair of attributes) if (pair !== naming) put(record, `${prefix}.${pair[0]}`, pair[1], limits, count);
      text = '';
      leaf = true;
    },
    close(name) {
      if (record !== null) {
        if (names.length === 0) {
          records.push({ record, row: count });
          record = null;
        } else {
          if (leaf) put(record, names.join('.'), text.trim(), limits, count);
          names.pop();
          leaf = false;
        }
      }
      place = place.slice(0, Math.max(0, place.length - name.length - 1));
    },
    text(piece) {
      if (!leaf) return;
      text += piece;
      if (text.length > limits.maxCellChars) throw badFile('cell_too_long', { row: count, max: limits.maxCellChars });
    },
  };
  const scanned = scanning(path, encoding, options, handlers, onBytes);
  for await (const _piece of scanned) {
    if (records.length === 0) continue;
    yield records;
    options.signal.throwIfAborted();
    records = [];
  }
  if (records.length > 0) yield records;
}

/** A name that occurs again within one record is counted: `phone`, `phone.2`. */
function put(record: FlatRecord, name: string, value: string, limits: ReadLimits, row: number): void {
  let free = name;
  for (let n = 2; record.has(free); n++) free = `${name}.${n}`;
  record.set(free, cellOfText(value, limits, row));
  if (record.size > limits.maxColumns) throw badFile('too_many_columns', { row, max: limits.maxColumns });
}

async function scan(
  path: string,
  encoding: string,
  options: ReadOptions,
  handlers: XmlHandlers,
  onBytes: (consumed: number) => void,
): Promise<void> {
  for await (const _piece of scanning(path, encoding, options, handlers, onBytes)) options.signal.throwIfAborted();
}

async function* scanning(
  path: string,
  encoding: string,
  { limits, signal }: ReadOptions,
  handlers: XmlHandlers,
  onBytes: (consumed: number) => void,
): AsyncGenerator<void, void, undefined> {
  const scanner = createXmlScanner(handlers, limits.maxDepth);
  for await (const piece of textOf({ path, encoding, signal, onBytes })) {
    scanner.write(piece);
    yield;
  }
  scanner.end();
}
