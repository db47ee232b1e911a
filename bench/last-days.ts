import { readFileSync } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HEADERS, REPORT_NAMES, type ReportName } from '../scripts/make-month/layouts.ts';

/** A month without its last days, and those days as reports of their own. */
export interface LastDays {
  before: string;
  /** folders with the six reports, first day first */
  days: string[];
}

/** Rows of each report, and of a day of so many orders, in the shares of a month. */
const SHARE: Record<ReportName, number> = {
  happy_workers: 1,
  vendhub: 1,
  fiscal_bills: 0.4,
  payme: 0.19,
  click: 0.19,
  uzum: 0.19,
};

/** Cuts the last `count` times `orders` orders off the reports of a month; made once. */
export async function cutLastDays(month: string, count: number, orders: number): Promise<LastDays> {
  const folder = `${month}-last-${count}x${orders}`;
  const cut: LastDays = {
    before: join(folder, 'before'),
    days: Array.from({ length: count }, (_, day) => join(folder, `day-${day + 1}`)),
  };
  if (await stat(folder).catch(() => null)) return cut;
  const unfinished = `${folder}.part-${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  const inUnfinished = (path: string): string => path.replace(folder, unfinished);
  for (const path of [cut.before, ...cut.days]) await mkdir(inUnfinished(path), { recursive: true });
  for (const name of REPORT_NAMES) {
    const { lead, rows } = linesOf(name, readFileSync(join(month, `${name}.csv`), 'utf8'));
    const perDay = Math.max(1, Math.round(orders * SHARE[name]));
    const first = rows.length - count * perDay;
    const write = (path: string, part: string[]): Promise<void> =>
      writeFile(join(inUnfinished(path), `${name}.csv`), [...lead, ...part, ''].join('\n'));
    await write(cut.before, rows.slice(0, first));
    for (const [day, path] of cut.days.entries())
      await write(path, rows.slice(first + day * perDay, first + (day + 1) * perDay));
  }
  await rename(unfinished, folder);
  return cut;
}

/** The lines up to and with the header, whose cells may hold line breaks, and those below. */
function linesOf(name: ReportName, text: string): { lead: string[]; rows: string[] } {
  const lines = text.replaceAll('\r\n', '\n').trimEnd().split('\n');
  const lastHeader = HEADERS[name].at(-1)?.split('\n').at(-1) ?? '';
  const header = lines.findIndex((line) => line.replaceAll('"', '').endsWith(lastHeader));
  if (header === -1) throw new Error(`${name} has no header`);
  return { lead: lines.slice(0, header + 1), rows: lines.slice(header + 1) };
}
