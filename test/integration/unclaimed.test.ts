import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import type { Job } from '../../shared/jobs.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { createUnclaimed } from '../../shared/queue/unclaimed.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

describe('a long backlog while Redis and workers are well', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let db: Db;
  const job: Job = {
    queue: 'exports',
    table: 'exports',
    concurrency: null,
    handle: () => Promise.reject(new Error('nobody works here')),
  };

  before(async () => {
    database = await createTestDatabase();
    db = createDatabase({
      url: database.url,
      poolMax: 2,
      applicationName: 'test-unclaimed',
      logger: createSilentLogger(),
    });
    await db.raw(`insert into users (email, status, role) values ('backlog@example.test', 'approved', 'operator')`);
    const details = JSON.stringify({ redis: 'up', concurrency: 2, canaryAgeS: 0 });
    await db.raw(
      `insert into service_instances (id, service, version, details) values ('worker-a', 'worker', '1.0.0', ?::jsonb)`,
      [details],
    );
  });
  after(async () => {
    await db?.destroy();
    await database?.drop();
  });

  /** @param overdueS seconds since it could have been claimed */
  async function waiting(overdueS: number): Promise<string> {
    const id = randomUUID();
    await db.raw(
      `insert into exports (id, kind, format, created_by, next_attempt_at)
       select ?, 'orders', 'csv', id, clock_timestamp() - make_interval(secs => ?) from users
       where email = 'backlog@example.test'`,
      [id, overdueS],
    );
    return id;
  }
  const claim = (id: string) =>
    db.raw(
      `update exports set status = 'processing', fence = fence + 1,
        lease_until = clock_timestamp() + interval '1 minute' where id = ?`,
      [id],
    );
  const finish = (id: string) =>
    db.raw(`update exports set status = 'completed', lease_until = null where id = ?`, [id]);
  const seen = (agoS: number) =>
    db.raw(`update service_instances set seen_at = clock_timestamp() - make_interval(secs => ?)`, [agoS]);

  it('is left to busy workers however long it waits, and taken when they are heard of no more', async () => {
    const unclaimed = createUnclaimed(db);
    const oldest = await waiting(3_600);
    let atWork = [await waiting(60), await waiting(60)];
    for (const id of atWork) await claim(id);
    for (let look = 0; look < 20; look++) {
      await seen(0);
      assert.equal(await unclaimed.isLeftAlone(job, oldest), false, 'every place is taken');
      // one ends and the next begins; in between a place is free for a moment
      await finish(atWork[0]!);
      assert.equal(await unclaimed.isLeftAlone(job, oldest), false, 'a place has just become free');
      const next = await waiting(60);
      await claim(next);
      atWork = [atWork[1]!, next];
    }
    await seen(60);
    assert.equal(await unclaimed.isLeftAlone(job, oldest), true, 'no worker is heard of');
  });
});
