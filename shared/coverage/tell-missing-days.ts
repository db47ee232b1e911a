/** The daily notice of missing days: it names what no notice has named, and nothing while there is nothing new. */
import type { Db, DbOrTransaction } from '../db/client.ts';
import { transactionWithKnownEnd } from '../db/known-end.ts';
import { execute, selectRows } from '../db/rows.ts';
import { addNotice } from '../notices/notices.ts';
import { tashkentDay } from '../tashkent-time.ts';
import { missingParam } from '../texts/missing.ts';
import { dayAfter } from './gaps.ts';
import { missingDays } from './missing-days.ts';
import type { MissingItem } from './missing-schema.ts';

/** @returns how many stretches are missing and how many of them are new */
export function tellMissingDays(db: Db, dueAt: Date): Promise<{ missing: number; notified: number }> {
  return transactionWithKnownEnd(db, async (trx) => {
    const items = await missingDays(trx, { from: null, to: null }, dueAt);
    const fresh = await newlyMissing(trx, items);
    if (fresh.length > 0)
      await addNotice(trx, `missing-days:${tashkentDay(dueAt)}`, 'days_missing', { missing: missingParam(fresh) });
    return { missing: items.length, notified: fresh.length };
  });
}

interface NotifiedDay {
  source: MissingItem['source'];
  day: string;
  part: boolean;
}

/** Notes what is missing now in place of what was, and gives what is new in it; neighbouring days are one stretch. */
async function newlyMissing(trx: DbOrTransaction, items: readonly MissingItem[]): Promise<MissingItem[]> {
  const days = items.flatMap(daysOf);
  const now = `unnest(?::text[], ?::date[], ?::boolean[]) n (source, day, part)`;
  const bindings = [days.map(({ source }) => source), days.map(({ day }) => day), days.map(({ part }) => part)];
  await execute(
    trx,
    `delete from missing_days_told t
     where not exists (select 1 from ${now} where (n.source, n.day, n.part) = (t.source, t.day, t.part))`,
    bindings,
  );
  const added = await selectRows<NotifiedDay>(
    trx,
    `insert into missing_days_told (source, day, part) select n.source, n.day, n.part from ${now}
     on conflict do nothing returning source, day::text, part`,
    bindings,
  );
  const isNew = new Set(added.map(keyOf));
  return items.flatMap((item) => stretchesOf(item, (day) => isNew.has(keyOf(day))));
}

const isPart = ({ from }: MissingItem): boolean => from.length > 10;
const keyOf = ({ source, day, part }: NotifiedDay): string => `${source}/${day}/${part}`;

/** Each whole day; of a shorter hole the first. */
function daysOf(item: MissingItem): NotifiedDay[] {
  const [source, part] = [item.source, isPart(item)];
  const first = item.from.slice(0, 10);
  return Array.from({ length: part ? 1 : item.days }, (_, at) => ({ source, day: dayAfter(first, at), part }));
}

function stretchesOf(item: MissingItem, isWanted: (day: NotifiedDay) => boolean): MissingItem[] {
  const wanted = daysOf(item).filter(isWanted);
  if (isPart(item)) return wanted.length > 0 ? [item] : [];
  const stretches: MissingItem[] = [];
  for (const { day } of wanted) {
    const last = stretches.at(-1);
    if (last !== undefined && dayAfter(last.to) === day) Object.assign(last, { to: day, days: last.days + 1 });
    else stretches.push({ ...item, from: day, to: day, days: 1 });
  }
  return stretches;
}
