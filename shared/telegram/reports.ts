/**
 * `/report`: the table of orders of a day or a month, written by the exports and sent as a document when it is there.
 */
import { InputFile } from 'grammy/web';
import type { Db } from '../db/client.ts';
import { createExport, exportFileName, findExport } from '../exports/export-rows.ts';
import type { FileStore } from '../storage/file-store.ts';
import { tashkentIso } from '../tashkent-time.ts';
import type { BotApi } from './bot-api.ts';
import { type KnownIncoming } from './incoming.ts';
import { html } from './markup.ts';
import { putMessage } from './messages.ts';
import { say } from './say.ts';

const DAY_MS = 86_400_000;
/** What a bot may send. */
const MAX_SENT_BYTES = 50 * 1024 * 1024;

/** The whole days that are meant, or null: nothing = yesterday, `2025-06` or `06.2025` a month, `12.06.2025` a day. */
const YEAR_FIRST = /^(?<year>\d{4})-(?<month>\d{1,2})(?:-(?<day>\d{1,2}))?$/;
const YEAR_LAST = /^(?:(?<day>\d{1,2})\.)?(?<month>\d{1,2})\.(?<year>\d{4})$/;

export function reportPeriod(text: string, now: Date): { from: Date; to: Date; name: string } | null {
  if (text === '') {
    const today = midnight(tashkentIso(now).slice(0, 10)) as Date;
    const from = new Date(today.getTime() - DAY_MS);
    return { from, to: today, name: dayName(from) };
  }
  const groups = (YEAR_FIRST.exec(text) ?? YEAR_LAST.exec(text))?.groups;
  if (groups === undefined) return null;
  const { year, day } = groups;
  const month = (groups['month'] ?? '').padStart(2, '0');
  const from = midnight(`${year}-${month}-${(day ?? '1').padStart(2, '0')}`);
  if (from === null) return null;
  if (day !== undefined) return { from, to: new Date(from.getTime() + DAY_MS), name: dayName(from) };
  const next =
    Number(month) === 12 ? `${Number(year) + 1}-01-01` : `${year}-${String(Number(month) + 1).padStart(2, '0')}-01`;
  return { from, to: midnight(next) as Date, name: `${month}.${year}` };
}

function midnight(day: string): Date | null {
  const at = new Date(`${day}T00:00:00+05:00`);
  return Number.isNaN(at.getTime()) || tashkentIso(at).slice(0, 10) !== day ? null : at;
}

const dayName = (at: Date): string => tashkentIso(at).slice(0, 10).split('-').reverse().join('.');

export async function report(incoming: KnownIncoming, rest: string): Promise<void> {
  const { deps, user, person, reply, requestId, address, key, chatId } = incoming;
  const period = reportPeriod(
    rest,
    await deps.db
      .raw<{ rows: { now: Date }[] }>('select clock_timestamp() as now')
      .then(({ rows }) => rows[0]?.now ?? new Date(0)),
  );
  if (period === null) return reply({ text: say('report_usage', person.lang) });
  const { from, to, name } = period;
  const made = await createExport(
    deps.db,
    { kind: 'orders', filter: { from, to } },
    { format: 'xlsx', lang: person.lang, by: { userId: user.id, requestId, address } },
  );
  await deps.dispatcher.dispatch({ name: 'write-export', id: made.id, fence: made.fence, requestId }, true);
  await reply({ text: say('report_asked', person.lang, { period: html(name) }) });
  await putMessage(deps.db, {
    key: `${key}:report`,
    chatId,
    text: say('report_caption', person.lang, { period: html(name) }),
    failedText: say('report_failed', person.lang),
    exportId: made.id,
  });
}

/** @returns the sender of written exports; see SenderDeps.sendExport */
export function sendExportDocument({ db, store }: { db: Db; store: FileStore }) {
  return async (
    api: BotApi,
    chatId: string,
    { exportId, text, failedText }: { exportId: string; text: string; failedText: string },
  ): Promise<number | null> => {
    const row = await findExport(db, exportId);
    const isLate = row === null || row.expired || row.status === 'failed';
    if (!isLate && row.storage_key === null) return null;
    if (isLate || row.storage_key === null || Number(row.size_bytes) > MAX_SENT_BYTES)
      return (await api.sendMessage(chatId, failedText, { parse_mode: 'HTML' })).message_id;
    const bytes = await store.openRead(row.storage_key);
    try {
      const document = new InputFile(bytes, exportFileName(row));
      return (await api.sendDocument(chatId, document, { caption: text, parse_mode: 'HTML' })).message_id;
    } finally {
      bytes.destroy();
    }
  };
}
