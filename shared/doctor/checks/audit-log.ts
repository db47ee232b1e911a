import type { Client } from 'pg';
import type { Ladder } from '../ladder.ts';

/** What the sealer found longer ago is history. */
const BREAK_DAYS = 30;
/** A row waits a second for its seal; this long only where nobody seals. */
const UNSEALED_S = 600;
/** More are as bad; without a limit a log that nobody ever sealed would be read whole. */
const MOST_COUNTED = 1_000;

/** What the sealer found, and whether anybody seals; the whole chain is `npm run audit:verify`'s to read. */
export async function checkAudit(client: Client, ladder: Ladder): Promise<string> {
  const { rows } = await client.query<{
    sealed: string;
    breaks: number;
    last: string | null;
    waiting: number;
    age_s: number | null;
  }>(
    `select (select coalesce(max(seq), 0)::text from audit_seals) as sealed,
       broken.breaks, broken.last, tail.waiting, tail.age_s
     from (
       select count(*)::int as breaks, max(to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) as last
       from audit_log
       where action in ('audit.chain_broken', 'audit.tampered') and at > now() - interval '${BREAK_DAYS} days'
     ) broken, (
       select count(*)::int as waiting, extract(epoch from now() - min(at))::int as age_s
       from (
         select at
         from audit_log
         where id > (select coalesce(max(audit_id), 0) from audit_seals)
         order by id
         limit ${MOST_COUNTED}
       ) first
     ) tail`,
  );
  const [row] = rows;
  const breaks = `breaks_in_${BREAK_DAYS}_days=${row?.breaks ?? 0}`;
  const facts = `sealed=${row?.sealed ?? 0} waiting=${row?.waiting ?? 0} ${breaks}`;
  if (Number(row?.breaks) > 0) ladder.note('postgres.audit_broken', `${facts} last=${row?.last}`);
  if (Number(row?.age_s) > UNSEALED_S) ladder.note('postgres.audit_unsealed', `${facts} oldest=${row?.age_s}s`);
  return facts;
}
