/** `/today`, `/stats`, `/machines`, `/missing`: the figures of the page in a few lines. */
import { primaryReads } from '../db/replica-reads.ts';
import { cachedAnalytics } from '../analytics/cached-answers.ts';
import { databaseNow, missingDays } from '../coverage/missing-days.ts';
import { selectRow, selectRows } from '../db/rows.ts';
import { sumsSql } from '../sums/read-sums.ts';
import { dayText, tashkentDay, tashkentIso } from '../tashkent-time.ts';
import { missingSentence } from '../texts/missing.ts';
import type { KnownIncoming } from './incoming.ts';
import { escapeHtml, html } from './markup.ts';
import { grouped, say } from './say.ts';

const DAY_MS = 86_400_000;
const STATS_DAYS = 7;
const MACHINE_DAYS = 3;
const MACHINES = 10;
const MISSING_SHOWN = 15;

interface Span {
  from: Date;
  to: Date;
}

/** So many days of Tashkent, today with them. */
async function lastDays({ deps }: KnownIncoming, count: number): Promise<Span & { now: Date }> {
  const now = await databaseNow(deps.reads);
  const today = new Date(`${tashkentDay(now)}T00:00:00+05:00`);
  return { from: new Date(today.getTime() - (count - 1) * DAY_MS), to: new Date(today.getTime() + DAY_MS), now };
}

/** UZS of decimal text, whole. */
const money = (sum: string): string => grouped(Math.round(Number(sum)));

export async function today(incoming: KnownIncoming): Promise<void> {
  await tellSums(incoming, await lastDays(incoming, 1), 'today');
}

export async function stats(incoming: KnownIncoming): Promise<void> {
  await tellSums(incoming, await lastDays(incoming, STATS_DAYS), 'stats');
}

async function tellSums(incoming: KnownIncoming, { from, to }: Span, code: 'today' | 'stats'): Promise<void> {
  const { deps, person, reply } = incoming;
  const asked = { from, to, limit: 0, group: 'day' } as const;
  const source = { replica: primaryReads(deps.reads), cache: deps.cache };
  const [{ answer: summary }, { answer: series }, counts] = await Promise.all([
    cachedAnalytics(source, 'summary', asked),
    cachedAnalytics(source, 'time-series', asked),
    countsOf(incoming, { from, to }),
  ]);
  const { revenue, refunded, unpaid } = summary;
  const days = series.items.map(({ from: at, count, sum }) =>
    say('stats_day', person.lang, { day: html(dayText(at)), count, sum: html(money(sum)) }),
  );
  await reply({
    text: say(code, person.lang, {
      day: html(dayText(tashkentIso(from))),
      orders: revenue.count,
      sum: html(money(revenue.sum)),
      refunded: refunded.count,
      unpaid: unpaid.count,
      attention: counts.problems,
      files: counts.files,
      days: html(days.join('\n')),
    }),
  });
}

/** Orders of the time that need attention, and files loaded within it. */
async function countsOf({ deps }: KnownIncoming, period: Span): Promise<{ problems: number; files: number }> {
  return deps.reads.transaction(
    async (trx) => {
      const cells = await sumsSql(trx, { period, matching: deps.config.matching, dimensions: ['total'] });
      const row = await selectRow<{ problems: string; files: string }>(
        trx,
        `select coalesce((select sum(problems) from (${cells}) cells where dimension = 'total'), 0)::bigint as problems,
           (select count(*) from uploaded_files where completed_at >= ? and completed_at < ?
             and status in ('completed', 'completed_with_errors')) as files`,
        [period.from, period.to],
      );
      return { problems: Number(row?.problems ?? 0), files: Number(row?.files ?? 0) };
    },
    { readOnly: true, isolationLevel: 'repeatable read' },
  );
}

/** Those with most trouble first. */
export async function machines(incoming: KnownIncoming): Promise<void> {
  const { deps, person, reply } = incoming;
  const period = await lastDays(incoming, MACHINE_DAYS);
  const rows = await deps.reads.transaction(
    async (trx) => {
      const { from, to } = period;
      const cells = await sumsSql(trx, {
        period: { from, to },
        matching: deps.config.matching,
        dimensions: ['machine'],
      });
      return selectRows<{ key: string | null; name: string | null; count: string; sum: string; problems: string }>(
        trx,
        `select c.key, coalesce(m.address, m.category) as name, c.count, c.sum, c.problems
         from (select key, sum(count)::bigint as count, sum(sum)::text as sum, sum(problems)::bigint as problems
           from (${cells}) cells where dimension = 'machine' group by key) c
         left join machines m on m.machine_code = c.key
         where c.count > 0 order by c.problems desc, c.count desc, c.key limit ${MACHINES}`,
      );
    },
    { readOnly: true, isolationLevel: 'repeatable read' },
  );
  const lines = rows.map((row) =>
    say('machine_line', person.lang, {
      machine: row.name === null ? (row.key ?? '—') : `${row.key ?? '—'} ${row.name}`,
      count: Number(row.count),
      sum: html(money(row.sum)),
      problems: Number(row.problems),
      percent: Math.round((Number(row.problems) * 100) / Number(row.count)),
    }),
  );
  await reply({
    text: [say('machines', person.lang, {}), ...(lines.length > 0 ? lines : [say('nothing_there', person.lang)])].join(
      '\n',
    ),
  });
}

export async function missing({ deps, person, reply }: KnownIncoming): Promise<void> {
  const items = await missingDays(deps.reads, { from: null, to: null }, await databaseNow(deps.reads));
  if (items.length === 0) return reply({ text: say('missing_none', person.lang) });
  const shown = items.slice(0, MISSING_SHOWN).map((item) => `• ${escapeHtml(missingSentence(person.lang, item))}`);
  const more = items.length - shown.length;
  await reply({
    text: [
      say('missing_some', person.lang),
      ...shown,
      ...(more > 0 ? [say('more_lines', person.lang, { count: more })] : []),
    ].join('\n'),
  });
}
