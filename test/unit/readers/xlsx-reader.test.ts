import assert from 'node:assert/strict';
import ExcelJS from 'exceljs';
import type { Cell } from '../../../shared/ingest/readers/reader.ts';
import { isDateFormat, numberCell, serialToText } from '../../../shared/ingest/readers/xlsx-values.ts';
import { cellsOf, faultOf, readBytes, workbookOf, workbookParts, zipOf, type WorkbookParts } from './reading.ts';

const cellsIn = async (sheetData: string, more: Partial<WorkbookParts> = {}): Promise<Cell[][]> =>
  cellsOf(await workbookOf({ sheets: { sheet1: sheetData }, ...more }));

const DATE_STYLES =
  '<numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy\\ hh:mm"/><numFmt numFmtId="165" formatCode="#,##0&quot; days&quot;"/></numFmts>' +
  '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="21"/></cellXfs>';

describe('cells of a workbook', () => {
  it('reads what exceljs writes: texts, numbers, dates, booleans, formulas, rich text, several sheets', async () => {
    const workbook = new ExcelJS.Workbook();
    const first = workbook.addWorksheet('Общий отчет');
    first.addRow(['ff0000bb81', 'Латте', 15000, 0.1, new Date(Date.UTC(2025, 5, 30, 23, 59, 50)), true]);
    first.addRow([
      { richText: [{ text: 'при' }, { text: 'вет', font: { bold: true } }] },
      { formula: 'A1&"x"', result: 'итог' },
      '5e7118',
      '00123456',
      null,
      'x',
    ]);
    workbook.addWorksheet('second', { state: 'hidden' }).addRow([1, 'two']);
    const { tables } = await readBytes(Buffer.from(await workbook.xlsx.writeBuffer()));
    assert.deepEqual(tables, [
      {
        sheet: 'Общий отчет',
        rows: [
          { row: 1, cells: ['ff0000bb81', 'Латте', 15000, 0.1, '2025-06-30 23:59:50', 'TRUE'] },
          { row: 2, cells: ['привет', 'итог', '5e7118', '00123456', null, 'x'] },
        ],
      },
      { sheet: 'second', rows: [{ row: 1, cells: [1, 'two'] }] },
    ]);
  });

  it('joins the runs of rich text and leaves phonetic guides out, shared and inline', async () => {
    const strings =
      '<si><r><t>при</t></r><r><rPr/><t xml:space="preserve">вет </t></r><rPh><t>nope</t></rPh><phoneticPr/></si>';
    const sheet =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r><rPh><t>nope</t></rPh></is></c></row>';
    assert.deepEqual(await cellsIn(sheet, { strings }), [['привет ', 'ab']]);
  });

  it('reads dates by number format, built in or custom, and nothing else as a date', async () => {
    const cell = (style: number, value: string, i: number) =>
      `<c r="${'ABCDEFG'[i]}1" s="${style}"><v>${value}</v></c>`;
    const specs = ['1|45838.99988425926', '2|45838.5', '3|45838.5', '0|45838.5', '4|0.75', '1|60.25', '1|-1'];
    const cells = specs.map((spec, i) => cell(Number(spec.split('|')[0]), spec.split('|')[1]!, i));
    const sheet = `<row r="1">${cells.join('')}</row>`;
    assert.deepEqual(await cellsIn(sheet, { styles: DATE_STYLES }), [
      ['2025-06-30 23:59:50', '2025-06-30 12:00:00', 45838.5, 45838.5, '18:00:00', '1900-02-28 06:00:00', -1],
    ]);
  });

  it('reads the 1904 epoch and ISO date cells', async () => {
    const sheet =
      '<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" t="d"><v>2025-08-04T04:01:29.600</v></c><c r="C1" t="d"><v>2025-08-04</v></c>' +
      '<c r="D1" t="d"><v>2025-08-04T04:01Z</v></c></row>';
    assert.deepEqual(await cellsIn(sheet, { styles: DATE_STYLES, workbookPr: '<workbookPr date1904="1"/>' }), [
      ['1904-01-02 00:00:00', '2025-08-04 04:01:30', '2025-08-04 00:00:00', '2025-08-04 04:01:00'],
    ]);
  });

  it('keeps ids whole, errors as text, and decodes what Excel escapes', async () => {
    const sheet =
      '<row r="1"><c r="A1"><v>9202004001000000123</v></c><c r="B1"><v>2.2020040010000001E16</v></c><c r="C1" t="e"><v>#N/A</v></c>' +
      '<c r="D1" t="str"><v>a_x000D_b_x0000_</v></c><c r="E1" t="b"><v>0</v></c><c r="F1"><v>12345.670000000002</v></c></row>';
    assert.deepEqual(await cellsIn(sheet), [
      ['9202004001000000123', '22020040010000001', '#N/A', 'a\rb', 'FALSE', 12345.67],
    ]);
  });

  it('keeps the zeros that a format of zeros shows, and refuses to make up digits of an id', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="170" formatCode="000000"/><numFmt numFmtId="171" formatCode="0.00"/></numFmts>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs>';
    const sheet =
      '<row r="1"><c r="A1" s="1"><v>885</v></c><c r="B1" s="2"><v>885</v></c><c r="C1" s="1"><v>1234567</v></c>' +
      '<c r="D1"><v>1.2345678901234568E18</v></c><c r="E1"><v>2.202004001E15</v></c></row>';
    assert.deepEqual(await cellsIn(sheet, { styles }), [
      ['000885', 885, '1234567', '1.2345678901234568E18', 2202004001000000],
    ]);
  });

  it('places cells and rows without references, and cells out of order', async () => {
    const sheet =
      '<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c r="A5"><v>1</v></c></row><row><c t="s"/><c><v>9</v></c></row>';
    const { tables } = await readBytes(await workbookOf({ sheets: { a: sheet } }));
    assert.deepEqual(tables[0]?.rows, [
      { row: 1, cells: [1, 2] },
      { row: 2, cells: [] },
      { row: 3, cells: [] },
      { row: 4, cells: [] },
      { row: 5, cells: [1, null, 3] },
      { row: 6, cells: [null, 9] },
    ]);
  });

  it('ignores styled cells without a value, however far out, and empty rows at the end', async () => {
    const sheet =
      '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="1048576"><c r="A1048576" s="1"/></row>';
    assert.deepEqual(await cellsIn(sheet, { styles: DATE_STYLES }), [[1]]);
  });
});

describe('workbooks of careless writers', () => {
  it('reads prefixed tags, backslashes in part names, absolute targets and utf-16 parts', async () => {
    const parts = workbookParts({
      sheets: { one: '<row r="1"><c r="A1" t="s"><v>0</v></c></row>' },
      strings: '<si><t>да</t></si>',
    });
    const prefix = (xml: string) => xml.replace(/<(\/?)(?=[a-z])/g, '<$1x:').replaceAll('xmlns=', 'xmlns:x=');
    parts['xl/worksheets/sheet1.xml'] = prefix(parts['xl/worksheets/sheet1.xml'] as string);
    parts['xl/sharedStrings.xml'] = Buffer.from(
      '\ufeff' + (parts['xl/sharedStrings.xml'] as string).replace('UTF-8', 'UTF-16'),
      'utf16le',
    );
    parts['xl/_rels/workbook.xml.rels'] = (parts['xl/_rels/workbook.xml.rels'] as string).replace(
      'Target="worksheets',
      'Target="/xl/worksheets',
    );
    const turned = Object.fromEntries(
      Object.entries(parts).map(([name, content]) => [name.replaceAll('/', '\\'), content]),
    );
    assert.deepEqual(await cellsOf(await zipOf(turned)), [['да']]);
  });

  it('follows the relationships of a strict workbook and any prefix of their namespace', async () => {
    const parts = workbookParts({ sheets: { one: '<row r="1"><c r="A1"><v>1</v></c></row>' } });
    parts['xl/workbook.xml'] = (parts['xl/workbook.xml'] as string)
      .replaceAll('r:id', 'd3p1:id')
      .replace('xmlns:r=', 'xmlns:d3p1=');
    parts['xl/_rels/workbook.xml.rels'] = (parts['xl/_rels/workbook.xml.rels'] as string).replaceAll(
      'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
      'http://purl.oclc.org/ooxml/officeDocument/relationships',
    );
    assert.deepEqual(await cellsOf(await zipOf(parts)), [[1]]);
  });

  it('passes over chart sheets', async () => {
    const parts = workbookParts({ sheets: { chart: '', data: '<row r="1"><c r="A1"><v>1</v></c></row>' } });
    parts['xl/_rels/workbook.xml.rels'] = (parts['xl/_rels/workbook.xml.rels'] as string).replace(
      '/worksheet"',
      '/chartsheet"',
    );
    const { tables } = await readBytes(await zipOf(parts));
    assert.deepEqual(
      tables.map(({ sheet }) => sheet),
      ['data'],
    );
  });
});

describe('hostile workbooks are refused at once', () => {
  const row = '<row r="1"><c r="A1"><v>1</v></c></row>';
  const refused = async (content: Buffer, code: string, kind: string, limits = {}): Promise<void> => {
    const before = process.cpuUsage();
    await assert.rejects(readBytes(content, { limits }), faultOf(code, kind));
    // time on a core: what else the machine does says nothing of the reader
    const { user } = process.cpuUsage(before);
    assert.ok(user < 3_000_000, `${Math.round(user / 1_000)} ms of a core`);
  };

  it('a far cell', async () => {
    await refused(
      await workbookOf({ sheets: { a: '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' } }),
      'bad_file',
      'too_many_columns',
    );
  });

  it('a million cells in a row', async () => {
    await refused(
      await workbookOf({ sheets: { a: `<row r="1">${'<c><v>1</v></c>'.repeat(1_000_000)}</row>` } }),
      'bad_file',
      'too_many_columns',
    );
  });

  it('one endless cell, shared, inline or in a value', async () => {
    const long = 'x'.repeat(3_000_000);
    await refused(
      await workbookOf({ sheets: { a: `<row r="1"><c t="inlineStr"><is><t>${long}</t></is></c></row>` } }),
      'bad_file',
      'cell_too_long',
    );
    await refused(
      await workbookOf({ sheets: { a: `<row r="1"><c><v>${long}</v></c></row>` } }),
      'bad_file',
      'cell_too_long',
    );
    await refused(
      await workbookOf({ sheets: { a: row }, strings: `<si><t>${long}</t></si>` }),
      'bad_file',
      'cell_too_long',
    );
  });

  it('an endless tag', async () => {
    await refused(
      await workbookOf({ sheets: { a: `<row r="1" x="${' '.repeat(3_000_000)}"/>` } }),
      'bad_file',
      'damaged',
    );
  });

  it('millions of shared strings', async () => {
    await refused(
      await workbookOf({ sheets: { a: row }, strings: '<si><t>x</t></si>'.repeat(400_000) }),
      'bad_file',
      'too_many_strings',
      {
        maxSharedStringBytes: 1_000_000,
      },
    );
  });

  it('deep nesting, a DOCTYPE, ten thousand sheets', async () => {
    await refused(await workbookOf({ sheets: { a: '<a>'.repeat(200_000) } }), 'bad_file', 'too_deep');
    const bomb =
      '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData>&b;</sheetData></worksheet>';
    await refused(
      await workbookOf({ sheets: { a: row }, parts: { 'xl/worksheets/sheet1.xml': bomb } }),
      'bad_file',
      'doctype',
    );
    const many = Array.from({ length: 10_000 }, (_, i) => `<sheet name="s${i}" sheetId="${i}" r:id="rId1"/>`).join('');
    const parts = { 'xl/workbook.xml': `<workbook><sheets>${many}</sheets></workbook>` };
    await refused(await workbookOf({ sheets: { a: row }, parts }), 'bad_file', 'too_many_sheets');
  });

  it('more bytes than allowed, or packed too tightly', async () => {
    const blanks = await workbookOf({ sheets: { a: row + ' '.repeat(70_000_000) } });
    await refused(blanks, 'archive_limit', 'ratio');
    await refused(blanks, 'archive_limit', 'inflated', { maxInflatedBytes: 1_000_000 });
  });

  it('a workbook cut short, with a flipped bit, or pointing nowhere', async () => {
    const whole = await workbookOf({ sheets: { a: row.repeat(500) } });
    await refused(whole.subarray(0, -40), 'bad_file', 'truncated');
    const flipped = Buffer.from(whole);
    const at = flipped.indexOf('xl/worksheets/sheet1.xml') + 40;
    flipped[at] = flipped[at]! ^ 0x10;
    await refused(flipped, 'bad_file', 'damaged');
    await refused(
      await workbookOf({
        sheets: { a: '<row r="1"><c r="A1" t="s"><v>7</v></c></row>' },
        strings: '<si><t>x</t></si>',
      }),
      'bad_file',
      'damaged',
    );
    await refused(await workbookOf({ sheets: {} }), 'bad_file', 'no_sheets');
    await refused(
      await workbookOf({
        sheets: { a: '<row r="1"><c r="A1"><v>1</v></c>' },
        parts: { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData>' },
      }),
      'bad_file',
      'truncated',
    );
  });
});

describe('values of cells', () => {
  it('gives numbers that survive and text for the rest', () => {
    for (const [raw, expected] of [
      ['15000', 15000],
      ['15000.0', 15000],
      ['-0.5', -0.5],
      ['1E3', 1000],
      ['1.5E-2', 0.015],
      ['0', 0],
      ['-0', 0],
      ['1E-7', '0.0000001'],
      ['123456789012345', 123_456_789_012_345],
      ['9007199254740993', '9007199254740993'],
      ['1E+20', '100000000000000000000'],
      ['0.30000000000000004', 0.3],
      ['45838.99988425926', 45838.9998842593],
      ['abc', 'abc'],
      ['0x10', '0x10'],
      ['1E999', '1E999'],
      ['', null],
    ] as const) {
      assert.equal(numberCell(raw), expected, raw);
    }
  });

  it('knows date formats', () => {
    for (const code of [
      'yyyy-mm-dd',
      'dd/mm/yy',
      '[$-419]d mmm;@',
      'h:mm:ss',
      '[h]:mm',
      'mm:ss.0',
      'yyyy\\-mm\\-dd\\ hh:mm',
    ])
      assert.ok(isDateFormat(170, code), code);
    for (const code of [
      'General',
      '0.00',
      '#,##0" so\'m"',
      '0.00E+00',
      '[Red]0',
      '@',
      '_-* #,##0_-',
      '"days"0',
      '[$сум-419]#,##0',
    ])
      assert.ok(!isDateFormat(170, code), code);
    assert.ok(isDateFormat(14, undefined) && isDateFormat(47, undefined) && !isDateFormat(1, undefined));
  });

  it('rounds serials to the second and knows the day that never was', () => {
    assert.equal(serialToText(45838.99988425926, false), '2025-06-30 23:59:50');
    assert.equal(serialToText(45838.999999, false), '2025-07-01 00:00:00');
    assert.equal(serialToText(1, false), '1900-01-01 00:00:00');
    assert.equal(serialToText(61, false), '1900-03-01 00:00:00');
    assert.equal(serialToText(2_958_466, false), null);
  });
});
