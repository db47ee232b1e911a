/** What a small file leaves behind: its rows, and nothing in the catalogues. */
import assert from 'node:assert/strict';
import type pg from 'pg';
import { HELD_FILE_BYTES } from '../../shared/ingest/held-rows.ts';
import { createWorkTables } from '../../shared/reconcile/work-tables.ts';
import { csvBytes, rowsOfHappyWorkers, rowsOfVendhub, type Rows, xlsxBytes } from '../support/files.ts';
import { type InProcessApi, openTestApi } from '../support/in-process-api.ts';
import { openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const ORDERS = 20;
/** With a remark of four kilobytes each. */
const LARGE_ROWS = 1_200;
/** Each connection makes its work tables once; there are so few of them. */
const FEW_CONNECTIONS = '6';
const ROUNDS = 10;

describe('a small file', function () {
  this.timeout(240_000);
  let database: TestDatabase;
  let client: pg.Client;

  before(async () => {
    database = await createTestDatabase();
    client = await openTestClient(database.url);
  });
  after(async () => {
    await client.end();
    await database.drop();
  });

  describe('that is loaded', () => {
    let api: InProcessApi;
    let made = 0;

    before(async () => {
      api = await openTestApi({ DATABASE_URL: database.url, DATABASE_POOL_MAX: FEW_CONNECTIONS });
    });
    after(() => api.close());

    async function load(name: string, content: Uint8Array): Promise<void> {
      const sent = await api.client.upload([{ name, content: new Uint8Array(content) }]);
      const session = await api.client.waitForSession(sent.body.session.id, { timeoutMs: 60_000 });
      assert.equal(session.status, 'completed');
    }

    /** New orders of the machines, the server's word for them, and the first report once more, corrected. */
    async function loadRound(): Promise<void> {
      made++;
      const numbers = Array.from({ length: ORDERS }, (_, n) => `ROUND-${made}-${n}`);
      const machines = (goods: string): Rows => rowsOfHappyWorkers(numbers.map((number) => ({ number, goods })));
      const server = rowsOfVendhub(numbers.map((number, n) => ({ number, reportId: made * 1_000 + n })));
      await load(`machines-${made}.csv`, csvBytes(machines('Капучино')));
      await load(`server-${made}.xlsx`, await xlsxBytes({ Sheet: server }));
      await load(`corrected-${made}.csv`, csvBytes(machines('Латте')));
    }

    async function catalogueRows(): Promise<number> {
      const { rows } = await client.query<{ made: string }>(
        `select sum(n_tup_ins) as made from pg_stat_sys_tables where relname in ('pg_class', 'pg_attribute')`,
      );
      return Number(rows[0]?.made);
    }

    it('makes no table, once the connections have theirs', async () => {
      const grown: number[] = [];
      for (let round = 0; round < ROUNDS && !grown.includes(0); round++) {
        const before = await catalogueRows();
        await loadRound();
        grown.push((await catalogueRows()) - before);
      }
      assert.equal(grown.at(-1), 0, `rows in the catalogues, round by round: ${grown.join(', ')}`);
      const { rows } = await client.query(
        `select (select count(*)::int from happy_workers_orders) as machines,
           (select count(*)::int from vendhub_sales) as server,
           (select count(*)::int from orders where goods_name = 'Латте' and has_vh) as corrected`,
      );
      const all = made * ORDERS;
      assert.deepEqual(rows[0], { machines: all, server: all, corrected: all });
    });

    it('that holds more than it looks is loaded like any other', async () => {
      const numbers = Array.from({ length: LARGE_ROWS }, (_, n) => `LARGE-${n}`);
      const [header, ...rows] = rowsOfHappyWorkers(numbers.map((number) => ({ number })));
      const remark = 'очень долго наливал '.repeat(95);
      const large = rows.map((cells) => [...cells.slice(0, -1), remark]);
      const content = await xlsxBytes({ Sheet: [header ?? [], ...large] });
      assert.ok(content.length < HELD_FILE_BYTES, `${content.length} bytes`);
      await load('large.xlsx', content);
      const { rows: found } = await client.query(
        `select count(*)::int as count, min(length(remark)) as shortest
         from happy_workers_orders
         where order_number like 'LARGE-%'`,
      );
      assert.deepEqual(found[0], { count: LARGE_ROWS, shortest: remark.trim().length });
    });
  });

  describe('on a connection', () => {
    const inTransaction = async (work: () => Promise<void>, end: 'commit' | 'rollback' = 'commit'): Promise<void> => {
      await client.query('begin');
      await work();
      await client.query(end);
    };
    const touched = async (): Promise<number> => {
      const { rows } = await client.query<{ count: number }>('select count(*)::int as count from work_touched_orders');
      return rows[0]?.count ?? -1;
    };
    const oid = async (): Promise<string> => {
      const { rows } = await client.query<{ oid: string }>(`select 'pg_temp.work_fresh_orders'::regclass::oid as oid`);
      return rows[0]?.oid ?? '';
    };

    it('finds the tables of the one before, and nothing in them, however that ended', async () => {
      await inTransaction(() => createWorkTables(client));
      const first = await oid();
      for (const end of ['commit', 'rollback'] as const) {
        await inTransaction(async () => {
          await createWorkTables(client);
          assert.equal(await touched(), 0);
          await client.query('insert into work_touched_orders (order_id) values (1)');
        }, end);
      }
      await inTransaction(async () => {
        await createWorkTables(client);
        assert.equal(await touched(), 0);
      });
      assert.equal(await oid(), first);
    });

    it('makes its own where another version was before it, and leaves that one its names', async () => {
      const columns = async (): Promise<number> =>
        (
          await client.query(
            `select 1 from pg_attribute where attrelid = 'pg_temp.work_fresh_orders'::regclass and attnum > 0`,
          )
        ).rowCount ?? 0;
      await client.query('discard temp');
      await client.query(
        'create temporary table work_fresh_orders (order_id bigint, further text) on commit delete rows',
      );
      await inTransaction(() => createWorkTables(client));
      assert.equal(await columns(), 1);
      // as they were made for each import before
      await inTransaction(async () => {
        await client.query('create temporary table scope (id bigint) on commit drop');
        await client.query('create temporary table touched_orders (order_id bigint not null) on commit drop');
      });
      await inTransaction(() => createWorkTables(client));
    });
  });
});
