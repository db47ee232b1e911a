/** What schedules look at and tell of (rules.md 11): each writes a notice where there is something to say. */
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Db } from '../db/client.ts';
import { selectRow, selectRows } from '../db/rows.ts';
import { addNotice } from '../notices/notices.ts';
import { tashkentIso } from '../tashkent-time.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const ERRORS_TOLD_FROM = 5;
const DISK_TOLD_SHARE = 0.9;

export async function reportDay(db: Db, dueAt: Date): Promise<Record<string, unknown>> {
  // due at 09:00: the report is about the day before
  const to = new Date(dueAt.getTime() - 9 * 60 * MINUTE_MS);
  const from = new Date(to.getTime() - DAY_MS);
  const row = await selectRow<{ orders: string; sum: string; files: string; failed: string; open: string }>(
    db,
    `select o.orders, o.sum, f.files, f.failed,
      (select count(distinct i.order_id) from order_issues i join orders x on x.id = i.order_id
        where x.time >= ? and x.time < ?) as open
     from (select count(*) as orders, coalesce(sum(price), 0)::text as sum from orders
       where order_number is not null and time >= ? and time < ?) o,
          (select count(*) filter (where status in ('completed', 'completed_with_errors')) as files,
            count(*) filter (where status = 'failed') as failed
           from uploaded_files where completed_at >= ? and completed_at < ?) f`,
    [from, to, from, to, from, to],
  );
  const params = {
    day: tashkentIso(from).slice(0, 10),
    orders: Number(row?.orders ?? 0),
    sum: row?.sum ?? '0',
    files: Number(row?.files ?? 0),
    failed: Number(row?.failed ?? 0),
    open: Number(row?.open ?? 0),
  };
  await addNotice(db, `daily-report:${params.day}`, 'daily_report', params);
  return params;
}

export async function checkErrors(db: Db, dueAt: Date): Promise<Record<string, unknown>> {
  const from = new Date(dueAt.getTime() - 60 * MINUTE_MS);
  const row = await selectRow<{ failed: string; rejected: string }>(
    db,
    `select count(*) filter (where status = 'failed') as failed, coalesce(sum(rows_rejected), 0) as rejected
      from uploaded_files where completed_at >= ? and completed_at < ?`,
    [from, dueAt],
  );
  const params = { failed: Number(row?.failed ?? 0), rejected: Number(row?.rejected ?? 0) };
  if (params.failed + params.rejected >= ERRORS_TOLD_FROM)
    await addNotice(db, `errors:${dueAt.toISOString()}`, 'errors', params);
  return params;
}

export async function checkMachines(db: Db, dueAt: Date): Promise<Record<string, unknown>> {
  const rows = await selectRows<{ machine: string }>(
    db,
    `select machine_code as machine from orders where time >= ? and time < ? and machine_code is not null
     group by machine_code having count(*) >= 5 and count(*) filter (where brew_failed or refunded) > count(*) / 2
     order by machine_code`,
    [new Date(dueAt.getTime() - DAY_MS), dueAt],
  );
  if (rows.length > 0)
    await addNotice(db, `machines:${dueAt.toISOString()}`, 'machines_failing', {
      machines: rows.map(({ machine }) => machine).join(', '),
    });
  return { failing: rows.length };
}

export async function checkSystem(db: Db, dueAt: Date): Promise<Record<string, unknown>> {
  const { blocks, bfree, bavail } = await statfs(tmpdir());
  const share = (blocks - bfree) / Math.max(1, blocks - bfree + bavail);
  const percent = Math.round(share * 100);
  // once a day, not every half hour
  const day = tashkentIso(dueAt).slice(0, 10);
  if (share > DISK_TOLD_SHARE) await addNotice(db, `disk:${day}`, 'disk_nearly_full', { percent, path: tmpdir() });
  const row = await selectRow<{ count: string }>(
    db,
    `select count(*) as count from uploaded_files where status = 'queued' and created_at < ?`,
    [new Date(dueAt.getTime() - 120 * MINUTE_MS)],
  );
  const waiting = Number(row?.count ?? 0);
  if (waiting > 0) await addNotice(db, `nothing-loaded:${day}`, 'nothing_loaded', { count: waiting });
  return { diskPercent: percent, waitingOverTwoHours: waiting };
}
