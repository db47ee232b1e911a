/** Files that are made to take time, memory or the reader's word, each with the answer it must get. */
import * as XLSX from '@e965/xlsx';
import { deflateSync } from 'node:zlib';
import { encodeAs, workbookOf, workbookParts, zipOf } from '../../unit/readers/reading.ts';
import { csvBytes, rowsOfHappyWorkers } from '../files.ts';
import { docOf } from './doc-file.ts';
import type { HostileFile } from './hostile-files.ts';
import { biff5Of, biffOf, docxOf } from './office-formats.ts';
import { pdfOfObjects, pdfOfTable } from './pdf-file.ts';
import { documentXml, htmlTable, spreadsheetXml, type TextRows } from './text-formats.ts';
import {
  LOADED,
  ASKED,
  BAD,
  ENCRYPTED,
  EMPTY,
  FOREIGN,
  BAD_OR_STOPPED,
  BAD_OR_ASKED,
  times,
  type Made,
} from './bomb-answers.ts';
import { archiveBombs, polyglots } from './archive-bombs.ts';

export interface Bomb extends HostileFile {
  /** `loaded`, `asked`, `unpacked` or the code of the fault. */
  answer: RegExp;
}

const CELL = (text: string, place = 'A1') => `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`;
const ENTITIES =
  '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>';
const EXTERNAL = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>';
const HEADER = 'Номер заказа,Машинный код,Наименование товара,Цена заказа,Время создания,Статус платежа,Статус варки';

type BombGroup = 'text' | 'json' | 'xml' | 'html' | 'workbook' | 'office' | 'pdf' | 'archive' | 'polyglot';

/**
 * @param large also what takes seconds to write
 * @param only the groups that are wanted; default: all
 */
export async function bombs(large: boolean, only?: readonly BombGroup[]): Promise<Bomb[]> {
  const cells = rowsOfHappyWorkers(times(40, (i) => ({ number: `ff${i}` })));
  const rows: TextRows = cells.map((row) =>
    row.map((cell) => (cell === '' ? null : String(typeof cell === 'object' ? 45_000 : cell))),
  );
  const groups: Record<BombGroup, () => Made | Promise<Made>> = {
    text: () => textBombs(csvBytes(cells), large),
    json: () => jsonBombs(large),
    xml: () => xmlBombs(large),
    html: () => htmlBombs(rows),
    workbook: () => workbookBombs(large),
    office: () => officeBombs(rows),
    pdf: () => pdfBombs(rows, large),
    archive: () => archiveBombs(large),
    polyglot: () => polyglots(cells, rows),
  };
  const made: Made = [];
  for (const [name, make] of Object.entries(groups))
    if (only === undefined || only.some((group) => group === name)) made.push(...(await make()));
  return made.map(([name, content, answer]) => ({
    name,
    content: typeof content === 'string' ? Buffer.from(content) : content,
    answer,
  }));
}

function textBombs(good: Uint8Array, large: boolean): Made {
  const wide = times(large ? 1_000_000 : 100_000, String).join(',');
  return [
    ['empty.csv', '', EMPTY],
    ['only mark.csv', '\ufeff', EMPTY],
    ['only mark of utf-16.csv', Buffer.from([0xff, 0xfe]), EMPTY],
    ['only blanks.txt', ' \r\n\t\n'.repeat(5_000), EMPTY],
    ['only nul.xlsx', Buffer.alloc(5_000), EMPTY],
    ['only header.csv', HEADER, LOADED],
    ['nul bytes.csv', `${HEADER}\n\0\0\0,\0`, /^(loaded|bad_file)$/],
    [
      'nul between.csv',
      Buffer.from(Array.from(good, (byte, i) => (i % 997 === 996 ? 0 : byte))),
      /^(loaded|asked|bad_file)$/,
    ],
    ['unclosed quote.csv', `${HEADER}\n"a,b\n${'x,y\n'.repeat(50_000)}`, LOADED],
    ['quotes everywhere.csv', `${HEADER}\n${'"'.repeat(3_000_001)}`, BAD_OR_ASKED],
    ['mixed line ends.csv', `${HEADER}\r\na,b\rc,d\ne,f`, LOADED],
    ['only delimiters.csv', `${',,,,,,\n'.repeat(300_000)}`, /^(asked|empty_file)$/],
    ['long line.csv', 'x'.repeat(6_000_000), BAD],
    ['huge cell.csv', `${HEADER}\n"${'x\n'.repeat(2_500_000)}",b`, BAD],
    ['million columns.csv', `${wide}\n${wide}`, BAD],
    [
      'half a letter.csv',
      Buffer.concat([Buffer.from('\ufeff'), Buffer.from(good).subarray(0, -1), Buffer.from([0xd0])]),
      LOADED,
    ],
    ['odd utf-16.csv', Buffer.concat([Buffer.from('\ufeffа;б\nв;г', 'utf16le'), Buffer.from([0x41])]), ASKED],
    ['program.csv', Buffer.concat([Buffer.from('MZ\x90\0\x03', 'latin1'), Buffer.alloc(3_000, 1)]), FOREIGN],
    ['noise.txt', noise(50_000), BAD],
  ];
}

function jsonBombs(large: boolean): Made {
  const deep = large ? 20_000_000 : 2_000_000;
  return [
    ['deep.json', '['.repeat(deep), BAD],
    ['deep objects.json', '{"a":'.repeat(deep / 5), BAD],
    ['endless string.json', `["${'x'.repeat(6_000_000)}`, BAD],
    ['endless number.json', `[${'1'.repeat(6_000_000)}`, BAD],
    ['huge number.json', '[{"a":1e999999,"b":-1e-999999}]', ASKED],
    ['million values.json', `[[${'1,'.repeat(large ? 1_000_000 : 100_000)}1]]`, BAD],
    ['many keys.json', `[{${times(50_000, (i) => `"k${i}":1`).join()}}]`, BAD],
    ['many tables.json', `{${times(10_000, (i) => `"k${i}":[{"a":1}]`).join()}}`, BAD],
    ['prototype.json', '[{"__proto__":{"a":1},"constructor":{"prototype":{"b":1}},"toString":1}]', ASKED],
    ['only brackets.json', '[]', EMPTY],
  ];
}

function xmlBombs(large: boolean): Made {
  const deep = large ? 6_000_000 : 600_000;
  return [
    ['entity.xml', `<?xml version="1.0"?>${ENTITIES}<a>&c;</a>`, BAD],
    ['external entity.xml', `<?xml version="1.0"?>${EXTERNAL}<a><b>&a;</b></a>`, BAD],
    ['deep.xml', '<a>'.repeat(deep), BAD],
    ['many attributes.xml', `<a><b ${times(100_000, (i) => `a${i}="1"`).join(' ')}/></a>`, BAD],
    ['many columns.xml', `<a><b>${times(100_000, (i) => `<c${i}>1</c${i}>`).join('')}</b></a>`, BAD],
    ['huge cell.xml', `<a><b><c>${'x'.repeat(5_000_000)}</c></b></a>`, BAD],
    ['endless tag.xml', `<a ${'x'.repeat(5_000_000)}`, BAD],
    ['endless comment.xml', `<a><!--${'-'.repeat(3_000_000)}`, BAD],
    ['many sheets.xls', spreadsheetXml(Object.fromEntries(times(10_000, (i) => [`s${i}`, [['a']]]))), BAD],
    [
      'far index.xls',
      spreadsheetXml({ a: [['x']] })
        .toString()
        .replace('<Cell>', '<Cell ss:Index="900000000">'),
      BAD,
    ],
    [
      'entity.xls',
      spreadsheetXml({ a: [['x']] })
        .toString()
        .replace('<Workbook', `${ENTITIES}<Workbook`),
      BAD,
    ],
  ];
}

function htmlBombs(rows: TextRows): Made {
  return [
    ['colspan.xls', '<table><tr><td colspan=1000000000>x</td></tr></table>', BAD],
    [
      'rowspan.xls',
      `<table><tr>${'<td rowspan=1000000000>x'.repeat(900)}</tr>${'<tr><td>y</td></tr>'.repeat(3_000)}</table>`,
      ASKED,
    ],
    ['nested tables.xls', '<table><tr><td>'.repeat(200_000), BAD],
    ['many tables.xls', '<table><tr><td>x</td></tr></table>'.repeat(10_000), BAD],
    ['many columns.xls', `<table><tr>${'<td>x</td>'.repeat(100_000)}</tr></table>`, BAD],
    ['huge cell.xls', `<table><tr><td>${'x'.repeat(5_000_000)}</td></tr></table>`, BAD],
    ['open tags.xls', `<table><tr><td>${'<b>'.repeat(500_000)}`, BAD],
    [
      'script.xls',
      htmlTable(rows).replace('<body>', `<body><script>for(;;);${'x'.repeat(1_000_000)}</script>`),
      LOADED,
    ],
    ['html as csv.csv', '<html><body>Session expired</body></html>', FOREIGN],
  ];
}

async function workbookBombs(large: boolean): Promise<Made> {
  const inflating = Buffer.alloc((large ? 400 : 64) * 1024 * 1024, ' ');
  const sheetBomb = workbookParts({ sheets: { a: '' } });
  sheetBomb['xl/worksheets/sheet1.xml'] = Buffer.concat([Buffer.from('<worksheet><sheetData>'), inflating]);
  const one = `<row r="1">${CELL('x')}</row>`;
  return [
    ['far cell.xlsx', await workbookOf({ sheets: { a: `<row r="1048576">${CELL('x', 'XFD1048576')}</row>` } }), BAD],
    [
      'beyond the last column.xlsx',
      await workbookOf({ sheets: { a: `<row r="1">${CELL('x', 'ZZZZZZZ1')}</row>` } }),
      BAD,
    ],
    [
      'forged dimension.xlsx',
      await workbookOf({
        sheets: { a: '' },
        parts: {
          'xl/worksheets/sheet1.xml': `<worksheet><dimension ref="A1:XFD1048576"/><sheetData>${one}</sheetData></worksheet>`,
        },
      }),
      ASKED,
    ],
    ['sheet of blanks.xlsx', await zipOf(sheetBomb), /^(bad_file|archive_limit)$/],
    ['huge cell.xlsx', await workbookOf({ sheets: { a: `<row r="1">${CELL('x'.repeat(5_000_000))}</row>` } }), BAD],
    [
      'huge shared text.xlsx',
      await workbookOf({
        sheets: { a: '<row r="1"><c r="A1" t="s"><v>0</v></c></row>' },
        strings: `<si><t>${'x'.repeat(5_000_000)}</t></si>`,
      }),
      BAD,
    ],
    [
      'text that is not there.xlsx',
      await workbookOf({ sheets: { a: '<row r="1"><c r="A1" t="s"><v>999999999</v></c></row>' } }),
      BAD,
    ],
    [
      'many sheets.xlsx',
      await workbookOf({ sheets: Object.fromEntries(times(large ? 10_000 : 1_000, (i) => [`s${i}`, ''])) }),
      BAD,
    ],
    [
      'doctype.xlsx',
      await workbookOf({ sheets: { a: '' }, parts: { 'xl/workbook.xml': `${ENTITIES}<workbook>&c;</workbook>` } }),
      BAD,
    ],
    [
      'formulas.xlsx',
      await workbookOf({
        sheets: { a: `<row r="1"><c r="A1"><f>WEBSERVICE("http://127.0.0.1:1/")</f><v>1</v></c></row>` },
      }),
      ASKED,
    ],
    [
      'macros.xlsm',
      await workbookOf({ sheets: { a: one }, parts: { 'xl/vbaProject.bin': Buffer.alloc(900, 7) } }),
      ASKED,
    ],
    [
      'linked.xlsx',
      await workbookOf({ sheets: { a: one }, parts: { 'xl/externalLinks/externalLink1.xml': '<a/>' } }),
      ASKED,
    ],
    [
      'encrypted.xlsx',
      oleWith({ '/EncryptionInfo': Buffer.alloc(5_000, 4), '/EncryptedPackage': noise(9_000) }),
      ENCRYPTED,
    ],
    ['picture.xlsx', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), FOREIGN],
  ];
}

async function officeBombs(rows: TextRows): Promise<Made> {
  const many = documentXml(times(10_000, () => [['a', 'b']]));
  const password = biff5Of('a', rows, (cell) => encodeAs(cell, 'windows-1251'));
  password.writeUInt16LE(0x002f, password.indexOf(Buffer.from('42000200e304', 'hex')));
  const lockedWord = docOf(rows);
  const start = lockedWord.indexOf(Buffer.from('eca5c100', 'hex'));
  lockedWord.writeUInt16LE(0x0300, start + 0x0a);
  return [
    ['deep.docx', await docxWith(`<w:document>${'<w:tbl><w:tr><w:tc>'.repeat(100_000)}`), BAD],
    ['many tables.docx', await docxWith(many), BAD],
    ['many columns.docx', await docxOf([times(100_000, () => 'x')]), BAD],
    ['huge cell.docx', await docxOf([['x'.repeat(5_000_000)]]), BAD],
    ['entity.docx', await docxWith(`${ENTITIES}<w:document>&c;</w:document>`), BAD],
    ['password.xls', password, ENCRYPTED],
    ['password.doc', lockedWord, ENCRYPTED],
    ['many sheets.xls', biffOf(Object.fromEntries(times(400, (i) => [`s${i}`, [['a']]]))), BAD],
    ['far cell.xls', biffFar(), ASKED],
    ['no workbook.xls', oleWith({ '/Something': noise(9_000) }), BAD],
    ['noise.doc', noise(20_000), BAD],
    ['noise in its container.doc', oleWith({ '/WordDocument': noise(9_000), '/1Table': noise(9_000) }), BAD],
    ['noise in its container.xls', oleWith({ '/Workbook': noise(90_000) }), BAD],
    ['ole2 loop.xls', oleLoop(), BAD],
  ];
}

function pdfBombs(rows: TextRows, large: boolean): Made {
  const page = (content: string) => `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] ${content} >>`;
  const catalog = '<< /Type /Catalog /Pages 2 0 R >>';
  const stream = (head: string, body: Buffer | string) =>
    `<< /Length ${Buffer.byteLength(body)} ${head} >>\nstream\n${body.toString('latin1')}\nendstream`;
  const inflating = deflateSync(Buffer.alloc((large ? 300 : 60) * 1024 * 1024, ' '));
  const good = pdfOfTable(rows).toString('latin1');
  return [
    [
      'pages in a circle.pdf',
      pdfOfObjects([catalog, '<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] /Parent 2 0 R >>']),
      BAD,
    ],
    [
      'pages that are not there.pdf',
      pdfOfObjects([catalog, '<< /Type /Pages /Count 1000000000 /Kids [9 0 R] >>']),
      BAD_OR_STOPPED,
    ],
    [
      'length of itself.pdf',
      pdfOfObjects([
        catalog,
        '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
        page('/Contents 4 0 R'),
        '<< /Length 4 0 R >>\nstream\nBT ET\nendstream',
      ]),
      BAD,
    ],
    [
      'form that draws itself.pdf',
      pdfOfObjects([
        catalog,
        '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
        page('/Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >>'),
        stream('', '/F Do'),
        stream('/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >>', '/F Do /F Do'),
      ]),
      BAD_OR_STOPPED,
    ],
    [
      'objects within themselves.pdf',
      pdfOfObjects([
        catalog,
        '<< /Type /Pages /Count 1 /Kids [3 0 R] /Resources 2 0 R >>',
        page('/Resources 3 0 R /Contents [3 0 R 3 0 R]'),
      ]),
      BAD,
    ],
    [
      'inflating.pdf',
      pdfOfObjects([
        catalog,
        '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
        page('/Contents 4 0 R'),
        stream('/Filter /FlateDecode', inflating),
      ]),
      BAD_OR_STOPPED,
    ],
    [
      'table before itself.pdf',
      Buffer.from(good.replace('/Root 1 0 R >>', `/Root 1 0 R /Prev ${good.lastIndexOf('xref\n0')} >>`), 'latin1'),
      /^(loaded|bad_file)$/,
    ],
    [
      'encrypted.pdf',
      Buffer.from(
        good.replace(
          '/Root 1 0 R >>',
          `/Root 1 0 R /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> >> >>`,
        ),
        'latin1',
      ),
      ENCRYPTED,
    ],
    ['deep.pdf', `%PDF-1.4\n1 0 obj\n${'['.repeat(large ? 3_000_000 : 300_000)}`, BAD_OR_STOPPED],
    ['no pages.pdf', '%PDF-1.4\n%%EOF\n', BAD],
  ];
}

const docxWith = (document: string): Promise<Buffer> =>
  zipOf({ 'word/document.xml': document, '[Content_Types].xml': '<T/>' });

function noise(size: number): Buffer {
  return Buffer.from(times(size, (i) => (i * 7_919 + (i >> 3) * 31) % 256));
}

function oleWith(streams: Readonly<Record<string, Buffer>>): Buffer {
  const container = XLSX.CFB.utils.cfb_new();
  for (const [name, content] of Object.entries(streams)) XLSX.CFB.utils.cfb_add(container, name, content);
  return XLSX.CFB.write(container, { type: 'buffer' }) as Buffer;
}

const DIMENSIONS = 0x0200;
const CELL_RECORDS = new Set([0x0203, 0x0204, 0x00fd]);

/**
 * One cell in the last corner of a sheet of Excel 97, and a range that says so: the library would walk all 16 million
 * to write it.
 */
function biffFar(): Buffer {
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, { A1: { t: 's', v: 'x' }, B2: { t: 's', v: 'y' }, '!ref': 'A1:B2' }, 'a');
  const container = XLSX.CFB.read(XLSX.write(book, { type: 'buffer', bookType: 'biff8' }), { type: 'buffer' });
  const entry = XLSX.CFB.find(container, '/Workbook');
  const records = Buffer.from(entry?.content as Uint8Array);
  for (let at = 0; at + 4 <= records.length; at += 4 + records.readUInt16LE(at + 2)) {
    const type = records.readUInt16LE(at);
    if (type === DIMENSIONS) {
      records.writeUInt32LE(65_536, at + 8);
      records.writeUInt16LE(256, at + 14);
    } else if (CELL_RECORDS.has(type) && records.readUInt16LE(at + 4) === 1) {
      records.writeUInt16LE(65_535, at + 4);
      records.writeUInt16LE(255, at + 6);
    }
  }
  return oleWith({ '/Workbook': records });
}

/** A container whose sectors lead round in a circle. */
function oleLoop(): Buffer {
  const file = Buffer.from(biffOf({ a: [['x']] }));
  const table = (file.readUInt32LE(76) + 1) * 512;
  for (let entry = 1; entry < 10; entry++) file.writeUInt32LE(entry === 9 ? 3 : entry + 1, table + entry * 4);
  return file;
}
