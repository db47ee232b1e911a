import assert from 'node:assert/strict';
import { createChain } from '../../shared/audit/chain.ts';
import { retireAudit } from '../../shared/audit/retire-audit.ts';
import { createSealer } from '../../shared/audit/sealer.ts';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { execute, selectRow, selectRows } from '../../shared/db/rows.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { AUDIT_KEY, auditedDatabases } from '../support/audited-database.ts';

const logger = createSilentLogger();

describe('the audit log, with rows that are kept for a time only', () => {
  const world = auditedDatabases();
  const { sealer, write, faults, tamper } = world;
  let db: Db;
  beforeEach(() => {
    db = world.db();
  });

  const chain = createChain(AUDIT_KEY);
  /** Written and sealed so many days ago: the sealer's clock is the database's. */
  async function sealedDaysAgo(days: number, count: number): Promise<void> {
    await tamper(`create or replace function clock_timestamp() returns timestamptz language sql
      as $$ select pg_catalog.clock_timestamp() - interval '${days} days' $$`);
    await execute(db, `alter database ${world.database().name} set search_path = public, pg_catalog`);
    const past = createDatabase({ url: world.database().url, poolMax: 2, applicationName: 'test-past', logger });
    try {
      for (let n = 0; n < count; n++)
        await execute(past, `insert into audit_log (at, action) values (clock_timestamp(), 'auth.signed_in')`);
      await createSealer({ db: past, auditKey: AUDIT_KEY, logger }).sealOnce();
    } finally {
      await past.destroy();
      await execute(db, `alter database ${world.database().name} reset search_path`);
      await execute(db, 'drop function public.clock_timestamp()');
    }
  }
  const left = async () => (await selectRows(db, 'select id from audit_log')).length;

  it('the old ones go, and the rest is proved as before; it can be sealed on', async () => {
    await sealedDaysAgo(200, 12);
    await write(5);
    await sealer().sealOnce();
    assert.equal(await retireAudit(db, chain, 100), 12);
    assert.equal(await left(), 6, 'five, and the row that tells of it');
    await sealer().sealOnce();
    assert.deepEqual(await faults(), []);
    assert.equal(await retireAudit(db, chain, 100), 0);
    assert.equal(await retireAudit(db, chain, 0), 5, 'all but the last');
    await write(1);
    await sealer().sealOnce();
    assert.deepEqual(await faults(), []);
  });

  it('none goes that somebody touched, nor what comes after it', async () => {
    await sealedDaysAgo(200, 6);
    await tamper(`update audit_log set action = 'auth.signed_out' where id = 3`);
    assert.equal(await retireAudit(db, chain, 100), 2);
    assert.equal(await retireAudit(db, chain, 100), 0);
    assert.deepEqual(await faults(), ['broken_link']);
  });

  it('shows a beginning that somebody else cut off, with or without a base of his own', async () => {
    await write(6);
    await sealer().sealOnce();
    const { seal } = (await selectRow<{ seal: Buffer }>(db, 'select seal from audit_seals where seq = 3')) ?? {};
    await tamper('delete from audit_log where id <= 3');
    await tamper('delete from audit_seals where seq <= 3');
    assert.ok((await faults()).includes('seal_missing'));
    await execute(db, `insert into audit_base (seq, seal, mac) values (3, ?, '\\x00')`, [seal]);
    assert.ok((await faults()).includes('base_forged'));
  });

  it('none goes early because the database’s clock was put forward', async () => {
    await write(5);
    await sealer().sealOnce();
    await tamper(`create function clock_timestamp() returns timestamptz language sql
      as $$ select pg_catalog.clock_timestamp() + interval '200 days' $$`);
    await execute(db, `alter database ${world.database().name} set search_path = public, pg_catalog`);
    const ahead = createDatabase({ url: world.database().url, poolMax: 2, applicationName: 'test-ahead', logger });
    try {
      assert.equal(await retireAudit(ahead, chain, 100), 0);
    } finally {
      await ahead.destroy();
    }
  });
});
