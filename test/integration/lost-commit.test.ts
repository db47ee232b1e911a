import assert from 'node:assert/strict';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy, type FaultProxy } from '../support/faults.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { isLong } from '../support/long.ts';
import { ownTimeMs } from '../support/own-time.ts';

const ROUNDS = isLong ? 20 : 6;
/** What a request may take beyond its own work, and the asking. */
const ANSWER_LIMIT_MS = 6_000;

/** `COMMIT;` as knex sends it, alone or behind what was pipelined before it. */
const isCommit = (bytes: Buffer) => bytes.includes('COMMIT');

interface FileState {
  id: string;
  status: string;
  error_code: string | null;
  chunks: string;
}

describe("an upload whose commit's answer is lost", function () {
  this.timeout(180_000);
  let database: TestDatabase;
  let direct: Db;
  let proxy: FaultProxy;
  let api: InProcessApi;

  before(async () => {
    database = await createTestDatabase();
    direct = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test', logger: createSilentLogger() });
    proxy = await openFaultProxy(Number(new URL(database.url).port));
    api = await openTestApi({ DATABASE_URL: proxy.urlFor(database.url), SYNC_WAIT_MS: '0' });
  });
  after(async () => {
    proxy.intercept(null);
    await proxy.set('pass');
    await api.close();
    await proxy.close();
    await direct.destroy();
    await database.drop();
  });

  const filesOf = async (sha256Source: string): Promise<FileState[]> => {
    const { rows } = await direct.raw<{ rows: FileState[] }>(
      `select f.id, f.status, f.error_code,
        (select count(*) from file_chunks c where c.storage_key = f.storage_key) as chunks
       from uploaded_files f where f.name = ? order by f.seq`,
      [sha256Source],
    );
    return rows;
  };
  const ended = (name: string, count: number) =>
    eventually(
      async () => {
        const files = await filesOf(name);
        assert.equal(files.length, count);
        for (const file of files) assert.ok(!['queued', 'processing'].includes(file.status), JSON.stringify(files));
        return files;
      },
      { timeoutMs: 20_000 },
    );
  const orphans = async () =>
    Number(
      (
        await direct.raw<{ rows: { n: string }[] }>(
          `select count(*) as n from file_chunks c
           where not exists (select 1 from uploaded_files f where f.storage_key = c.storage_key)`,
        )
      ).rows[0]?.n,
    );
  const report = (round: string) => ({ name: `${round}.csv`, content: `Номер заказа;Сумма\n${round};1000\n` });

  /** Aims at the transaction that writes uploaded_files, and at no other that runs at the same time. */
  function aim(fault: 'lose-answer' | 'cut', after?: () => void): { hits: number } {
    const state = { hits: 0 };
    const writers = new Set<number>();
    proxy.intercept(({ from, bytes, connection }) => {
      if (from !== 'client' || state.hits > 0) return 'pass';
      if (bytes.includes('insert into uploaded_files')) writers.add(connection);
      if (!writers.has(connection) || !isCommit(bytes)) return 'pass';
      state.hits += 1;
      after?.();
      return fault;
    });
    return state;
  }

  it(`is answered as accepted when it was committed, ${ROUNDS} times: nothing lost, stuck or doubled`, async () => {
    const answers: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const file = report(`lost-${round}`);
      const aimed = aim('lose-answer');
      const startedAt = ownTimeMs();
      const answer = await api.client.upload([file]);
      assert.ok(ownTimeMs() - startedAt < ANSWER_LIMIT_MS);
      proxy.intercept(null);
      assert.equal(aimed.hits, 1, 'the fault has hit');
      answers.push(answer.status);
      const [only] = await ended(file.name, 1);
      assert.notEqual(only?.error_code, 'stored_file_missing');
      assert.equal(only?.chunks, '1');
    }
    assert.deepEqual(new Set(answers), new Set([answers[0]]));
    assert.ok(answers[0] === 200 || answers[0] === 202, String(answers[0]));
    assert.equal(await orphans(), 0);
  });

  it(`is answered 503 and leaves nothing when the connection was cut before COMMIT, ${ROUNDS} times; sent again it is accepted`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const file = report(`cut-${round}`);
      const aimed = aim('cut');
      const answer = await api.client.upload([file]);
      proxy.intercept(null);
      assert.equal(aimed.hits, 1);
      assert.equal(answer.status, 503, JSON.stringify(answer.body));
      assert.ok(Number(answer.headers.get('retry-after')) >= 1);
      assert.equal((await filesOf(file.name)).length, 0);
      assert.equal(await orphans(), 0);
    }
    const again = await api.client.upload([report('cut-0')]);
    assert.ok([200, 202].includes(again.status));
    await ended('cut-0.csv', 1);
  });

  it('is answered 503 and keeps its bytes when nobody can say, and goes on by itself', async () => {
    const file = report('unknown');
    aim('lose-answer', () => setImmediate(() => void proxy.set('black-hole')));
    const startedAt = ownTimeMs();
    const answer = await api.client.upload([file]);
    assert.ok(ownTimeMs() - startedAt < ANSWER_LIMIT_MS);
    assert.equal(answer.status, 503);
    assert.equal((answer.body as unknown as { error: { code: string } }).error.code, 'service_unavailable');
    assert.ok(Number(answer.headers.get('retry-after')) >= 1);
    proxy.intercept(null);
    await proxy.set('pass');
    const [first] = await ended(file.name, 1);
    assert.equal(first?.chunks, '1');
    // the person who sends it again
    await eventually(async () => assert.ok([200, 202].includes((await api.client.upload([file])).status)), {
      timeoutMs: 15_000,
    });
    const files = await ended(file.name, 2);
    for (const one of files) assert.equal(one.chunks, '1');
  });
});
