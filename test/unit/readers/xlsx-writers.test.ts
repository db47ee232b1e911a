/** Workbooks as programs write them that are not Excel: every cell in its place, and no value that nobody sees. */
import assert from 'node:assert/strict';
import * as XLSX from '@e965/xlsx';
import type { Cell } from '../../../shared/ingest/readers/reader.ts';
import { isDateFormat } from '../../../shared/ingest/readers/xlsx-values.ts';
import { spreadsheetXml } from '../../support/odd-reports/workbooks.ts';
import { cellsOf, faultOf, readBytes, workbookOf, type WorkbookParts } from './reading.ts';

const cellsIn = async (sheetData: string, more: Partial<WorkbookParts> = {}): Promise<Cell[][]> =>
  cellsOf(await workbookOf({ sheets: { sheet1: sheetData }, ...more }));

describe('places of cells', () => {
  it('are read from absolute references and from those by row and column, so that an empty cell shifts nothing', async () => {
    const sheet =
      '<row r="1"><c r="$A$1"><v>1</v></c><c r="$C$1"><v>3</v></c></row>' +
      '<row r="2"><c r="R2C1"><v>1</v></c><c r="R2C28"><v>28</v></c></row>';
    const [first, second] = await cellsIn(sheet);
    assert.deepEqual(first, [1, null, 3]);
    assert.deepEqual([second?.[0], second?.length, second?.[27]], [1, 28, 28]);
  });

  it('are not guessed where a reference says nothing', async () => {
    await assert.rejects(cellsIn('<row r="1"><c r="?!"><v>1</v></c></row>'), faultOf('bad_file', 'damaged'));
  });

  it('tell the row where its element does not, one element for each cell included', async () => {
    const cell = (reference: string) => `<row><c r="${reference}"><v>${reference.slice(1)}</v></c></row>`;
    const sheet = ['A1', 'B1', 'A2', 'B2', 'B4'].map(cell).join('');
    assert.deepEqual(await cellsIn(sheet), [[1, 1], [2, 2], [], [null, 4]]);
  });
});

describe('cells that show something else than they hold', () => {
  it('are no dates by letters of a currency or the name of the usual format', async () => {
    for (const code of ['#,##0 UZS', "#,##0 so'm", 'Standard', '0.00 dona', '# ##0 sum'])
      assert.equal(isDateFormat(170, code), false, code);
    for (const code of [
      'dd.mm.yyyy hh:mm:ss.000',
      'yyyy"-"mm',
      '[$-F800]dddd\\, mmmm dd\\, yyyy',
      'm/d/yy',
      'h:mm AM/PM',
    ])
      assert.equal(isDateFormat(170, code), true, code);
  });

  it('keep the sign of a share, which is no amount', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="170" formatCode="0.0%"/></numFmts>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="170"/></cellXfs>';
    const sheet =
      '<row r="1"><c r="A1" s="1"><v>0.02</v></c><c r="B1" s="2"><v>0.035</v></c><c r="C1" s="1"><v>1.1</v></c><c r="D1" s="1"><v>15000</v></c></row>';
    assert.deepEqual(await cellsIn(sheet, { styles }), [['2%', '3.5%', '110%', 15000]]);
  });

  it('are the formula where nobody worked it out, and rows of nothing else are blank', async () => {
    const sheet =
      '<row r="1"><c r="A1"><f>B1*2</f></c><c r="B1"><f t="shared" si="0"/><v></v></c><c r="C1"><f>1+1</f><v>2</v></c>' +
      '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1"><v>5</v></c></row><row r="2"><c r="A2"><f>B2*2</f></c></row>';
    assert.deepEqual(await cellsIn(sheet), [['=B1*2', '=?', 2, null, 5]]);
  });

  it('are an error, whatever the program calls it', async () => {
    const sheet = '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="e"><v>oops</v></c></row>';
    assert.deepEqual(await cellsIn(sheet), [['#N/A', '#UNKNOWN!']]);
  });

  it('are empty where the text is, whatever number is left beside it', async () => {
    const sheet =
      '<row r="1"><c r="A1" t="inlineStr"><v>0</v><is><t></t></is></c><c r="B1" t="inlineStr"><is><t/></is><v>0</v></c>' +
      '<c r="C1"><v>1</v></c></row>';
    assert.deepEqual(await cellsIn(sheet), [[null, null, 1]]);
  });
});

describe('an xml spreadsheet of LibreOffice', () => {
  it('ends with its last row that holds something', async () => {
    const empty = '<Row ss:Height="12.8"/>'.repeat(5_000);
    const bytes = Buffer.from(spreadsheetXml({ sheets: [{ name: 'a', rows: 'x;y\n1.5;2' }] }))
      .toString()
      .replace('</Row><Row>', `</Row>${empty.slice(0, 23)}<Row>`)
      .replace('</Table>', `${empty}<Row ss:Index="1048576"/></Table>`);
    const { tables } = await readBytes(bytes);
    assert.deepEqual(tables[0]?.rows, [
      { row: 1, cells: ['x', 'y'] },
      { row: 2, cells: [] },
      { row: 3, cells: [1.5, '2'] },
    ]);
  });

  it('has the formula where nobody worked it out', async () => {
    const bytes = Buffer.from(spreadsheetXml({ sheets: [{ name: 'a', rows: 'x;y' }] }))
      .toString()
      .replace('</Row>', '<Cell ss:Formula="=RC[1]*2"></Cell></Row>');
    assert.deepEqual(await cellsOf(bytes), [['x', 'y', '=RC[1]*2']]);
  });
});

describe('a number cell of Excel 97', () => {
  it('does not make up digits of an id, and keeps a share a share', async () => {
    const book = XLSX.utils.book_new();
    const sheet = XLSX.utils.aoa_to_sheet([[1_234_567_890_123_456_800, 3_100_000_501, 2_202_004_001_000_000, 0.02]]);
    sheet['D1'].z = '0%';
    XLSX.utils.book_append_sheet(book, sheet, 'a');
    const bytes = XLSX.write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer;
    assert.deepEqual(await cellsOf(bytes), [['1.2345678901234568e+18', 3_100_000_501, 2_202_004_001_000_000, '2%']]);
  });
});
