import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { withDeadline } from '../../shared/lifecycle.ts';
import { MERGE_LOCK_KEY } from '../../shared/reconcile/merge-lock.ts';
import { adminClient } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy } from '../support/faults.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { startApi, startWorker, type ServiceEnv, type TestService } from '../support/processes.ts';
import { startRedis } from '../support/redis.ts';
import { isLong } from '../support/long.ts';

/** Longer than any platform should wait; Railway is told 40 s. */
const LIMIT_MS = 28_000;
const LEASE_MS = 2_000;
const ROWS = 2_000;
/**
 * Advisory locks of the test's own: triggers of its own wait for them when the first row is about to be staged, and at
 * the commit.
 */
const READ_KEY = 471_100;
const COMMIT_KEY = 471_101;

const PHASES = ['committing', 'reconciling', 'merging', 'reading', 'detecting', 'queued'] as const;
type Phase = (typeof PHASES)[number];
/**
 * The locked row stands for the claim: between the end of such a transaction and the release anybody may take the file.
 */
const OUTLIVES_ITS_LEASE: readonly Phase[] = ['committing', 'reconciling', 'merging'];
/** Only one file at a time is past the merge lock, so that a case holds either of the first two. */
type Last = 'committing' | 'reconciling';
type Fault = 'none' | 'redis frozen' | 'redis gone' | 'postgres frozen';

interface Case {
  victim: 'worker' | 'api';
  fault: Fault;
  last: Last;
}

/** The api works in process only without Redis, so `none` is not for it. */
const EVERY_CASE: Case[] = (['committing', 'reconciling'] as const).flatMap((last) => [
  ...(['none', 'redis frozen', 'redis gone', 'postgres frozen'] as const).map((fault) => ({
    victim: 'worker' as const,
    fault,
    last,
  })),
  ...(['redis frozen', 'redis gone', 'postgres frozen'] as const).map((fault) => ({
    victim: 'api' as const,
    fault,
    last,
  })),
]);
/** What `npm test` has time for: both services, both databases. */
const SHORT = ['worker postgres frozen committing', 'api redis gone reconciling'];
const nameOf = ({ victim, fault, last }: Case): string => `${victim} ${fault} ${last}`;
const CASES = isLong ? EVERY_CASE : EVERY_CASE.filter((which) => SHORT.includes(nameOf(which)));
const LANES = 4;

describe('SIGTERM with a file in every phase', function () {
  this.timeout(240_000);

  // side by side: each waits out the grace that running work is given
  const outcomes = new Map<Case, Promise<Outcome>>();
  const outcomeOf = (which: Case): Promise<Outcome> => {
    if (outcomes.size === 0) startAll(outcomes);
    return outcomes.get(which) as Promise<Outcome>;
  };

  for (const which of CASES) {
    it(`ends the ${which.victim} with 0 and in time, ${which.fault === 'none' ? 'everything well' : which.fault}, a file ${which.last}; others finish, nothing lost`, async () => {
      const { fault } = which;
      const { code, ms, atEnd, files, doubled } = await outcomeOf(which);
      assert.equal(code, 0, `exit code ${code} after ${Math.round(ms)} ms`);
      assert.ok(ms < LIMIT_MS, `${Math.round(ms)} ms`);
      // a dead line to the database lets nobody give anything back: the leases run out
      if (fault !== 'postgres frozen') {
        const kept = atEnd.filter(
          ({ isVictims, lost, phase }) => isVictims || (lost > 0 && !OUTLIVES_ITS_LEASE.includes(phase)),
        );
        assert.deepEqual(kept, [], 'a claim was left without release');
      }
      assert.deepEqual(
        files,
        files.map(({ phase }) => ({
          phase,
          status: 'completed',
          read: ROWS,
          new: ROWS,
          rejected: 0,
          records: ROWS,
          orders: ROWS,
        })),
      );
      assert.deepEqual([files.length, doubled], [5, 0]);
    });
  }
});

/** A few at a time, so that two cores reach each phase in time. */
function startAll(outcomes: Map<Case, Promise<Outcome>>): void {
  const lanes: Promise<unknown>[] = Array.from({ length: LANES }, () => Promise.resolve());
  CASES.forEach((which, index) => {
    const outcome = (lanes[index % lanes.length] as Promise<unknown>).then(() => run(which, index));
    // each `it` hears its own
    lanes[index % lanes.length] = outcome.catch(() => undefined);
    outcomes.set(which, outcome);
  });
}

interface Outcome {
  code: number | null;
  ms: number;
  /** the files' rows at the moment the process had ended */
  atEnd: { phase: Phase; status: string; isVictims: boolean; lost: number }[];
  files: {
    phase: Phase;
    status: string;
    read: number;
    new: number;
    rejected: number;
    records: number;
    orders: number;
  }[];
  doubled: number;
}

async function run({ victim: kind, fault, last }: Case, seed: number): Promise<Outcome> {
  const database = await createTestDatabase();
  const redis = await startRedis();
  const toPostgres = await openFaultProxy(Number(new URL(database.url).port));
  const observer = new pg.Client({ connectionString: database.url });
  const holder = new pg.Client({ connectionString: database.url });
  const services: TestService[] = [];
  try {
    // both may outlive the server by a moment
    for (const client of [observer, holder]) client.on('error', () => undefined);
    await Promise.all([observer.connect(), holder.connect()]);
    await hold(observer, holder, last);
    // and one place for a small file: four at work, and one that waits
    const settings = { LEASE_MS: String(LEASE_MS), WORKER_CONCURRENCY: '3' };
    const direct = { DATABASE_URL: database.url, REDIS_URL: redis.url, ...settings };
    const frail: ServiceEnv & { REDIS_URL: string } =
      fault === 'postgres frozen' ? { ...direct, DATABASE_URL: toPostgres.urlFor(database.url) } : direct;
    if (kind === 'api' && fault !== 'postgres frozen') await setRedis(redis, fault);
    if (kind === 'api' && fault === 'postgres frozen') await redis.kill();

    const api = await startApi(kind === 'api' ? { ...frail, SYNC_WAIT_MS: '1' } : direct);
    services.push(api);
    const victim = kind === 'api' ? api : await startWorker(frail);
    if (kind === 'worker') services.push(victim);
    const client = await adminClient(api.url);
    if (kind === 'worker')
      await eventually(
        async () => assert.equal((await client.get<{ status: string }>('/readyz')).body.status, 'ready'),
        {
          timeoutMs: 20_000,
        },
      );

    const phases: Phase[] = [last, 'merging', 'reading', 'detecting', 'queued'];
    const ids: string[] = [];
    for (const [index, phase] of phases.entries()) {
      if (phase === 'reading') await holder.query(`select pg_advisory_lock(${READ_KEY})`);
      const readersBefore = childrenOf(victim.pid);
      const answer = await client.upload([{ name: `${phase}.csv`, content: report(seed * 10 + index) }]);
      assert.ok(answer.status === 202 || answer.status === 200, JSON.stringify(answer.body));
      const id = answer.body.session.files[0]?.id as string;
      ids.push(id);
      await reach(observer, victim.pid, id, phase, readersBefore);
    }
    if (kind === 'worker') await setRedis(redis, fault);
    if (fault === 'postgres frozen') await toPostgres.set('black-hole');

    const startedAt = performance.now();
    const { code } = await withDeadline(victim.kill('SIGTERM'), 2 * LIMIT_MS, 'the end of the process');
    const ms = performance.now() - startedAt;
    const atEnd = await claimsOf(observer, victim.pid);

    // elsewhere: another process, on a line of its own
    await holder.end();
    if (fault === 'redis frozen') redis.thaw();
    if (fault === 'redis gone' || (kind === 'api' && fault === 'postgres frozen')) await redis.restart();
    services.push(kind === 'api' ? await startApi({ ...direct, REDIS_URL: '' }) : await startWorker(direct));
    const files = await eventually(() => loaded(observer, phases, ids), { timeoutMs: 120_000, intervalMs: 200 });
    const doubled = await observer.query(`select 1 from happy_workers_orders group by natural_key having count(*) > 1`);
    return { code, ms, atEnd, files, doubled: doubled.rowCount ?? 0 };
  } finally {
    await toPostgres.set('pass').catch(() => undefined);
    await Promise.allSettled(services.map((service) => service.stop()));
    await Promise.allSettled([observer.end(), holder.end()]);
    await toPostgres.close();
    await redis.stop();
    await database.drop();
  }
}

/** Which files are the process's own now. */
async function claimsOf(observer: pg.Client, pid: number): Promise<Outcome['atEnd']> {
  const { rows } = await observer.query<{ name: string; status: string; claimed_by: string | null; lost: number }>(
    `select name, status, claimed_by, claims_lost as lost from uploaded_files order by seq`,
  );
  return rows.map(({ name, status, claimed_by: by, lost }) => ({
    phase: name.replace('.csv', '') as Phase,
    status,
    isVictims: by?.includes(`-${pid}-`) === true,
    lost,
  }));
}

type TestRedis = Awaited<ReturnType<typeof startRedis>>;

async function setRedis(redis: TestRedis, fault: Fault): Promise<void> {
  if (fault === 'redis frozen') redis.freeze();
  if (fault === 'redis gone') await redis.kill();
}

/** Lets the first file get as far as `last` and no further. */
async function hold(observer: pg.Client, holder: pg.Client, last: Last): Promise<void> {
  await observer.query(`
    create function wait_to_read() returns event_trigger language plpgsql as $$ begin
      perform pg_advisory_lock_shared(${READ_KEY});
      perform pg_advisory_unlock_shared(${READ_KEY});
    end $$;
    create event trigger wait_to_read on ddl_command_end when tag in ('CREATE TABLE') execute function wait_to_read()`);
  if (last === 'reconciling') {
    await holder.query('begin; lock table source_coverage in access exclusive mode');
    return;
  }
  await observer.query(`
    create function wait_at_commit() returns trigger language plpgsql as $$
    begin
      if new.status like 'completed%' then perform pg_advisory_xact_lock(${COMMIT_KEY}); end if;
      return null;
    end $$;
    create constraint trigger wait_at_commit after update on uploaded_files deferrable initially deferred
      for each row execute function wait_at_commit()`);
  await holder.query(`select pg_advisory_lock(${COMMIT_KEY})`);
}

/** Waits until the file is in the phase, and keeps it there. */
async function reach(
  observer: pg.Client,
  pid: number,
  id: string,
  phase: Phase,
  readersBefore: readonly number[],
): Promise<void> {
  const waitsFor = (what: string) =>
    eventually(
      async () =>
        assert.equal(
          (
            await observer.query(`select 1 from pg_locks l left join pg_class c on c.oid = l.relation
        where not l.granted and l.database = (select oid from pg_database where datname = current_database())
          and ${what}`)
          ).rowCount,
          1,
        ),
      { timeoutMs: 30_000, intervalMs: 20 },
    );
  if (phase === 'committing') await waitsFor(`l.locktype = 'advisory' and l.objid = ${COMMIT_KEY}`);
  else if (phase === 'reconciling') await waitsFor(`c.relname = 'source_coverage'`);
  else if (phase === 'merging') await waitsFor(`l.locktype = 'advisory' and l.objid = ${MERGE_LOCK_KEY}`);
  else if (phase === 'queued')
    assert.equal(
      (await observer.query(`select status from uploaded_files where id = $1`, [id])).rows[0]?.status,
      'queued',
    );
  else if (phase === 'reading') await waitsFor(`l.locktype = 'advisory' and l.objid = ${READ_KEY}`);
  else {
    // its reader stands still before it has looked at anything
    await eventually(
      () => {
        // not before it runs a program of its own: until then the victim itself stands still with it
        const child = childrenOf(pid).find(
          (one) => !readersBefore.includes(one) && read(`/proc/${one}/cmdline`).includes('reader-child'),
        );
        assert.ok(child !== undefined, 'no reader');
        process.kill(child, 'SIGSTOP');
        assert.ok(stopped(child));
      },
      { timeoutMs: 20_000, intervalMs: 2 },
    );
    const { rows } = await observer.query<{ status: string; staged: boolean }>(
      `select status, phase from uploaded_files where id = $1`,
      [id],
    );
    assert.deepEqual(rows[0], { status: 'processing', phase: 'detecting' });
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // it has just ended
    return '';
  }
}
const stopped = (pid: number): boolean => /\) T /.test(read(`/proc/${pid}/stat`));
const childrenOf = (pid: number): number[] =>
  read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);

/** A report nobody has sent before. */
function report(seed: number): Uint8Array<ArrayBuffer> {
  const rows = Array.from({ length: ROWS }, (_, index) => ({
    number: `ff${((seed + 1) * 1_000_000 + index).toString(16).padStart(8, '0')}20250701120000a7ca181f0000`,
    price: 10_000 + (index % 40) * 500,
  }));
  return csvBytes(rowsOfHappyWorkers(rows));
}

async function loaded(
  observer: pg.Client,
  phases: readonly Phase[],
  ids: readonly string[],
): Promise<Outcome['files']> {
  const { rows } = await observer.query<{
    id: string;
    status: string;
    fault: string | null;
    read: string;
    fresh: string;
    rejected: string;
    records: string;
    orders: string;
  }>(
    `select f.id, f.status, f.error_code || ' ' || f.claims_lost as fault, f.rows_read as read, f.rows_new as fresh, f.rows_rejected as rejected,
       count(h.id) as records, count(distinct h.order_id) as orders
     from uploaded_files f left join happy_workers_orders h on h.file_id = f.id group by f.id order by f.seq`,
  );
  assert.deepEqual(
    rows
      .filter(({ status }) => status !== 'completed')
      .map(({ id, status, fault }) => [phases[ids.indexOf(id)], status, fault]),
    [],
  );
  return rows.map((row) => ({
    phase: phases[ids.indexOf(row.id)] as Phase,
    status: row.status,
    read: Number(row.read),
    new: Number(row.fresh),
    rejected: Number(row.rejected),
    records: Number(row.records),
    orders: Number(row.orders),
  }));
}
