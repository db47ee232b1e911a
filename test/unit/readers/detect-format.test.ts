import assert from 'node:assert/strict';
import { detectFormat } from '../../../shared/ingest/detect-format.ts';
import { handlerFor, readableFormats } from '../../../shared/ingest/readers/index.ts';
import { DEFAULT_READ_LIMITS } from '../../../shared/ingest/readers/limits.ts';
import { xlsxBytes } from '../../support/files.ts';
import { encodeAs, faultOf, withFile, workbookOf, zipOf } from './reading.ts';

const signal = new AbortController().signal;

function formatOf(content: string | Uint8Array): Promise<string> {
  return withFile(content, (path) => detectFormat(path, { limits: DEFAULT_READ_LIMITS, signal }));
}

/** An OLE2 container with nothing in it but these names in its directory. */
function ole2(...names: string[]): Buffer {
  const bytes = Buffer.alloc(512 * 3);
  bytes.write('d0cf11e0a1b11ae1', 0, 'hex');
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt32LE(0, 48);
  bytes.writeUInt32LE(1, 76);
  names.forEach((name, i) => {
    bytes.write(name, 512 + i * 128, 'utf16le');
    bytes.writeUInt16LE(name.length * 2 + 2, 512 + i * 128 + 64);
  });
  bytes.writeUInt32LE(0xfffffffe, 1024);
  return bytes;
}

describe('the format of a file is told by its content', () => {
  const header = 'Click ID;Billing ID;Сумма;Дата;Сервис\n1;2;3;2025-08-02 20:48:30;Vendhub\n';

  for (const [what, content, format] of [
    ['semicolons', header, 'csv'],
    ['commas', header.replaceAll(';', ','), 'csv'],
    ['tabs', header.replaceAll(';', '\t'), 'tsv'],
    ['bars', header.replaceAll(';', '|'), 'txt'],
    ['no delimiter at all', 'Всё хорошо\nи дальше тоже\n', 'txt'],
    ['semicolons in windows-1251', encodeAs(header, 'windows-1251'), 'csv'],
    ['semicolons in utf-16 without a mark', encodeAs(header, 'utf-16le'), 'csv'],
    ['a json array', '\ufeff [ {"a": 1} ]', 'json'],
    ['a json object', '{"rows": []}', 'json'],
    ['xml', '<?xml version="1.0"?><rows/>', 'xml'],
    ['xml in utf-16', Buffer.from('\ufeff<rows><row/></rows>', 'utf16le'), 'xml'],
    ['a page with a table', '<html><table><tr><td>1</td></tr></table></html>', 'xls'],
    ['a page behind a comment', '<!-- made by 1C -->\n<table><tr><td>1</td></tr></table>', 'xls'],
    ['a page behind a script', '<script>var a = 1;</script><div><table><tr><td>1</td></tr></table></div>', 'xls'],
    ['xml behind a comment', '<!-- made by 1C --><p><t>1</t></p>', 'xml'],
    ['a page without one', '<!DOCTYPE html><html><body><p>1</p></body></html>', 'html'],
    ['a page saved as one file', 'MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<table>', 'mht'],
    [
      'a page that a browser saved as one file',
      'From: <Saved by Blink>\r\nSubject: =?utf-8?Q?a?=\r\n =?utf-8?Q?b?=\r\nMIME-Version: 1.0\r\n\r\n<table>',
      'mht',
    ],
    ['a report with a column of that name', 'MIME-Version,b\n1.0,2\n', 'csv'],
    [
      'a spreadsheet in XML',
      '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
      'xls',
    ],
    ['a pdf', '%PDF-1.7\n%âãÏÓ\n', 'pdf'],
    ['a rar', 'Rar!\x1a\x07\x01\x00', 'rar'],
    ['an old workbook', ole2('Root Entry', 'Workbook'), 'xls'],
    ['an old document', ole2('Root Entry', 'WordDocument'), 'doc'],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'image'],
    ['a cell that only begins like json', '[x],b\n1,2\n', 'csv'],
  ] as const) {
    it(`${what}: ${format}`, async () => {
      assert.equal(await formatOf(content), format);
    });
  }

  it('tells office files from archives by their parts', async () => {
    assert.equal(await formatOf(await xlsxBytes({ a: [['x']] })), 'xlsx');
    assert.equal(await formatOf(await workbookOf({ sheets: { a: '' } })), 'xlsx');
    assert.equal(await formatOf(await zipOf({ 'word/document.xml': '<w/>', '[Content_Types].xml': '<T/>' })), 'docx');
    assert.equal(await formatOf(await zipOf({ 'xl/workbook.bin': 'x', '[Content_Types].xml': '<T/>' })), 'xlsb');
    assert.equal(
      await formatOf(
        await zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<o/>' }),
      ),
      'ods',
    );
    assert.equal(await formatOf(await zipOf({ 'Index/Document.iwa': 'x', 'preview.jpg': 'x' })), 'numbers');
    assert.equal(await formatOf(await zipOf({ 'Index.zip': 'x', 'Metadata/Properties.plist': 'x' })), 'numbers');
    assert.equal(await formatOf(await zipOf({ 'index.zip': 'x', 'report.csv': header })), 'zip');
    const main = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';
    const types = `<Types><Override PartName="/book/main.xml" ContentType="${main}"/></Types>`;
    assert.equal(
      await formatOf(await zipOf({ '[Content_Types].xml': types, '_rels/.rels': '<R/>', 'book/main.xml': '<w/>' })),
      'xlsx',
    );
    assert.equal(await formatOf(await zipOf({ 'report.csv': header })), 'zip');
  });

  for (const [what, content] of [
    ['nothing', ''],
    ['only a mark', '\ufeff'],
    ['only a utf-16 mark', Buffer.from('fffe', 'hex')],
    ['only blanks and line ends', ' \t\r\n \n'],
    ['only blanks, a lot of them', Buffer.alloc(400_000, ' ')],
    ['only NULs', Buffer.alloc(1000)],
  ] as const) {
    it(`${what} is an empty file`, async () => {
      await assert.rejects(formatOf(content), faultOf('empty_file'));
    });
  }

  it('names a password, noise and a broken zip for what they are', async () => {
    await assert.rejects(formatOf(ole2('Root Entry', 'EncryptionInfo', 'EncryptedPackage')), faultOf('encrypted'));
    const noise = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3) * 31) % 256));
    await assert.rejects(formatOf(noise), faultOf('bad_file', 'not_text'));
    const whole = await xlsxBytes({ a: [['x']] });
    await assert.rejects(formatOf(whole.subarray(0, whole.length / 2)), faultOf('bad_file', 'truncated'));
    await assert.rejects(formatOf(ole2('Root Entry')), faultOf('bad_file', 'damaged'));
  });

  it('says unsupported_format for what nobody reads', () => {
    assert.throws(() => handlerFor('ods'), faultOf('unsupported_format', 'ods'));
    assert.throws(() => handlerFor('html'), faultOf('unsupported_format', 'html'));
    for (const format of readableFormats) assert.equal(handlerFor(format).format, format);
  });
});
