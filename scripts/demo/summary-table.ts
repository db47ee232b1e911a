import { orderStatusTexts } from '../../shared/texts/tables.ts';
import { languages, type Lang } from '../../shared/texts/languages.ts';
import { renderText } from '../../shared/texts/text.ts';
import { ApiError, type ApiClient } from '../api-client.ts';

/** What of GET /reconciliation/summary is shown here. */
interface Summary {
  byStatus: { status: string; count: number; sum: string }[];
}

/** Prints how many orders and orphans have which status, each code beside its label. */
export async function printSummary(client: ApiClient, lang: Lang): Promise<void> {
  const answer = await client.get<Summary>('/reconciliation/summary');
  if (answer.status !== 200) throw new ApiError('the reconciliation summary', answer);
  for (const line of formatSummary(answer.body, lang)) console.log(line);
}

function formatSummary({ byStatus }: Summary, lang: Lang): string[] {
  const rows = byStatus
    .toSorted((a, b) => b.count - a.count)
    .map(({ status, count, sum }) => [
      status,
      renderText(orderStatusTexts, status, {}, lang),
      String(count),
      inGroups(sum),
    ]);
  const total = byStatus.reduce((counted, { count }) => counted + count, 0);
  const head = languages[lang].operations.demoTable;
  const lines = [[head.status, head.meaning, head.count, head.sum], ...rows, ['', '', String(total), '']];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines.map((line) =>
    line
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/** `1234567.50` as `1 234 567.50`; whole amounts without their zeros. */
function inGroups(amount: string): string {
  return amount.replace(/\.00$/, '').replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ' ');
}
