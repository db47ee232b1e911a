import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { createAuditAnchor } from '../../shared/audit/anchor.ts';
import {
  createChain,
  headText,
  SEAL_LOCK,
  SEALED_COLUMNS,
  type SealedRow,
  textOfTime,
} from '../../shared/audit/chain.ts';
import { createSealer } from '../../shared/audit/sealer.ts';
import { verifyAudit } from '../../shared/audit/verify.ts';
import type { Db } from '../../shared/db/client.ts';
import { execute, selectRow, selectRows } from '../../shared/db/rows.ts';
import { createLogger, createSilentLogger, type Logger } from '../../shared/logger.ts';
import { AUDIT_KEY as KEY, auditedDatabases } from '../support/audited-database.ts';

const logger = createSilentLogger();

/** A logger whose lines can be looked at. */
function logLines(): { logger: Logger; told(): Record<string, unknown>[] } {
  const stream = new PassThrough();
  const read = () => (stream.read() as Buffer | null)?.toString().trim().split('\n') ?? [];
  return {
    logger: createLogger({ service: 'test', level: 'warn', format: 'json', stream }),
    told: () => read().map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

/** What breaks no chain. */
describe('the audit log, tampered with beside its chain', () => {
  const { db: current, write, faults, tamper } = auditedDatabases();
  let db: Db;
  beforeEach(() => {
    db = current();
  });

  /** A row that was written and sealed three hours ago, by somebody who has the key. */
  async function sealedLongAgo(): Promise<void> {
    const chain = createChain(KEY);
    await execute(db, `insert into audit_log (at, action) values (now() - interval '3 hours', 'auth.signed_in')`);
    const row = await selectRow<SealedRow & { sealedAt: string }>(
      db,
      `select ${SEALED_COLUMNS}, ${textOfTime('a.at')} as "sealedAt" from audit_log a`,
    );
    assert.ok(row !== null);
    const seal = chain.seal(chain.genesis, 1n, row, row.sealedAt);
    await execute(
      db,
      `insert into audit_seals (seq, audit_id, seal, key_id, sealed_at, time_sealed) values (1, ?, ?, ?, ?, true)`,
      [row.id, seal, chain.keyId, row.sealedAt],
    );
    await execute(db, 'insert into audit_head (seq, mac) values (1, ?)', [chain.headMac(1n, seal)]);
  }

  it('shows rows slipped in under a time at which the sealer looked, however quiet it was since', async () => {
    await sealedLongAgo();
    const told: string[] = [];
    const living = createSealer({
      db,
      auditKey: KEY,
      logger,
      onTampered: async ({ what, rows }, seq) => void told.push(`${what} ${rows.join()} at ${seq}`),
    });
    await living.sealOnce();
    assert.deepEqual(await verifyAudit(db, KEY).then(({ ok, notChecked }) => [ok, notChecked]), [
      true,
      ['no_outside_head'],
    ]);
    await execute(db, `insert into audit_log (at, action) values (now() - interval '30 minutes', 'users.approved')`);
    await living.sealOnce();
    assert.deepEqual(told, ['late_insert 2 at 3']);
    assert.deepEqual(await faults(), ['late_insert']);
    assert.equal(await living.sealOnce(), 0, 'it is told once');
    assert.deepEqual(await selectRows(db, `select details from audit_log where action = 'audit.tampered'`), [
      { details: { what: 'late_insert', rows: ['2'], count: 1 } },
    ]);
    await tamper(`delete from audit_log where action = 'audit.tampered'`);
    assert.ok((await faults()).includes('row_missing'), 'what tells of it cannot be taken out either');
  });

  it('says what it cannot tell: rows that waited for an api, or were sealed anew by somebody', async () => {
    await execute(db, `insert into audit_log (at, action) values (now() - interval '30 minutes', 'users.approved')`);
    await createSealer({ db, auditKey: KEY, logger }).sealOnce();
    const { ok, notChecked } = await verifyAudit(db, KEY);
    assert.deepEqual([ok, notChecked], [true, ['no_outside_head', 'late_seals']]);
  });

  it('shows that the place of heads was put back while it lives; a line cut short takes no other along', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vhm24r-test-anchor-'));
    const path = join(folder, 'heads.jsonl');
    const anchor = createAuditAnchor(`file:${path}`, {});
    const begin = () => createSealer({ db, auditKey: KEY, logger, anchor });
    const places = async () => (await anchor.read()).map(({ head }) => Number(head.seq));
    const told = async () => faults((await anchor.read()).map(({ head }) => headText(head)));
    try {
      for (let n = 0; n < 2; n++) {
        await write(1);
        const one = begin();
        await one.sealOnce();
        await one.close();
      }
      const older = (await readFile(path, 'utf8')).split('\n')[0] ?? '';
      const living = begin();
      await write(1);
      await living.sealOnce();
      assert.deepEqual([await places(), await told()], [[1, 2, 3], []]);
      await writeFile(path, older.slice(0, -9));
      await write(1);
      await living.sealOnce();
      // the head that is told at the end finds out
      await living.close();
      assert.deepEqual(await places(), [4]);
      await living.sealOnce();
      assert.deepEqual(await told(), ['anchor_shortened']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('two apis that tell their heads in another order than they sealed see nothing in it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vhm24r-test-anchor-'));
    const anchor = createAuditAnchor(`file:${join(folder, 'heads.jsonl')}`, {});
    const [one, two] = [0, 1].map(() => createSealer({ db, auditKey: KEY, logger, anchor }));
    try {
      await write(1);
      await one?.sealOnce();
      await write(1);
      await two?.sealOnce();
      await write(1);
      await one?.sealOnce();
      await one?.close();
      await two?.close();
      await write(1);
      await one?.sealOnce();
      await one?.close();
      await one?.sealOnce();
      assert.deepEqual(await faults((await anchor.read()).map(({ head }) => headText(head))), []);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('a row that only looks like the sealer’s own stops nobody from verifying', async () => {
    await write(1);
    for (const rows of ['5', '"1"', '{}', '[null, {}]', 'null'])
      await execute(db, `insert into audit_log (action, details) values ('audit.tampered', ?::jsonb)`, [
        `{"what": "late_insert", "rows": ${rows}}`,
      ]);
    await createSealer({ db, auditKey: KEY, logger }).sealOnce();
    assert.deepEqual(await faults(), []);
  });

  it('a row that the database swallows is no deed: whoever did it is told', async () => {
    await tamper(`create function swallow() returns trigger language plpgsql as $$ begin return null; end $$;
      create trigger swallow before insert on audit_log for each row execute function swallow()`);
    await assert.rejects(write(1), /was not written/);
  });

  it('says so when somebody holds the sealer’s lock, under which rows stay open to change', async () => {
    const lines = logLines();
    const one = createSealer({ db, auditKey: KEY, logger: lines.logger, lockedAfterMs: 0 });
    await db.transaction(async (trx) => {
      await execute(trx, `select pg_advisory_xact_lock(${SEAL_LOCK})`);
      assert.equal(await one.sealOnce(), 0);
      assert.equal(await one.sealOnce(), 0);
    });
    assert.deepEqual(
      lines.told().map(({ level, event }) => [level, event]),
      [['error', 'audit_seal_locked']],
      'once',
    );
  });
});
