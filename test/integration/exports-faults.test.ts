import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { execute, selectRow } from '../../shared/db/rows.ts';
import { SMALL_ROWS } from '../../shared/exports/export-turns.ts';
import { runExport } from '../../shared/exports/run-export.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import type { FileStore } from '../../shared/storage/file-store.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { orderExport } from '../support/exports.ts';
import { DEFAULT_MATCHING } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

interface ExportBody {
  status: string;
  progress: number;
  rows: number;
  rowsTotal: number | null;
  error: { code: string } | null;
}
interface ErrorBody {
  error: { code: string; details: { status?: string } };
}

const ORDER_COUNT = 3_500;

describe('exports under faults', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let api: InProcessApi;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url, LEASE_MS: '1000' }, { sweepIntervalMs: 200 });
    await execute(
      db(),
      `insert into orders (order_number, machine_code, goods_name, payment_type, price, time, has_hw, status, issues,
        pending)
       select 'made-' || n, case n % 2 when 0 then 'aaaaaaaaaaaa' else 'bbbbbbbbbbbb' end, 'Капучино',
         case n % 3 when 0 then 'cash' else 'payme' end,
         10000 + n, '2025-07-01T00:00:00+05:00'::timestamptz + n * interval '1 minute', true,
         case n % 5 when 0 then 'hw_only' else 'fully_matched' end,
           case n % 7 when 0 then '{delivery_failed_but_paid}'::text[] else '{}' end, n % 11 = 0
       from generate_series(1, ${ORDER_COUNT}) n`,
    );
  });

  after(async () => {
    await api?.close();
    await database?.drop();
  });

  const db = () => api.opened.resources.db;

  const ended = (id: string) =>
    eventually(
      async () => {
        const { body } = await api.client.get<ExportBody>(`/exports/${id}`);
        assert.ok(['completed', 'failed'].includes(body.status), JSON.stringify(body));
        return body;
      },
      { timeoutMs: 30_000 },
    );

  const csv = (bytes: Buffer): Record<string, string>[] => parse(bytes, { bom: true, columns: true, delimiter: ';' });
  const logger = createSilentLogger();

  /** An export that no sweeper of the api takes: due in an hour, and brought by the test. */
  async function waiting(): Promise<string> {
    const id = randomUUID();
    await execute(
      db(),
      `insert into exports (id, kind, format, filter, created_by, next_attempt_at) select ?, 'orders', 'csv',
        '{"q": "made-"}', min(id), now() + interval '1 hour' from users`,
      [id],
    );
    return id;
  }
  const due = (id: string) =>
    execute(db(), `update exports set next_attempt_at = now() - interval '1 second' where id = ?`, [id]);

  /** Takes everything (or the first bytes) and waits to be let go before the rest is durable. */
  function gatedStore(waitAt: 'first' | 'last' = 'last') {
    const { store: real } = api.opened.resources;
    const removed: string[] = [];
    const content: Buffer[] = [];
    let open = () => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    let tell = () => {};
    const taken = new Promise<void>((resolve) => (tell = resolve));
    const wait = async (signal: AbortSignal) => {
      tell();
      signal.throwIfAborted();
      const aborted = new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
      );
      await Promise.race([gate, aborted]);
    };
    const store: FileStore = {
      ...real,
      async put(_key, stream, signal) {
        for await (const chunk of stream) {
          if (content.length === 0 && waitAt === 'first') await wait(signal);
          content.push(chunk as Buffer);
        }
        if (waitAt === 'last') await wait(signal);
        return { sizeBytes: Buffer.concat(content).length };
      },
      async remove(key) {
        removed.push(key);
      },
    };
    return { store, taken, open: () => open(), removed, content: () => Buffer.concat(content) };
  }

  const rowOf = (id: string) =>
    selectRow<{
      status: string;
      fence: string;
      rows_done: string;
      error_code: string | null;
      storage_key: string | null;
    }>(db(), 'select status, fence, rows_done, error_code, storage_key from exports where id = ?', [id]);

  async function begin(
    gated: ReturnType<typeof gatedStore>,
    options: { leaseMs?: number; limitMs?: number; signal?: AbortSignal } = {},
  ) {
    const id = await waiting();
    const { leaseMs = 30_000, limitMs, signal = new AbortController().signal } = options;
    await execute(db(), `update exports set next_attempt_at = now() - interval '1 second' where id = ?`, [id]);
    const deps = {
      db: db(),
      store: gated.store,
      spool: api.opened.resources.spool,
      logger,
      matching: DEFAULT_MATCHING,
      leaseMs,
    };
    const running = runExport(deps, id, { signal }, limitMs === undefined ? {} : { limitMs });
    return { id, running };
  }

  it('an export whose worker was killed is written by another, and the first one writes nothing any more', async () => {
    const gated = gatedStore();
    const { id, running } = await begin(gated);
    await gated.taken;
    // as if its process stood still beyond the lease; its heartbeat may come once more before another takes the claim
    await eventually(async () => {
      await execute(db(), `update exports set lease_until = now() - interval '1 second' where id = ? and fence = 1`, [
        id,
      ]);
      assert.notEqual((await rowOf(id))?.fence, '1');
    });
    const done = await ended(id);
    assert.deepEqual([done.status, done.rows], ['completed', ORDER_COUNT]);
    const finished = await rowOf(id);
    gated.open();
    assert.equal(await running, 'not_mine');
    assert.deepEqual(await rowOf(id), finished);
    assert.ok(finished?.storage_key && !gated.removed.includes(finished.storage_key));
  });

  it('shutdown gives it back at once; its deadline ends it with a reason', async () => {
    const stopping = new AbortController();
    const gated = gatedStore();
    const stopped = await begin(gated, { signal: stopping.signal });
    await gated.taken;
    stopping.abort(new Error('SIGTERM'));
    assert.equal(await stopped.running, 'retry_later');
    assert.equal((await ended(stopped.id)).status, 'completed');

    const late = await begin(gatedStore(), { limitMs: 50 });
    assert.equal(await late.running, 'done');
    const { status, error } = await ended(late.id);
    assert.deepEqual([status, error?.code], ['failed', 'export_timeout']);
  });

  it('a store that fails is tried again later; after ten attempts the export says that it failed', async () => {
    const id = await waiting();
    const store: FileStore = {
      ...api.opened.resources.store,
      put: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })),
    };
    const deps = {
      db: db(),
      store,
      spool: api.opened.resources.spool,
      logger,
      matching: DEFAULT_MATCHING,
      leaseMs: 30_000,
    };
    const signal = new AbortController().signal;
    await due(id);
    assert.equal(await runExport(deps, id, { signal }), 'retry_later');
    assert.equal((await rowOf(id))?.status, 'queued');
    await execute(db(), 'update exports set attempts = 10 where id = ?', [id]);
    await due(id);
    assert.equal(await runExport(deps, id, { signal }), 'done');
    assert.deepEqual([(await rowOf(id))?.status, (await rowOf(id))?.error_code], ['failed', 'poison']);
    const answer = await api.client.get<ErrorBody>(`/exports/${id}/download`);
    assert.deepEqual([answer.status, answer.body.error.details.status], [409, 'failed']);
  });

  it('progress is told while it is written', async () => {
    const gated = gatedStore();
    const { id, running } = await begin(gated);
    await gated.taken;
    const seen = await eventually(async () => {
      const { body } = await api.client.get<ExportBody>(`/exports/${id}`);
      assert.equal(body.rows, ORDER_COUNT);
      return body;
    });
    assert.deepEqual([seen.status, seen.rowsTotal], ['processing', ORDER_COUNT]);
    assert.ok(seen.progress > 0.9 && seen.progress < 1);
    assert.equal((await api.client.get(`/exports/${id}/download`)).status, 409);
    gated.open();
    assert.equal(await running, 'done');
    assert.equal((await ended(id)).progress, 1);
  });

  it('what changes while it is written does not change the file', async () => {
    const gated = gatedStore('first');
    const { id, running } = await begin(gated);
    await gated.taken;
    await execute(
      db(),
      `update orders set price = 1, order_number = 'remade-' || substr(order_number, 6)
        where order_number like 'made-%'`,
    );
    gated.open();
    assert.equal(await running, 'done');
    await execute(
      db(),
      `update orders set price = 10000 + substr(order_number, 8)::int, order_number = substr(order_number, 3)
        where order_number like 'remade-%'`,
    );
    const rows = csv(gated.content());
    assert.deepEqual([rows.length, (await ended(id)).rows], [ORDER_COUNT, ORDER_COUNT]);
    assert.ok(rows.every((row) => row['Номер заказа']?.startsWith('made-') === true && row['Сумма'] !== '1'));
  });

  it('the history of a few orders is among the small ones, however long that of another is', async () => {
    const [one, long] = ['made-41', 'made-42'];
    await execute(
      db(),
      `insert into order_changes (order_id, field, new_value, change_type, cause)
       select o.id, 'status', 'hw_only', 'status', 'file'
       from orders o cross join lateral generate_series(1, case o.order_number when ? then 3 else ${SMALL_ROWS + 1} end)
       where o.order_number = any(?)`,
      [one, [one, long]],
    );
    for (const [q, small] of [
      [one, true],
      [long, false],
    ] as const) {
      const { id } = await orderExport(api, { kind: 'changes', format: 'csv', filter: { q } });
      const row = await selectRow<{ small: boolean }>(db(), 'select small from exports where id = ?', [id]);
      assert.equal(row?.small, small, q);
      assert.equal((await ended(id)).status, 'completed');
    }
  });
});
