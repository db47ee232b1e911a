/** One table in the formats that are text; what each writes is what real systems write. */

type Text = string | null;
export type TextRows = readonly (readonly Text[])[];

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char]!);
}

function recordsOf([header = [], ...rows]: TextRows): Record<string, Text>[] {
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name ?? `column ${i}`, row[i] ?? null])));
}

export const jsonArray = (rows: TextRows): Buffer => Buffer.from(JSON.stringify(recordsOf(rows)));
export const jsonLines = (rows: TextRows): Buffer =>
  Buffer.from(
    recordsOf(rows)
      .map((record) => `${JSON.stringify(record)}\n`)
      .join(''),
  );
export const jsonWrapped = (rows: TextRows): Buffer =>
  Buffer.from(
    JSON.stringify(
      { status: 'ok', period: { from: '2025-06-01' }, result: { items: recordsOf(rows), total: rows.length - 1 } },
      null,
      2,
    ),
  );
export const jsonOfArrays = (rows: TextRows): Buffer => Buffer.from(JSON.stringify(rows));

/** As databases export it: names with blanks cannot be tags. */
export function xmlOfFields(rows: TextRows): Buffer {
  const records = recordsOf(rows).map(
    (record) =>
      `<row>${Object.entries(record)
        .map(([name, value]) => `<field name="${escapeXml(name)}">${escapeXml(value ?? '')}</field>`)
        .join('')}</row>`,
  );
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<resultset statement="select">\n${records.join('\n')}\n</resultset>\n`,
  );
}

/** As accounting programs write it: tags with `_` for the blanks. */
export function xmlOfTags(rows: TextRows): Buffer {
  const tag = (name: string) => name.replace(/[^\p{L}\p{N}]+/gu, '_');
  const records = recordsOf(rows).map(
    (record) =>
      `<Order>${Object.entries(record)
        .map(([name, value]) =>
          value === null ? `<${tag(name)}/>` : `<${tag(name)}>${escapeXml(value)}</${tag(name)}>`,
        )
        .join('')}</Order>`,
  );
  return Buffer.from(
    `<?xml version="1.0"?><Report><Head><Title>x</Title></Head><Orders>${records.join('\n')}</Orders></Report>`,
  );
}

export function htmlTable(rows: TextRows, { charset = 'utf-8' }: { charset?: string } = {}): string {
  const cells = (row: readonly Text[], tag: string) =>
    row.map((cell) => `<${tag}>${escapeXml(cell ?? '').replaceAll('\n', '<br>')}</${tag}>`).join('');
  const body = rows.map((row, i) => `<tr>${cells(row, i === 0 ? 'th' : 'td')}</tr>`).join('\n');
  return `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv="Content-Type" content="text/html; charset=${charset}">
<style>td {mso-number-format:"\\@"}</style></head><body><table border=1>${body}</table></body></html>`;
}

export function spreadsheetXml(sheets: Readonly<Record<string, TextRows>>): Buffer {
  const cell = (text: Text, i: number, row: readonly Text[]) =>
    text === null
      ? ''
      : `<Cell${i > 0 && row[i - 1] === null ? ` ss:Index="${i + 1}"` : ''}><Data ss:Type="String">` +
        `${escapeXml(text)}</Data></Cell>`;
  const sheet = ([name, rows]: [string, TextRows]) =>
    `<Worksheet ss:Name="${escapeXml(name)}"><Table>` +
    `${rows.map((row) => `<Row>${row.map(cell).join('')}</Row>`).join('\n')}</Table></Worksheet>`;
  return Buffer.from(`<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
  xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">${Object.entries(sheets).map(sheet).join('')}</Workbook>`);
}

/** word/document.xml of a document with these tables. */
export function documentXml(tables: readonly TextRows[]): string {
  const paragraph = (line: string) =>
    '<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr><w:r><w:t xml:space="preserve">' +
    `${escapeXml(line)}</w:t></w:r></w:p>`;
  const cell = (text: Text) =>
    `<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/></w:tcPr>${(text ?? '').split('\n').map(paragraph).join('')}</w:tc>`;
  const table = (rows: TextRows) =>
    `<w:tbl><w:tblPr/><w:tblGrid/>${rows.map((row) => `<w:tr>${row.map(cell).join('')}</w:tr>`).join('')}</w:tbl>`;
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
${paragraph('Отчёт')}${tables.map(table).join(paragraph(''))}<w:sectPr/></w:body></w:document>`;
}
