import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../../../scripts/processes/find-process.ts';
import { differencesFrom, type Truth } from '../truth.ts';
import { isStillThere } from './children.ts';
import type { Promised } from './clients.ts';
import { spoolFolders, type World } from './world.ts';

/**
 * After the last fault something ends at least so often until nothing is open: the longest pause before an attempt is
 * 60 s.
 */
const IDLE_LIMIT_MS = 90_000;
/** Staging tables and the like are swept every minute by each service. */
const SWEEP_LIMIT_MS = 75_000;
const LOOK_EVERY_MS = 250;

const OPEN_WORK = `
  select concat_ws(' ', 'file', id, status, 'of', coalesce(claimed_by, 'nobody'),
    'lease ' || extract(epoch from lease_until - clock_timestamp())::int || ' s', retry_reason,
    'attempts', attempts, 'fence', fence,
    'next in ' || extract(epoch from next_attempt_at - clock_timestamp())::int || ' s,', phase) as what
  from uploaded_files
  where status in ('queued', 'processing')
  union all select 'session ' || status from processing_sessions where status in ('queued', 'processing')
  union all select 'export ' || status from exports where status in ('queued', 'processing')`;

/** Files that are not done yet. */
export async function openFiles(world: World): Promise<number> {
  const [row] = await world.query<{ n: number }>(
    `select count(*)::int as n from uploaded_files where status in ('queued', 'processing')`,
  );
  return row?.n ?? 0;
}

/** Waits until no work is open; how long that took, what was open longest, and what was still open at the limit. */
export async function waitUntilIdle(world: World): Promise<{ ms: number; lastOpen: string[]; violations: string[] }> {
  const startedAt = performance.now();
  let lastOpen: string[] = [];
  let least = { open: Number.POSITIVE_INFINITY, at: startedAt };
  for (;;) {
    const open = await world.query<{ what: string }>(OPEN_WORK);
    const ms = Math.round(performance.now() - startedAt);
    if (open.length === 0) return { ms, lastOpen, violations: [] };
    lastOpen = open.slice(0, 3).map(({ what }) => what);
    // a backlog takes its time on a slow machine: stuck is what no longer gets less
    if (open.length < least.open) least = { open: open.length, at: performance.now() };
    if (performance.now() - least.at > IDLE_LIMIT_MS)
      return {
        ms,
        lastOpen,
        violations: [
          ...open.map(({ what }) => `stuck after ${Math.round(ms / 1000)} s: ${what}`),
          ...(await busySessions(world)),
        ],
      };
    await sleep(LOOK_EVERY_MS);
  }
}

/** For whoever looks for the cause: what the services ask of the database while something is stuck. */
async function busySessions(world: World): Promise<string[]> {
  const rows = await world.query<{
    what: string;
  }>(`select concat_ws(' ', application_name, pid, state, wait_event_type, wait_event,
      extract(epoch from clock_timestamp() - state_change)::int || ' s', pg_blocking_pids(pid)::text,
        left(regexp_replace(query, '[[:space:]]+', ' ', 'g'), 150)) as what
    from pg_stat_activity where application_name like 'vhm24r%'
      and (state <> 'idle' or state_change < clock_timestamp() - interval '60 seconds')`);
  return rows.map(({ what }) => `session: ${what}`);
}

/** Nothing lost, nothing doubled, and the figures of all months as they are in truth. */
export async function checkResults(world: World, promised: Promised): Promise<string[]> {
  const violations: string[] = [];
  const files = await world.query<{ id: string; name: string; status: string; error_code: string | null }>(
    'select id, name, status, error_code from uploaded_files',
  );
  const known = new Set(files.map(({ id }) => id));
  for (const id of promised.fileIds)
    if (!known.has(id)) violations.push(`lost: file ${id} was accepted and is not there`);
  for (const { id, name, status, error_code } of files)
    if (status !== 'completed' && status !== 'duplicate' && !name.startsWith('gone-'))
      violations.push(`${name} ${id} ended ${status} ${error_code}`);
  const exports = await world.query<{ id: string; status: string }>('select id, status from exports');
  for (const id of promised.exportIds) {
    const status = exports.find((one) => one.id === id)?.status;
    if (status !== 'completed') violations.push(`export ${id} ended ${status ?? 'lost'}`);
  }
  for (const { sha256 } of await world.query<{ sha256: string }>(
    `select sha256 from uploaded_files where status = 'completed' group by 1 having count(*) > 1`,
  ))
    violations.push(`doubled: the same bytes took effect twice, ${sha256}`);
  violations.push(...(await wrongCounts(world, promised.truths)));
  const truth = {
    orders: Object.assign({}, ...promised.truths.map(({ orders }) => orders)) as Truth['orders'],
    issues: Object.assign({}, ...promised.truths.map(({ issues }) => issues)) as Truth['issues'],
    orphans: Object.assign({}, ...promised.truths.map(({ orphans }) => orphans)) as Truth['orphans'],
  };
  violations.push(...(await differencesFrom(truth, world.databaseUrl)).map((line) => `not the truth: ${line}`));
  return violations;
}

/** Rows of every source: in the tables, counted by the files, and in truth. */
async function wrongCounts(world: World, truths: readonly Truth[]): Promise<string[]> {
  const rows = await world.query<{ source: string; stored: string; counted: string }>(`
    with stored as (
      select 'happy_workers' as source, count(*) as n from happy_workers_orders
      union all select 'vendhub', count(*) from vendhub_sales
      union all select 'fiscal_bills', count(*) from fiscal_receipts
      union all select gateway, count(*) from gateway_payments group by gateway)
    select source, n as stored,
      (select coalesce(sum(rows_new), 0) from uploaded_files f where f.source = stored.source) as counted from stored`);
  return rows.flatMap(({ source, stored, counted }) => {
    const wanted = truths.reduce((sum, { counts }) => sum + (counts[source] ?? 0), 0);
    return Number(stored) === wanted && Number(counted) === wanted
      ? []
      : [`${source}: ${stored} rows stored, ${counted} counted by files, ${wanted} in truth`];
  });
}

/** What is left over while all services live and nothing is to do. */
async function leftovers(world: World): Promise<string[]> {
  const found = await world.query<{ what: string }>(`
    select 'staging table ' || tablename as what from pg_tables where schemaname = 'staging'
    union all select 'claim of a file that has ended' from uploaded_files
    where status not in ('queued', 'processing') and (claimed_by is not null or lease_until is not null)
    union all select 'progress of a file that has ended' from file_progress p join uploaded_files f on f.id = p.file_id
    where f.status not in ('queued', 'processing')
    union all select 'session in a transaction: ' || left(query, 60) from pg_stat_activity
      where application_name like 'vhm24r%' and state like 'idle in transaction%'
        and state_change < clock_timestamp() - interval '5 seconds'`);
  const spool = (await spoolFolders(world))
    .filter(({ pid }) => !isAlive(pid))
    .map(({ name }) => `temporary folder ${name}`);
  const canaries = (await world.redis.cli('--scan', '--pattern', '*canary-*')).split('\n').filter(Boolean);
  return [...found.map(({ what }) => what), ...spool, ...canaries.map((key) => `key ${key}`)];
}

/**
 * Leaks that do not go by themselves within the time of a sweep. Bytes without a row are counted: they go an hour after
 * they were first seen.
 */
export async function checkLeaks(world: World): Promise<{ violations: string[]; bytesWithoutRow: number }> {
  const deadline = performance.now() + SWEEP_LIMIT_MS;
  let left = await leftovers(world);
  while (left.length > 0 && performance.now() < deadline) {
    await sleep(1_000);
    left = await leftovers(world);
  }
  const [connections] = await world.query<{ n: string }>(
    `select count(*) as n from pg_stat_activity where application_name like 'vhm24r%'`,
  );
  // eight of the pool, the watch, and two of a file at work, for each of five processes
  const mostConnections = world.members.length * 12;
  if (Number(connections?.n) > mostConnections)
    left.push(`${connections?.n} connections, more than ${mostConnections}`);
  return { violations: left.map((what) => `leak: ${what}`), bytesWithoutRow: await bytesWithoutRow(world) };
}

/** Of a process that was killed a key may be left for the minute that it lives. */
async function keysForEver({ redis }: World, pattern: string): Promise<string[]> {
  const keys = (await redis.cli('--scan', '--pattern', pattern)).split('\n').filter(Boolean);
  const lives = await Promise.all(keys.map(async (key) => [key, (await redis.cli('ttl', key)).trim()] as const));
  return lives.filter(([, seconds]) => seconds === '-1').map(([key]) => key);
}

async function bytesWithoutRow(world: World): Promise<number> {
  const stored =
    world.s3 === null
      ? (await world.query<{ key: string }>('select distinct storage_key as key from file_chunks')).map(
          ({ key }) => key,
        )
      : [...world.s3.objects.keys()];
  const rows = await world.query<{ key: string }>(
    'select storage_key as key from uploaded_files union select storage_key from exports where storage_key is not null',
  );
  const known = new Set(rows.map(({ key }) => key));
  return stored.filter((key) => !known.has(key)).length;
}

/**
 * What is left when all services have been told to stop: nothing of theirs runs, nothing is connected, nothing lies in
 * the temporary folder.
 */
export async function checkAfterStop(world: World): Promise<string[]> {
  const violations = (await world.stopServices())
    .filter(({ code, ms }) => code !== 0 || ms > 25_000)
    .map(({ name, code, ms }) => `${name} ended with ${code} after ${ms} ms`);
  const deadline = performance.now() + 5_000;
  // lines that went dead hold their sessions at the server, which has not noticed yet: the services are gone for
  // certain now
  await Promise.all(world.members.map((member) => member.postgres.set('reset')));
  const still = async () => [
    ...world.children.filter(isStillThere).map(({ command }) => `leak: process ${command.slice(0, 120)}`),
    ...(await world.query(`select 1 from pg_stat_activity where application_name like 'vhm24r%'`)).map(
      () => 'leak: a connection to PostgreSQL',
    ),
    ...(await spoolFolders(world)).map(({ name }) => `leak: temporary folder ${name}`),
    ...(await keysForEver(world, 'vhm24r:probe:*')).map((key) => `leak: key ${key}`),
  ];
  let left = await still();
  while (left.length > 0 && performance.now() < deadline) {
    await sleep(250);
    left = await still();
  }
  return [...violations, ...left];
}
