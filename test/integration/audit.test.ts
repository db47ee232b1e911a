import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { recordAudit } from '../../shared/audit/audit.ts';
import { createAuditAnchor } from '../../shared/audit/anchor.ts';
import { createSealer } from '../../shared/audit/sealer.ts';
import { verifyAudit } from '../../shared/audit/verify.ts';
import type { Db } from '../../shared/db/client.ts';
import { execute, selectRow, selectRows } from '../../shared/db/rows.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { AUDIT_KEY as KEY, auditedDatabases } from '../support/audited-database.ts';
import { openS3StandIn } from '../support/s3-stand-in.ts';
import { ownTimeMs } from '../support/own-time.ts';

const logger = createSilentLogger();

describe('the audit log', () => {
  const world = auditedDatabases();
  const { sealer, write, faults, tamper } = world;
  let db: Db;
  beforeEach(() => {
    db = world.db();
  });

  it('can be added to and not changed, not by the application itself', async () => {
    await write(1);
    await sealer().sealOnce();
    for (const sql of [
      'update audit_log set address = null',
      'delete from audit_log',
      'truncate audit_log',
      'update audit_seals set key_id = key_id',
      'delete from audit_seals',
    ]) {
      await assert.rejects(execute(db, sql), { code: '42501' });
    }
  });

  it('keeps no secret', async () => {
    await recordAudit(db, {
      actorId: null,
      action: 'auth.signed_in',
      details: { password: 'hunter22', note: 'Bearer abcdefghijklmnop' },
    });
    const row = await selectRow<{ details: object }>(db, 'select details from audit_log');
    assert.deepEqual(row?.details, { password: '***', note: 'Bearer ***' });
  });

  it('is sealed row by row, whole until somebody touches it', async () => {
    await write(5);
    const one = sealer();
    assert.equal(await one.sealOnce(), 5);
    assert.equal(await one.sealOnce(), 0);
    await write(3);
    let verdict = await verifyAudit(db, KEY);
    assert.deepEqual([verdict.ok, verdict.sealed, verdict.unsealed], [true, 5, 3]);
    assert.equal(await one.sealOnce(), 3);
    verdict = await verifyAudit(db, KEY);
    assert.deepEqual([verdict.ok, verdict.sealed, verdict.unsealed], [true, 8, 0]);
    assert.match(verdict.head ?? '', /^8:[0-9a-f]{64}$/);
  });

  it('shows a changed row, a removed row, a removed seal, rows in another order', async () => {
    await write(6);
    await sealer().sealOnce();
    await tamper(`update audit_log set address = '10.0.0.9' where id = 3`);
    assert.deepEqual(await faults(), ['broken_link']);
    await tamper(`update audit_log set address = null where id = 3`);
    assert.deepEqual(await faults(), []);
    await tamper(`update audit_log set details = jsonb_set(details, '{n}', '77') where id = 2`);
    assert.deepEqual(await faults(), ['broken_link']);
    await tamper(`update audit_log set details = '{"n": 1}' where id = 2`);
    await tamper(`update audit_log set at = at + interval '1 microsecond' where id = 4`);
    assert.deepEqual(await faults(), ['broken_link']);
    await tamper(`update audit_log set at = at - interval '1 microsecond' where id = 4`);
    const swap = async () => {
      await tamper('update audit_seals set audit_id = -audit_id where audit_id in (5, 6)');
      await tamper('update audit_seals set audit_id = 11 + audit_id where audit_id < 0');
    };
    await swap();
    assert.deepEqual(await faults(), ['broken_link', 'broken_link']);
    await swap();
    assert.deepEqual(await faults(), []);
    await tamper('delete from audit_log where id = 5');
    assert.deepEqual(await faults(), ['row_missing']);
    await tamper('delete from audit_seals where audit_id = 5');
    assert.ok((await faults()).includes('seal_missing'));
  });

  it('shows what was cut off, whether the seals went along or not', async () => {
    await write(6);
    await sealer().sealOnce();
    const { head } = await verifyAudit(db, KEY);
    await tamper('delete from audit_log where id > 4');
    assert.deepEqual(await faults(), ['row_missing', 'row_missing']);
    await tamper('delete from audit_seals where audit_id > 4');
    assert.deepEqual(await faults(), ['cut_off']);
    // even with the head of that time put back the log knows better
    await tamper('delete from audit_head');
    assert.deepEqual(await faults(), ['head_missing']);
    assert.deepEqual(await faults([head ?? '']), ['head_missing', 'older_than_log']);
  });

  it('cannot be sealed anew by somebody without the key', async () => {
    await write(3);
    await sealer().sealOnce();
    const { head } = await verifyAudit(db, KEY);
    await tamper('delete from audit_seals');
    await tamper('delete from audit_head');
    await tamper('delete from audit_log where id = 2');
    await sealer('somebody else’s key, as long as it must be').sealOnce();
    assert.ok((await faults()).every((kind) => kind === 'other_key' || kind === 'head_forged'));
    assert.ok((await faults()).length > 0);
    // with the key, yet too late: the log has seen another seal at that place
    await tamper('delete from audit_seals');
    await tamper('delete from audit_head');
    await sealer().sealOnce();
    assert.deepEqual(await faults(), []);
    assert.deepEqual(await faults([head ?? '']), ['older_than_log']);
  });

  it('misses no row that commits late, and two sealers make one chain', async () => {
    const [one, two] = [sealer(), sealer()];
    const late = await db.transaction();
    await recordAudit(late, { actorId: null, action: 'auth.signed_in' });
    await write(3);
    await Promise.all([one.sealOnce(), two.sealOnce()]);
    await late.commit();
    await write(2);
    await Promise.all([one.sealOnce(), two.sealOnce(), one.sealOnce(), two.sealOnce()]);
    await one.sealOnce();
    const verdict = await verifyAudit(db, KEY);
    assert.deepEqual([verdict.ok, verdict.sealed, verdict.unsealed], [true, 6, 0]);
  });

  it('never makes a sign-in wait for the sealer', async () => {
    await write(1);
    const sealing = await db.transaction();
    await execute(sealing, `select pg_advisory_xact_lock(hashtextextended('vhm24r audit seal', 0))`);
    await execute(sealing, 'insert into audit_seals (seq, audit_id, seal, key_id) values (1, 1, $$x$$, $$x$$)');
    const startedMs = ownTimeMs();
    await write(1);
    assert.equal(await sealer().sealOnce(), 0, 'nor another sealer');
    assert.ok(ownTimeMs() - startedMs < 500);
    await sealing.rollback();
  });

  describe('is not sealed over a break', () => {
    /** As the owner of the database: no trigger fires, and rows look as if they had just come. */
    const launder = async (sql: string) => {
      await db.transaction(async (trx) => {
        await trx.raw('set local session_replication_role = replica');
        await trx.raw(sql);
      });
    };
    const breaks = () =>
      selectRows<{ reason: string }>(
        db,
        `select details->>'reason' as reason from audit_log where action = 'audit.chain_broken'`,
      );

    it('when an edited row and all later ones come again as new, while the sealer lives', async () => {
      await write(8);
      const told: string[] = [];
      const living = createSealer({
        db,
        auditKey: KEY,
        logger,
        onBroken: async ({ reason }) => void told.push(reason),
      });
      await living.sealOnce();
      await launder(`
        update audit_log set address = '10.0.0.9', xid = pg_current_xact_id() where id >= 5;
        delete from audit_seals where audit_id >= 5;`);
      await living.sealOnce();
      assert.deepEqual(told, ['cut_off']);
      const verdict = await verifyAudit(db, KEY);
      assert.equal(verdict.ok, false);
      assert.ok(verdict.faults.some(({ kind }) => kind === 'chain_restarted'));
      assert.equal(verdict.unsealed, 0, 'and what came again is sealed behind the break');
      await write(2);
      assert.equal(await living.sealOnce(), 2);
      assert.deepEqual(
        await faults(),
        verdict.faults.map(({ kind }) => kind),
        'one break is told once',
      );
    });

    it('when it was done, head and all, while no api ran', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'vhm24r-test-anchor-'));
      const anchor = createAuditAnchor(`file:${join(folder, 'heads.jsonl')}`, {});
      const start = async () => {
        const one = createSealer({ db, auditKey: KEY, logger, anchor });
        await one.sealOnce();
        await one.close();
      };
      await write(6);
      await start();
      await launder(
        `update audit_log set address = '10.0.0.9' where id = 3; delete from audit_seals; delete from audit_head;`,
      );
      await start();
      assert.deepEqual(await breaks(), [{ reason: 'cut_off' }]);
      const heads = (await anchor.read()).map(({ head }) => `${head.seq}:${head.seal.toString('hex')}`);
      assert.equal(heads.length, 2);
      assert.equal((await verifyAudit(db, KEY, heads)).ok, false);
      await rm(folder, { recursive: true });
    });

    it('when only a bucket remembers it, with more heads than one page lists', async () => {
      const bucket = await openS3StandIn('heads');
      const anchor = createAuditAnchor(
        `s3://heads/of/audit?endpoint=${encodeURIComponent(bucket.url)}&region=auto`,
        bucket.env,
      );
      try {
        for (let n = 0; n < 12; n++) {
          await write(1);
          const one = createSealer({ db, auditKey: KEY, logger, anchor });
          await one.sealOnce();
          await one.close();
        }
        assert.deepEqual(await breaks(), []);
        await launder(
          'delete from audit_seals where seq > 10; delete from audit_head; delete from audit_log where id > 10',
        );
        const next = createSealer({ db, auditKey: KEY, logger, anchor });
        await next.sealOnce();
        assert.deepEqual(await breaks(), [{ reason: 'cut_off' }]);
        const heads = (await anchor.read()).map(({ head }) => `${head.seq}:${head.seal.toString('hex')}`);
        assert.ok(heads.length >= 12, `${heads.length} heads`);
        const kinds = await faults(heads);
        assert.ok(kinds.includes('seal_missing') && kinds.includes('chain_restarted'), kinds.join());
        await next.close();
      } finally {
        await bucket.close();
      }
    });

    it('and a place of heads that is away keeps it from sealing blindly, and is counted each time', async () => {
      const bucket = await openS3StandIn('heads');
      const anchor = createAuditAnchor(
        `s3://heads/of?endpoint=${encodeURIComponent(bucket.url)}&region=auto`,
        bucket.env,
      );
      let unanchored = 0;
      const living = createSealer({ db, auditKey: KEY, logger, anchor, onUnanchored: () => (unanchored += 1) });
      try {
        await write(2);
        bucket.failWith({ status: 503, code: 'SlowDown' });
        await assert.rejects(living.sealOnce());
        assert.deepEqual([(await verifyAudit(db, KEY)).sealed, unanchored], [0, 1]);
        bucket.failWith({ status: 503, code: 'SlowDown', methods: ['PUT'] });
        assert.equal(await living.sealOnce(), 2);
        assert.equal(unanchored, 2);
        bucket.failWith(null);
        await living.close();
        assert.equal((await anchor.read()).length, 1);
      } finally {
        await bucket.close();
      }
    });

    it('when another seal stands where it remembers one', async () => {
      await write(4);
      const living = sealer();
      await living.sealOnce();
      await launder(`delete from audit_seals; delete from audit_head;`);
      await sealer('somebody else’s key, as long as it must be').sealOnce();
      await living.sealOnce();
      assert.deepEqual(await breaks(), [{ reason: 'replaced' }]);
      assert.ok((await faults()).includes('other_key'));
    });

    it('when only the head is gone or forged', async () => {
      await write(3);
      await sealer().sealOnce();
      await launder('delete from audit_head');
      await sealer().sealOnce();
      assert.deepEqual(await breaks(), [{ reason: 'head_forged' }]);
      assert.ok((await faults()).includes('chain_restarted'));
    });

    it('and two apis that share it see no break in each other', async () => {
      const [one, two] = [sealer(), sealer()];
      for (let round = 0; round < 5; round++) {
        await write(2);
        await one.sealOnce();
        await write(1);
        await two.sealOnce();
      }
      assert.deepEqual(await breaks(), []);
      assert.deepEqual(await faults(), []);
    });
  });

  it('shows rows that were slipped in under an earlier date, and not those that waited for an api', async () => {
    const one = sealer();
    await execute(db, `insert into audit_log (at, action) values (now() - interval '3 days', 'auth.signed_in')`);
    await one.sealOnce();
    assert.deepEqual(await faults(), [], 'waited since before anything was sealed');
    await execute(db, `insert into audit_log (at, action) values (now() - interval '30 days', 'auth.signed_in')`);
    await one.sealOnce();
    assert.deepEqual(await faults(), ['late_insert']);
    await execute(db, `insert into audit_log (at, action) values (now() + interval '1 day', 'auth.signed_in')`);
    await one.sealOnce();
    assert.deepEqual(await faults(), ['late_insert', 'late_insert']);
  });

  it('is not whole when all of it is gone, and says what it could not compare', async () => {
    assert.deepEqual(await faults(), [], 'nothing was ever written');
    await write(3);
    await sealer().sealOnce();
    await execute(
      db,
      `begin;
       set local session_replication_role = replica;
       delete from audit_log; delete from audit_seals; delete from audit_head;
       commit`,
    );
    const verdict = await verifyAudit(db, KEY);
    assert.deepEqual(verdict.faults, [{ kind: 'emptied', seq: null, auditId: null }]);
    assert.deepEqual(verdict.notChecked, ['no_outside_head']);
  });

  it('shows two chains that the log tells of', async () => {
    await write(3);
    await sealer().sealOnce();
    const { head } = await verifyAudit(db, KEY);
    const other = `3:${'ab'.repeat(32)}`;
    assert.deepEqual(await faults([head ?? '', other]), ['fork', 'older_than_log']);
    assert.deepEqual(await faults([other, head ?? '']), ['fork', 'older_than_log'], 'whichever comes last');
  });

  it('is checked by a command, which finds heads in the log of the api', async function () {
    this.timeout(60_000);
    await write(4);
    const heads: string[] = [];
    const one = createSealer({
      db,
      auditKey: KEY,
      logger: Object.assign(createSilentLogger(), {
        info: (_: string, meta: { head?: string }) => heads.push(meta.head ?? ''),
      }) as never,
    });
    await one.sealOnce();
    assert.match(heads[0] ?? '', /^4:/);
    const folder = await mkdtemp(join(tmpdir(), 'vhm24r-test-audit-'));
    const log = join(folder, 'api.log');
    const foreign = `1:${'0'.repeat(64)}`;
    const lines = [
      `api-1  | {"msg":"audit log sealed","event":"audit_head","head":"${heads[0]}"}`,
      // somebody's own text, in whatever field: it must not have a whole log called broken
      JSON.stringify({
        msg: 'odd name',
        event: 'x',
        name: `{"event":"audit_head","head":"${foreign}"}`,
        head: foreign,
      }),
      `2026-01-01T00:00:00.000Z info [api] odd name name=head=${foreign}`,
    ];
    await writeFile(log, `${lines.join('\n')}\n`);
    const verify = (...args: string[]) =>
      promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/audit-verify.ts', ...args], {
        env: { PATH: process.env['PATH'], DATABASE_URL: world.database().url, AUDIT_KEY: KEY },
      }).then(
        ({ stdout }) => ({ code: 0, stdout }),
        (error: { code: number; stdout: string; stderr: string }) => ({
          code: error.code,
          stdout: error.stdout + error.stderr,
        }),
      );
    const whole = await verify('--log', log);
    assert.deepEqual([whole.code, /the audit log is whole/.test(whole.stdout)], [0, true], whole.stdout);
    await tamper('delete from audit_log where id = 4');
    await tamper('delete from audit_seals where audit_id = 4');
    const cut = await verify('--log', log, '--json');
    assert.equal(cut.code, 1);
    assert.deepEqual(
      (JSON.parse(cut.stdout) as { faults: { kind: string }[] }).faults.map(({ kind }) => kind),
      ['cut_off', 'older_than_log'],
    );
    assert.equal((await verify('--head', 'nonsense')).code, 3);
    await rm(folder, { recursive: true });
    const rows = await selectRows(db, 'select 1 from audit_log');
    assert.equal(rows.length, 3);
  });
});
