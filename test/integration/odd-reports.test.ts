/**
 * Odd reports, each seen in public ones: loaded the whole way, through the reader child into PostgreSQL, and held to
 * what is right.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { eventually } from '../support/eventually.ts';
import { emptyDatabase } from '../support/load-report.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { ODD_CELLS } from '../support/odd-reports/cells.ts';
import { ODD_CLOCKS } from '../support/odd-reports/clocks.ts';
import { ODD_CONTAINERS } from '../support/odd-reports/containers.ts';
import { ODD_DOCUMENTS } from '../support/odd-reports/documents.ts';
import { ODD_IDS } from '../support/odd-reports/ids.ts';
import { ODD_ROWS } from '../support/odd-reports/rows.ts';
import { ODD_TIMES } from '../support/odd-reports/times.ts';
import { ODD_VALUES } from '../support/odd-reports/values.ts';
import type { OddFile, OddReport } from '../support/odd-reports/odd-report.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/odd-reports');

interface FileBody {
  id: string;
  sessionId: string;
  status: string;
  rows: Record<string, number>;
  error: { code: string } | null;
  warnings: { code: string; message: string }[];
  recognition: { question: { code: string; message: string } | null } | null;
}
interface ErrorBody {
  row: number;
  code: string;
  severity: string;
  message: string;
}

describe('an odd report', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let api: InProcessApi;
  let client: pg.Client;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url, SYNC_WAIT_MS: '60000' });
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
  });
  after(async () => {
    await client.end();
    await api.close();
    await database.drop();
  });

  async function fileBody(id: string): Promise<FileBody> {
    return (await api.client.get<FileBody>(`/files/${id}`)).body;
  }

  async function load(folder: string | undefined, { name, content, answers }: OddFile): Promise<FileBody> {
    const bytes = content ?? (await readFile(join(FOLDER, folder ?? '', name)));
    const uploaded = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
    const { status, body } = await api.client.upload([{ name, content: new Uint8Array(uploaded) }]);
    assert.equal(status, 200, JSON.stringify(body));
    const file = await fileBody(body.session.files[0]!.id);
    if (answers === undefined) return file;
    assert.equal(file.recognition?.question?.code, answers.question);
    const answered = await api.client.post(`/files/${file.id}/mapping`, answers.answer);
    assert.ok(answered.status < 300, JSON.stringify(answered.body));
    await api.client.waitForSession(file.sessionId);
    return fileBody(file.id);
  }

  async function check(file: FileBody, expected: OddFile): Promise<void> {
    const { body } = await api.client.get<{ items: ErrorBody[] }>(`/files/${file.id}/errors?limit=100`);
    const rows = Object.fromEntries(Object.keys(expected.rows ?? {}).map((key) => [key, file.rows[key]]));
    assert.deepEqual(
      {
        status: file.status,
        rows,
        warnings: file.warnings.map(({ code }) => code).toSorted(),
        errors: body.items.map(({ row, code, severity }) => `${row} ${code} ${severity}`),
        question: file.recognition?.question?.code ?? null,
      },
      {
        status: expected.status,
        rows: expected.rows ?? {},
        warnings: expected.warnings ?? [],
        errors: expected.errors ?? [],
        question: expected.question ?? null,
      },
      `${expected.name}: ${JSON.stringify(file.error)}`,
    );
    const texts = [...file.warnings, ...body.items].filter(
      ({ message, code }) => message === code || /\{\w+\}/.test(message),
    );
    assert.deepEqual(texts, [], 'every code has its words');
  }

  async function checkRecords({ records = [], orders, issues }: OddReport): Promise<void> {
    for (const { sql, rows } of records) {
      const found = await client.query<(string | null)[]>({ text: sql, rowMode: 'array' });
      assert.deepEqual(
        found.rows.map((row) => row.map((value) => (value === null ? null : String(value)))),
        rows,
        sql,
      );
    }
    if (orders !== undefined) {
      const found = await client.query<{ order_number: string; status: string }>(
        'select order_number, status from orders where order_number is not null order by 1',
      );
      assert.deepEqual(Object.fromEntries(found.rows.map((row) => [row.order_number, row.status])), orders);
    }
    for (const [number, codes] of Object.entries(issues ?? {})) {
      const found = await client.query<{ code: string }>(
        'select i.code from order_issues i join orders o on o.id = i.order_id where o.order_number = $1 order by 1',
        [number],
      );
      assert.deepEqual(
        found.rows.map(({ code }) => code),
        codes,
        number,
      );
    }
  }

  async function runAgain(period: { from: string; to: string }): Promise<void> {
    const { status, body } = await api.client.post<{ id: string }>('/reconciliation/runs', period);
    assert.equal(status, 202, JSON.stringify(body));
    await eventually(async () => {
      const run = await api.client.get<{ status: string }>(`/reconciliation/runs/${body.id}`);
      assert.equal(run.body.status, 'completed');
    });
  }

  for (const report of [
    ...ODD_CELLS,
    ...ODD_CONTAINERS,
    ...ODD_DOCUMENTS,
    ...ODD_IDS,
    ...ODD_ROWS,
    ...ODD_TIMES,
    ...ODD_VALUES,
    ...ODD_CLOCKS,
  ]) {
    it(report.title, async () => {
      await emptyDatabase(client);
      for (const file of report.files) await check(await load(report.folder, file), file);
      await checkRecords(report);
      if (report.rerun === undefined) return;
      await runAgain(report.rerun);
      await checkRecords(report);
    });
  }
});
