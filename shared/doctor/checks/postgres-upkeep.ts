/** What makes a database slow or stop over months: dead rows, old transactions, used-up numbers, growth. */
import type pg from 'pg';
import type { Ladder } from '../ladder.ts';
import { ask } from './postgres-login.ts';

/** From which a figure is said; a test says smaller ones. */
export interface UpkeepLimits {
  /** dead rows of a table, and how many they are of its living ones */
  deadRows: number;
  deadShare: number;
  oldTransactionS: number;
  /** transaction numbers used since the oldest row was frozen; at two billions the server stops writing */
  wraparoundAge: number;
  /** an index this large that was not used once while its table was read so often */
  unusedIndexBytes: number;
  unusedTableReads: number;
  /** growth within a week that is worth a look: both */
  growthBytes: number;
  growthShare: number;
}

export const UPKEEP_LIMITS: UpkeepLimits = {
  deadRows: 50_000,
  deadShare: 0.4,
  oldTransactionS: 3_600,
  wraparoundAge: 1_000_000_000,
  unusedIndexBytes: 128 * 1024 * 1024,
  unusedTableReads: 10_000,
  growthBytes: 1024 ** 3,
  growthShare: 0.5,
};

const NAMED_COUNT = 5;

export async function checkUpkeep(client: pg.Client, ladder: Ladder, limits = UPKEEP_LIMITS): Promise<string> {
  await deadRows(client, ladder, limits);
  await oldTransactions(client, ladder, limits);
  const age = await wraparound(client, ladder, limits);
  await unusedIndexes(client, ladder, limits);
  return `transaction_age=${age} ${await growth(client, ladder, limits)}`;
}

async function deadRows(
  client: pg.Client,
  ladder: Ladder,
  { deadRows: least, deadShare }: UpkeepLimits,
): Promise<void> {
  const rows = await ask<{ facts: string }>(
    client,
    `select format('%s: %s dead of %s, last_autovacuum=%s', relname, n_dead_tup, n_live_tup + n_dead_tup,
              coalesce(to_char(last_autovacuum, 'YYYY-MM-DD"T"HH24:MI:SSOF'), 'never')) as facts
     from pg_stat_user_tables
     where schemaname = current_schema() and n_dead_tup > $1 and n_dead_tup > n_live_tup * $2::float8
     order by n_dead_tup desc limit ${NAMED_COUNT}`,
    [least, deadShare],
  );
  if (rows.length > 0) ladder.note('postgres.dead_rows', rows.map(({ facts }) => facts).join('; '));
}

/** Sessions, prepared transactions and slots: each keeps vacuum from what it could still want to see. */
async function oldTransactions(client: pg.Client, ladder: Ladder, { oldTransactionS }: UpkeepLimits): Promise<void> {
  const rows = await ask<{ facts: string }>(
    client,
    `select format('pid=%s user=%s application=%s state=%s %ss', pid, usename, application_name, state,
              extract(epoch from clock_timestamp() - xact_start)::int) as facts
     from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
       and xact_start < clock_timestamp() - make_interval(secs => $1)
     union all
     select format('prepared=%s owner=%s %ss', gid, owner, extract(epoch from clock_timestamp() - prepared)::int)
     from pg_prepared_xacts
     where database = current_database() and prepared < clock_timestamp() - make_interval(secs => $1)
     limit ${NAMED_COUNT}`,
    [oldTransactionS],
  );
  if (rows.length > 0) ladder.note('postgres.old_transaction', rows.map(({ facts }) => facts).join('; '));
}

async function wraparound(client: pg.Client, ladder: Ladder, { wraparoundAge }: UpkeepLimits): Promise<number> {
  const [row] = await ask<{ xids: number; multixacts: number }>(
    client,
    `select max(age(datfrozenxid)) as xids, max(mxid_age(datminmxid)) as multixacts from pg_database`,
  );
  const [xids, multixacts] = [Number(row?.xids ?? 0), Number(row?.multixacts ?? 0)];
  if (Math.max(xids, multixacts) > wraparoundAge)
    ladder.note('postgres.wraparound_near', `transaction_age=${xids} multixact_age=${multixacts} stops_at=2100000000`);
  return xids;
}

async function unusedIndexes(client: pg.Client, ladder: Ladder, limits: UpkeepLimits): Promise<void> {
  const rows = await ask<{ facts: string }>(
    client,
    `select format('%s on %s %s', i.indexrelname, i.relname, pg_size_pretty(pg_relation_size(i.indexrelid))) as facts
     from pg_stat_user_indexes i join pg_index x on x.indexrelid = i.indexrelid
       join pg_stat_user_tables t on t.relid = i.relid
     where i.schemaname = current_schema() and i.idx_scan = 0 and not x.indisunique
       and pg_relation_size(i.indexrelid) >= $1 and coalesce(t.seq_scan, 0) + coalesce(t.idx_scan, 0) >= $2
     order by pg_relation_size(i.indexrelid) desc limit ${NAMED_COUNT}`,
    [limits.unusedIndexBytes, limits.unusedTableReads],
  );
  if (rows.length > 0) ladder.note('postgres.index_never_used', rows.map(({ facts }) => facts).join('; '));
}

/** Against the sample of a week ago; a younger installation grows as it is filled. */
async function growth(client: pg.Client, ladder: Ladder, { growthBytes, growthShare }: UpkeepLimits): Promise<string> {
  const [row] = await ask<{ now: string; before: string | null; days: number | null; most: string | null }>(
    client,
    `with sizes as (
       select relname as name, pg_total_relation_size(oid) as bytes from pg_class
       where relkind = 'r' and relnamespace = current_schema()::regnamespace
     ), sample as (
       select *
       from size_samples
       where at <= clock_timestamp() - interval '6 days 12 hours'
       order by at desc
       limit 1
     )
     select pg_database_size(current_database()) as now, s.database_bytes as before,
            extract(epoch from clock_timestamp() - s.at)::float8 / 86400 as days,
            (select z.name || ' +' || pg_size_pretty(z.bytes - coalesce((s.tables ->> z.name)::bigint, 0))
             from sizes z
             order by z.bytes - coalesce((s.tables ->> z.name)::bigint, 0) desc
             limit 1) as most
     from (select) one left join sample s on true`,
  );
  const size = `size_mb=${toMegabytes(Number(row?.now))}`;
  if (row === undefined || row.before === null || row.days === null) return size;
  const grown = Number(row.now) - Number(row.before);
  const facts = `${size} growth_mb_a_day=${toMegabytes(grown / row.days)} most=${row.most ?? ''}`;
  if (grown > growthBytes && grown > Number(row.before) * growthShare) ladder.note('postgres.growing_fast', facts);
  return facts;
}

const toMegabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
