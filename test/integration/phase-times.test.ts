import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import pg from 'pg';
import { createLogger } from '../../shared/logger.ts';
import { MERGE_LOCK_KEY } from '../../shared/reconcile/merge-lock.ts';
import { csvBytes, rowsOfPayments } from '../support/files.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const HELD_MS = 800;
const PHASES = ['detecting', 'reading', 'waiting_for_lock', 'merging', 'reconciling'];

interface Line {
  msg: string;
  phasesMs?: Record<string, number>;
}

describe('the log line of a file that ended', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let api: InProcessApi;
  const lines: Line[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Line);
      done();
    },
  });

  before(async () => {
    database = await createTestDatabase();
    const logger = createLogger({ level: 'info', format: 'json', service: 'test', stream });
    api = await openTestApi({ DATABASE_URL: database.url, SYNC_WAIT_MS: '0' }, { logger });
  });
  after(async () => {
    await api.close();
    await database.drop();
  });

  const lineOf = (msg: string) =>
    eventually(
      () => {
        const line = lines.find((one) => one.msg === msg);
        assert.ok(line, `no line "${msg}"`);
        return line.phasesMs ?? {};
      },
      { timeoutMs: 30_000 },
    );

  it('says how long each phase took, the wait for others who merge apart from its own merging', async () => {
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    try {
      await other.query('select pg_advisory_lock($1)', [MERGE_LOCK_KEY]);
      await api.client.upload([{ name: 'click.csv', content: csvBytes(rowsOfPayments('click', [{}, {}])).toString() }]);
      await eventually(
        async () => {
          const { rows } = await other.query(`select 1 from pg_locks where locktype = 'advisory' and not granted
            and database = (select oid from pg_database where datname = current_database())`);
          assert.equal(rows.length, 1);
        },
        { timeoutMs: 30_000 },
      );
      await other.query('select pg_sleep($1)', [HELD_MS / 1000]);
    } finally {
      await other.end();
    }
    const phasesMs = await lineOf('file ended');
    assert.deepEqual(Object.keys(phasesMs).toSorted(), PHASES.toSorted());
    assert.ok((phasesMs['waiting_for_lock'] ?? 0) >= HELD_MS, JSON.stringify(phasesMs));
    for (const phase of PHASES)
      assert.ok(Number.isInteger(phasesMs[phase]) && (phasesMs[phase] ?? 0) > 0, JSON.stringify(phasesMs));
  });

  it('says so of a file that failed, with 0 for what it did not reach', async () => {
    await api.client.upload([{ name: 'broken.xlsx', content: 'PK\u0003\u0004 and nothing of a workbook' }]);
    const phasesMs = await lineOf('file failed');
    assert.deepEqual(Object.keys(phasesMs).toSorted(), PHASES.toSorted());
    assert.ok((phasesMs['detecting'] ?? 0) > 0);
    assert.equal(phasesMs['merging'], 0);
  });
});
