/** `/users` and `/system`, for administrators. */
import type { InlineKeyboardButton } from 'grammy/types';
import { listUsers } from '../auth/users.ts';
import { rawEnvironment } from '../config.ts';
import { selectRows } from '../db/rows.ts';
import { lastRunPaths } from '../doctor/last-run.ts';
import { runDoctor } from '../doctor/run-doctor.ts';
import { projectRoot } from '../project.ts';
import type { Role } from '../auth/principal.ts';
import type { KnownIncoming } from './incoming.ts';
import { html, shortened } from './markup.ts';
import { displayName } from './people.ts';
import { plainly, roleWord, say } from './say.ts';

const SHOWN = 8;

/** How many there are of each role, and who waits, with the buttons to decide. */
export async function users({ deps, person, reply }: KnownIncoming): Promise<void> {
  const { lang } = person;
  const [counts, pending] = await Promise.all([
    selectRows<{ role: Role; count: number }>(
      deps.db,
      `select role, count(*)::int as count
       from users
       where status = 'approved'
       group by role
       order by role`,
    ),
    listUsers(deps.db, { status: ['pending'], limit: SHOWN }),
  ]);
  const shown = pending.slice(0, SHOWN);
  const lines = counts.map(({ role, count }) => `${roleWord(role, lang)}: ${count}`);
  const waiting = shown.map((user) =>
    say('users_pending', lang, { name: displayName(user), telegramId: html(user.telegramId ?? '—') }),
  );
  const keyboard = shown.map((user): InlineKeyboardButton[] => [
    { text: shortened(`✅ ${displayName(user)}`, 40), callback_data: `ok:${user.id}` },
    { text: plainly('reject', lang), callback_data: `no:${user.id}` },
  ]);
  await reply({ text: [say('users', lang), ...lines, '', ...waiting].join('\n').trim(), keyboard });
}

/** The doctor's errors and warnings. */
export async function system({ deps, person, reply }: KnownIncoming): Promise<void> {
  const { lang } = person;
  const root = projectRoot();
  const report = await runDoctor({
    env: rawEnvironment(),
    version: deps.version,
    projectRoot: root,
    lang,
    memory: lastRunPaths(root).map((path) => path.replace(/\.json$/, '-bot.json')),
  });
  const troubles = report.findings.filter(({ severity }) => ['warn', 'error', 'crash'].includes(severity));
  if (troubles.length === 0) return reply({ text: say('system_well', lang) });
  const lines = troubles.slice(0, 20).map(({ severity, title, code, fix }) =>
    say('system_line', lang, {
      sign: html(severity === 'warn' ? '⚠️' : '❌'),
      title,
      code: html(code),
      fix: fix.text,
    }),
  );
  await reply({ text: [say('system_ill', lang), ...lines].join('\n\n') });
}
