import assert from 'node:assert/strict';
import pg from 'pg';
import { diagnose, problems } from '../support/diagnose.ts';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy, type FaultProxy } from '../support/faults.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { openReplicated, type Replicated } from '../support/replica.ts';

interface OrderList {
  items: { orderNumber: string }[];
}
interface ExportBody {
  id: string;
  status: string;
  rows: number;
}

const WAIT = { timeoutMs: 60_000 };

describe('with a replica to read from', function () {
  this.timeout(180_000);
  let pair: Replicated;
  let toPrimary: FaultProxy;
  let toReplica: FaultProxy;
  let api: InProcessApi;
  let primary: pg.Client;
  let replica: pg.Client;

  before(async () => {
    pair = await openReplicated();
    toPrimary = await openFaultProxy(pair.primary.port);
    toReplica = await openFaultProxy(pair.replica.port);
    [primary, replica] = [await connect(pair.urls.primary), await connect(pair.urls.replica)];
    api = await openTestApi({
      DATABASE_URL: toPrimary.urlFor(pair.urls.primary),
      DATABASE_READ_URL: toReplica.urlFor(pair.urls.replica),
    });
  });
  after(async () => {
    await Promise.all([toPrimary.set('pass'), toReplica.set('pass')]);
    await api.close();
    await Promise.all([primary.end(), replica.end()]);
    await Promise.all([toPrimary.close(), toReplica.close()]);
    await pair.close();
  });

  async function connect(url: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url });
    // the primary is killed in the end
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }
  const state = () => api.opened.resources.replica.state();
  let written = 0;
  async function writeOrder(): Promise<string> {
    const number = `ff${(written += 1)}`;
    await primary.query(
      `insert into orders (order_number, payment_type, price, time) values ($1, 'cash', 1000, clock_timestamp())`,
      [number],
    );
    return number;
  }
  async function newest(): Promise<string | undefined> {
    const answer = await api.client.get<OrderList>('/orders?limit=1');
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.items[0]?.orderNumber;
  }
  /** What the api's own connections did last on the replica. */
  async function statementsThere(): Promise<string> {
    const { rows } = await replica.query<{ query: string }>(
      `select query from pg_stat_activity where application_name = 'vhm24r-api-replica'`,
    );
    return rows.map(({ query }) => query).join('\n');
  }
  async function comesBack(): Promise<void> {
    await eventually(async () => {
      await newest();
      assert.equal(state(), 'used');
    }, WAIT);
  }

  it('a list comes from it, and shows at once what was written a moment before', async () => {
    await comesBack();
    for (let time = 0; time < 20; time++) {
      const number = await writeOrder();
      assert.equal(await newest(), number);
    }
    await comesBack();
    assert.match(await statementsThere(), /orders/);
  });

  it('sums, analytics, missing days, the audit log and exports come from it as well', async () => {
    await writeOrder();
    const paths = [
      '/orders/totals',
      '/orders/machines',
      '/reconciliation/summary',
      '/analytics/summary',
      '/coverage/missing',
      '/audit',
    ];
    for (const path of paths) assert.equal((await api.client.get(path)).status, 200, path);
    assert.equal(state(), 'used');
    assert.equal(await exportedRows(), written);
  });
  async function exportedRows(): Promise<number> {
    const { body } = await api.client.post<ExportBody>('/exports', { kind: 'orders', format: 'csv', filter: {} });
    return eventually(async () => {
      const now = await api.client.get<ExportBody>(`/exports/${body.id}`);
      assert.equal(now.body.status, 'completed', JSON.stringify(now.body));
      return now.body.rows;
    }, WAIT);
  }

  it('that stands still the primary answers, with what is new; and it is used again when it has caught up', async () => {
    await replica.query('select pg_wal_replay_pause()');
    try {
      const number = await writeOrder();
      assert.equal(await newest(), number);
      assert.equal(state(), 'lagging');
      // never asked before, so that no answer is at hand
      const { body } = await api.client.get<{ count: number }>(`/orders/totals?amountFrom=${written}`);
      assert.equal(body.count, written);
    } finally {
      await replica.query('select pg_wal_replay_resume()');
    }
    await comesBack();
  });

  for (const mode of ['black-hole', 'reset', 'refuse'] as const) {
    it(`that is away (${mode}) the primary answers, and nobody gets an error`, async () => {
      await comesBack();
      await toReplica.set(mode);
      try {
        for (let time = 0; time < 5; time++) {
          const number = await writeOrder();
          assert.equal(await newest(), number);
        }
        assert.equal(state(), 'away');
        assert.equal(await exportedRows(), written);
        assert.equal((await fetch(`${api.url}/readyz`)).status, 200);
      } finally {
        await toReplica.set('pass');
      }
      await comesBack();
    });
  }

  it('the doctor says what is wrong with it', async () => {
    const look = (readUrl: string) =>
      diagnose({ DATABASE_URL: pair.urls.primary, DATABASE_READ_URL: readUrl }, ['postgres']);
    const codes = async (readUrl: string) => problems(await look(readUrl)).map(({ code }) => code);
    assert.deepEqual(await codes(pair.urls.replica), []);
    assert.deepEqual(await codes(pair.urls.primary), ['postgres.replica_is_primary']);
    const other = await createTestDatabase();
    assert.deepEqual(await codes(other.url), ['postgres.replica_other_database']);
    await other.drop();
    assert.deepEqual(await codes('postgres://nobody:pl4nted-S3cret_pw@127.0.0.1:1/x'), ['postgres.replica_away']);
    await replica.query('select pg_wal_replay_pause()');
    await writeOrder();
    assert.deepEqual(await codes(pair.urls.replica), ['postgres.replica_lagging']);
    await replica.query('select pg_wal_replay_resume()');
  });

  it('that takes over when the primary dies: accepted files are kept, meanwhile there is a 503 with a time to come back', async () => {
    // an answer waits for the second server: without that an accepted file may be lost with the first
    await primary.query(`alter system set synchronous_standby_names = '*'`);
    await primary.query('select pg_reload_conf()');
    await eventually(async () => {
      const { rows } = await primary.query<{ sync_state: string }>('select sync_state from pg_stat_replication');
      assert.equal(rows[0]?.sync_state, 'sync');
    }, WAIT);
    const accepted: string[] = [];
    const refused: number[] = [];
    let sent = 0;
    let takenOver = false;
    let after = 0;
    const sending = (async () => {
      while (after < 3) {
        const answer = await api.client.upload([
          { name: `${sent}.csv`, content: `nothing that is known ${(sent += 1)}` },
        ]);
        if (answer.status < 300) {
          const { session } = answer.body as unknown as { session: { files: { id: string }[] } };
          accepted.push(...session.files.map(({ id }) => id));
          after += takenOver ? 1 : 0;
        } else {
          refused.push(answer.status);
          assert.equal((answer.body as unknown as { error: { code: string } }).error.code, 'service_unavailable');
          assert.ok(Number(answer.headers.get('retry-after')) >= 1);
        }
      }
    })();
    await eventually(() => assert.ok(accepted.length >= 3), WAIT);
    await pair.primary.kill();
    await eventually(() => assert.ok(refused.length >= 1), WAIT);
    await replica.query('select pg_promote()');
    toPrimary.aimAt(pair.replica.port);
    takenOver = true;
    await sending;
    assert.deepEqual(new Set(refused), new Set([503]));
    await eventually(async () => {
      const { rows } = await replica.query<{ id: string; status: string }>(
        'select id, status from uploaded_files where id = any($1)',
        [accepted],
      );
      assert.equal(rows.length, accepted.length, 'an accepted file is lost');
      assert.deepEqual(
        rows.filter(({ status }) => status === 'queued' || status === 'processing'),
        [],
      );
    }, WAIT);
    // the address of reads now leads to the primary itself: it is left alone, and named by the doctor
    assert.equal((await api.client.get('/orders')).status, 200);
  });
});
