/**
 * What was kept for a time only goes, by the database's clock, in small transactions: nobody waits behind them, and a
 * process that dies in between leaves the rest to the next day. Source rows, orders, their history and what people
 * decided are never touched.
 */
import type { RetentionConfig } from '../config-retention.ts';
import type { Db } from '../db/client.ts';

const BATCH = 1_000;

/** Files that took no effect, or whose effect was taken back, this long ago. */
const UNUSED = `f.status in ('failed', 'cancelled', 'undone')
  and coalesce(f.undone_at, f.completed_at) < clock_timestamp() - make_interval(days => :days)`;

interface Rule {
  name: string;
  days: keyof Pick<RetentionConfig, 'unusedFilesDays' | 'tracesDays'>;
  /** one batch; `:days` and `:batch` are bound */
  sql: string;
}

/** In this order: rejected rows go with the bytes they stood in. */
const RULES: readonly Rule[] = [
  {
    // the same bytes are kept once: the sweep takes the second copy, which no row points to any more. They stay even
    // when the first file is taken back and its time is over, as the second may be in effect then
    name: 'duplicateBytes',
    days: 'unusedFilesDays',
    sql: `update uploaded_files f set storage_key = first.storage_key from uploaded_files first
          where f.id in (
            select f.id from uploaded_files f join uploaded_files o on o.id = f.duplicate_of
            where f.status = 'duplicate' and f.bytes_expired_at is null
              and f.completed_at < clock_timestamp() - make_interval(days => :days)
              and o.status in ('completed', 'completed_with_errors') and o.sha256 = f.sha256
              and o.storage_key <> f.storage_key
            limit :batch for update of f skip locked
          ) and first.id = f.duplicate_of`,
  },
  {
    // only the mark: the sweep removes bytes that no unmarked row points to (shared/storage/suspects.ts)
    name: 'unusedBytes',
    days: 'unusedFilesDays',
    sql: `update uploaded_files set bytes_expired_at = clock_timestamp()
          where id in (
            select f.id from uploaded_files f where ${UNUSED} and f.bytes_expired_at is null
              -- an archive is kept as long as one of its members is in effect
              and not exists (
                select from uploaded_files m where m.parent_id = f.id
                  and m.status not in ('failed', 'cancelled', 'undone', 'duplicate'))
            limit :batch for update of f skip locked
          )`,
  },
  {
    name: 'rejectedRows',
    days: 'unusedFilesDays',
    sql: `delete from row_errors where ctid = any (array(
            select e.ctid from row_errors e join uploaded_files f on f.id = e.file_id
            where f.bytes_expired_at is not null limit :batch))`,
  },
  {
    name: 'scheduleRuns',
    days: 'tracesDays',
    sql: `delete from schedule_runs where id in (
            select id from schedule_runs where started_at < clock_timestamp() - make_interval(days => :days)
            and status <> 'running' limit :batch)`,
  },
  {
    // sent or not: news of a month ago is none, and without a bot nobody ever sends it
    name: 'notices',
    days: 'tracesDays',
    sql: `delete from notices where id in (
            select id from notices where coalesce(sent_at,
              created_at) < clock_timestamp() - make_interval(days => :days)
            limit :batch)`,
  },
  {
    // their bytes went a day after they were made (shared/exports/expire-exports.ts)
    name: 'exports',
    days: 'tracesDays',
    sql: `delete from exports where id in (
            select id from exports where status in ('completed', 'failed') and storage_key is null
            and created_at < clock_timestamp() - make_interval(days => :days) limit :batch)`,
  },
  {
    name: 'undoTrials',
    days: 'tracesDays',
    sql: `delete from undos where id in (
            select id from undos where dry_run and status in ('completed', 'failed', 'blocked')
            and coalesce(completed_at, created_at) < clock_timestamp() - make_interval(days => :days) limit :batch)`,
  },
];

/**
 * @param signal ends it between two batches
 * @returns how many rows each rule took
 */
export async function retire(
  db: Db,
  keep: RetentionConfig,
  signal: AbortSignal = new AbortController().signal,
): Promise<Record<string, number>> {
  const taken: Record<string, number> = {};
  for (const { name, days, sql } of RULES) {
    let count = 0;
    for (let more = true; more;) {
      signal.throwIfAborted();
      const { rowCount } = await db.raw<{ rowCount: number }>(sql, { days: keep[days], batch: BATCH });
      count += rowCount;
      more = rowCount >= BATCH;
    }
    taken[name] = count;
  }
  return taken;
}
