/**
 * A PDF with a text table: fixed columns, the header on every page, long cells broken over lines, a number below each
 * page.
 */
export interface PdfOptions {
  rowsPerPage?: number;
  /** letters that fit into a column before the cell is broken; no limit by default */
  breakAt?: number;
  title?: string;
}

const FONT_SIZE = 6;
const LETTER = FONT_SIZE * 0.5;
const LINE = FONT_SIZE * 1.3;
const ROW_GAP = FONT_SIZE * 1.2;

/** Letters are their own codes and say what they are by ToUnicode, as real writers do with any font. */
export function pdfOfTable(
  rows: readonly (readonly (string | null)[])[],
  { rowsPerPage = 40, breakAt = Infinity, title }: PdfOptions = {},
): Buffer {
  const [header = [], ...body] = rows;
  const widths = header.map(
    (_, i) => Math.max(...rows.map((row) => Math.min(breakAt, (row[i] ?? '').length))) * LETTER + 10,
  );
  const lefts = widths.map((_, i) => 20 + widths.slice(0, i).reduce((sum, width) => sum + width, 0));
  const width = 40 + widths.reduce((sum, one) => sum + one, 0);
  const pages: string[] = [];
  for (let at = 0; at === 0 || at < body.length; at += rowsPerPage) {
    const inPage = [header, ...body.slice(at, at + rowsPerPage)];
    const drawn: { text: string; x: number; y: number }[] = [];
    let y = 40;
    if (title !== undefined && at === 0) drawn.push({ text: title, x: 20, y: 20 });
    for (const row of inPage) {
      const lines = row.map((cell) => pieces(cell ?? '', breakAt));
      const height = Math.max(1, ...lines.map((one) => one.length));
      lines.forEach((one, column) =>
        one.forEach((text, line) => drawn.push({ text, x: lefts[column]!, y: y + line * LINE })),
      );
      y += (height - 1) * LINE + LINE + ROW_GAP;
    }
    const number = `Page ${pages.length + 1}`;
    drawn.push({ text: number, x: width / 2, y: y + 20 });
    const pageHeight = y + 40;
    const content = drawn
      .filter(({ text }) => text !== '')
      .map(
        ({ text, x, y: top }) =>
          `BT /F1 ${FONT_SIZE} Tf 1 0 0 1 ${x.toFixed(2)} ${(pageHeight - top).toFixed(2)} Tm <${hex(text)}> Tj ET`,
      )
      .join('\n');
    pages.push(`${width.toFixed(0)} ${pageHeight.toFixed(0)}|${content}`);
  }
  return assemble(pages);
}

function pieces(text: string, breakAt: number): string[] {
  return text.split('\n').flatMap((line) => piecesOfLine(line.trim(), breakAt));
}

function piecesOfLine(text: string, breakAt: number): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > breakAt) {
    const blank = rest.lastIndexOf(' ', breakAt);
    const cut = blank > 0 ? blank : breakAt;
    found.push(rest.slice(0, cut));
    rest = rest.slice(cut).trimStart();
  }
  return [...found, rest];
}

function hex(text: string): string {
  return Array.from(text, (char) => char.charCodeAt(0).toString(16).padStart(4, '0')).join('');
}

function assemble(pages: readonly string[]): Buffer {
  const objects: string[] = [];
  const add = (body: string): number => objects.push(body);
  const stream = (body: string) => `<< /Length ${Buffer.byteLength(body)} >>\nstream\n${body}\nendstream`;
  add('<< /Type /Catalog /Pages 2 0 R >>');
  add('');
  const map = add(
    stream(
      '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange 5 beginbfrange <0000> <00FF> <0000> <0400> <04FF> <0400> <2000> <20FF> <2000> <2100> <21FF> <2100> <0100> <01FF> <0100> endbfrange endcmap end end',
    ),
  );
  const descriptor = add(
    '<< /Type /FontDescriptor /FontName /Test /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>',
  );
  const inner = add(
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Test /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor ${descriptor} 0 R /DW 500 /CIDToGIDMap /Identity >>`,
  );
  const font = add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /Test /Encoding /Identity-H /DescendantFonts [${inner} 0 R] /ToUnicode ${map} 0 R >>`,
  );
  const kids = pages.map((page) => {
    const size = page.slice(0, page.indexOf('|'));
    const content = page.slice(page.indexOf('|') + 1);
    const body = add(stream(content));
    return add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${size}] /Resources << /Font << /F1 ${font} 0 R >> >> /Contents ${body} 0 R >>`,
    );
  });
  objects[1] = `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`;
  return pdfOfObjects(objects);
}

/**
 * A file of these objects, numbered from 1; the first is the catalog. Bytes above 127 are given as letters of latin-1.
 */
export function pdfOfObjects(objects: readonly string[]): Buffer {
  let text = '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n';
  const offsets: number[] = [];
  objects.forEach((body, i) => {
    offsets.push(text.length);
    text += `${i + 1} 0 obj\n${body}\nendobj\n`;
  });
  const start = text.length;
  text +=
    `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n` +
    `${offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}
