/** Tables of an HTML page, which many a shop calls .xls. htmlparser2 takes any HTML there is, in pieces. */
import { Parser } from 'htmlparser2';
import { badFile } from './file-faults.ts';
import { FileFault, type OpenedTables, type ReadOptions } from './reader.ts';
import { createTableTracker, tablesInOrder, tablesWithRows, type TableRow } from './table-tracker.ts';
import { encodingOfText, HTML_ENCODING, textOf } from './text-file.ts';

/** Throws FileFault `unsupported_format` for a page without tables. */
export async function openHtmlTables(path: string, options: ReadOptions): Promise<OpenedTables> {
  const encoding = await encodingOfText(path, options.encoding, HTML_ENCODING);
  const tables = await tablesWithRows(() => scan(path, encoding, options, () => {}), options.limits);
  if (tables.length === 0) throw new FileFault('unsupported_format', { format: 'html' });
  return {
    delimiter: null,
    encoding,
    warnings: [],
    tables: () => tablesInOrder(() => scan(path, encoding, options, options.onBytes), tables, options.sheet),
    close: async () => {},
  };
}

/** The parser pays for every open tag with each further one; pages that leave tags open in each cell stay far below. */
const MAX_OPEN_TAGS = 20_000;

const UNSEEN: ReadonlySet<string> = new Set('script style head title template noscript del s strike'.split(' '));
/** Rows and columns are read though a page hides them: nothing of a report is left out without a word. */
const STRUCTURE: ReadonlySet<string> = new Set('html body table thead tbody tfoot tr td th col colgroup'.split(' '));

/** Whether a page shows nothing of an element: what a table is sorted by often stands so beside a value. */
function isUnseen(name: string, attributes: Readonly<Record<string, string>>): boolean {
  if (UNSEEN.has(name)) return true;
  if (STRUCTURE.has(name)) return false;
  return (
    attributes['hidden'] !== undefined || /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attributes['style'] ?? '')
  );
}

async function* scan(
  path: string,
  encoding: string,
  { limits, signal }: ReadOptions,
  onBytes: (consumed: number) => void,
): AsyncGenerator<TableRow[], void, undefined> {
  const tracker = createTableTracker(limits, cleanText);
  let unseen = 0;
  const open: boolean[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (open.length >= MAX_OPEN_TAGS) throw badFile('too_deep', { max: MAX_OPEN_TAGS });
        const hides = isUnseen(name, attributes);
        open.push(hides);
        if (hides) unseen++;
        else if (name === 'table') tracker.openTable();
        else if (name === 'tr') tracker.openRow();
        else if (name === 'td' || name === 'th')
          tracker.openCell(Number(attributes['colspan'] ?? 1), Number(attributes['rowspan'] ?? 1));
        else if ((name === 'br' || name === 'p' || name === 'div') && unseen === 0) tracker.text('\n');
      },
      onclosetag(name) {
        if (open.pop() === true) unseen--;
        else if (name === 'table') tracker.closeTable();
        else if (name === 'tr') tracker.closeRow();
        else if (name === 'td' || name === 'th') tracker.closeCell();
      },
      ontext(text) {
        if (unseen <= 0) tracker.text(text.replace(/[\r\n\t]+/g, ' '));
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  for await (const piece of textOf({ path, encoding, signal, onBytes })) {
    signal.throwIfAborted();
    parser.write(piece);
    const rows = tracker.take();
    if (rows.length > 0) yield rows;
  }
  parser.end();
  const rows = tracker.take();
  if (rows.length > 0) yield rows;
}

/** Blanks as a browser shows them; a line break is one only where the page says so. */
function cleanText(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/[ \u00a0]+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}
