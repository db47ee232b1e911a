import { ApiError, type ApiClient } from './client.ts';
import type { ErrorGroup, Page, RowError } from './types.ts';

export interface ErrorGroups {
  groups: ErrorGroup[];
  /** How many rows were looked at, where not all were; null = all. */
  partialOf: number | null;
}

const samplesShown = 3;
const pageRows = 1_000;
const pagesRead = 5;

function groupRows(rows: readonly RowError[]): ErrorGroup[] {
  const groups = new Map<string, ErrorGroup>();
  for (const row of rows) {
    const key = `${row.code}\n${row.column ?? ''}`;
    const group = groups.get(key) ?? {
      code: row.code,
      column: row.column,
      count: 0,
      message: row.message,
      params: row.params,
      samples: [],
    };
    group.count += 1;
    if (group.samples.length < samplesShown) group.samples.push(row);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}

/** Rejected rows by kind and column. A server that does not group gives the rows themselves, and the first thousands are grouped here. */
export async function errorGroupsOf(api: ApiClient, fileId: string, signal: AbortSignal): Promise<ErrorGroups> {
  const path = `/files/${encodeURIComponent(fileId)}/errors`;
  try {
    return { groups: (await api.get<Page<ErrorGroup>>(`${path}/groups`, { signal })).items, partialOf: null };
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
  }
  const rows: RowError[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < pagesRead; pages += 1) {
    const page: Page<RowError> = await api.get<Page<RowError>>(path, { query: { limit: pageRows, cursor }, signal });
    rows.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === null) break;
  }
  return { groups: groupRows(rows), partialOf: cursor === null ? null : rows.length };
}
