/** The fixed parts of a workbook. */

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** What XML 1.0 cannot hold, lone surrogates among it. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const NOT_XML = new RegExp(`${CONTROLS.source}|${LONE_SURROGATES.source}`, 'g');
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

export function xmlText(text: string): string {
  return text.replace(NOT_XML, '').replace(/[&<>"\r]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** 0 -> A, 26 -> AA. */
export function columnName(at: number): string {
  let name = '';
  for (let rest = at + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}

export const PACKAGE_RELATIONS =
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" ` +
  `Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;

const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

/** How a sheet is printed. */
export interface PrintedSheet {
  name: string;
  /** the line of its header, repeated on every page */
  headerLine: number;
  /** of the first columns; all when not said */
  columnCount: number | undefined;
}

export function workbook(sheetList: readonly PrintedSheet[]): string {
  const names = sheetList.map(({ name }) => name);
  const sheets = names
    .map((name, at) => `<sheet name="${xmlText(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
    .join('');
  const titles = sheetList.map(({ name, headerLine, columnCount }, at) => {
    const quoted = `'${name.replaceAll("'", "''")}'`;
    const defined = (what: string, range: string): string =>
      `<definedName name="_xlnm.${what}" localSheetId="${at}">${xmlText(`${quoted}!${range}`)}</definedName>`;
    const area = columnCount === undefined ? '' : defined('Print_Area', `$A:$${columnName(columnCount - 1)}`);
    return area + defined('Print_Titles', `$${headerLine}:$${headerLine}`);
  });
  return (
    `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets}</sheets><definedNames>` +
    `${titles.join('')}</definedNames></workbook>`
  );
}

export function workbookRelations(sheetCount: number): string {
  const sheets = numbers(sheetCount).map(
    (no) => `<Relationship Id="rId${no}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${no}.xml"/>`,
  );
  const style = `<Relationship Id="rId${sheetCount + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/>`;
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${sheets.join('')}${style}</Relationships>`;
}

export function contentTypes(sheetCount: number): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const sheets = numbers(sheetCount).map(
    (no) => `<Override PartName="/xl/worksheets/sheet${no}.xml" ContentType="${type}.worksheet+xml"/>`,
  );
  return (
    `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ` +
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ' +
    `ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>` +
    `<Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${sheets.join('')}</Types>`
  );
}

/** Styles by number. */
export const STYLE = {
  plain: 0,
  header: 1,
  time: 2,
  number: 3,
  marked: 4,
  money: 5,
  moneyWithTiyin: 6,
  title: 7,
  total: 8,
  totalMoney: 9,
  words: 10,
} as const;

const FORMATS = { 164: 'dd\\.mm\\.yyyy\\ hh:mm:ss', 165: '#,##0\\ "soʻm"', 166: '#,##0.00\\ "soʻm"' };

export function styles(): string {
  const formats = Object.entries(FORMATS).map(
    ([id, code]) => `<numFmt numFmtId="${id}" formatCode="${xmlText(code)}"/>`,
  );
  const font = (size: number, bold: boolean): string =>
    `<font>${bold ? '<b/>' : ''}<sz val="${size}"/><name val="Calibri"/></font>`;
  const shown = (id: number): string => `numFmtId="${id}" applyNumberFormat="1"`;
  // beside words of several lines everything begins at the top; a time and what follows an amount stand off from it
  const cell = (look: string, alignment = ''): string =>
    `<xf xfId="0" ${look} applyAlignment="1"><alignment vertical="top"${alignment}/></xf>`;
  const cells = [
    cell(''),
    cell('fontId="1" applyFont="1"', ' wrapText="1"'),
    cell(shown(164), ' horizontal="left"'),
    cell('applyNumberFormat="1"'),
    cell('fillId="2" applyFill="1"'),
    cell(shown(165)),
    cell(shown(166)),
    cell('fontId="2" applyFont="1"'),
    cell('fontId="1" applyFont="1"'),
    cell(`fontId="1" applyFont="1" ${shown(165)}`),
    cell('', ' horizontal="left" indent="1" wrapText="1"'),
  ];
  const fill =
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/><bgColor indexed="64"/></patternFill></fill>';
  return (
    `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="${formats.length}">${formats.join('')}</numFmts><fonts ` +
    `count="3">${font(11, false)}${font(11, true)}${font(14, true)}</fonts><fills count="3"><fill><patternFill ` +
    `patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${fill}</fills><borders count="1">` +
    `<border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${cells.length}">` +
    `${cells.join('')}</cellXfs></styleSheet>`
  );
}
