/** The table of commands: a further one is a line here and a function. */
import { AppError } from '../errors.ts';
import { changeNotices } from './notice-settings.ts';
import { reaches, type Role } from '../auth/principal.ts';
import type { TelegramText } from '../texts/tables.ts';
import { LANGS } from '../texts/languages.ts';
import { greeting } from './applications.ts';
import { type KnownIncoming, mayUse } from './incoming.ts';
import { foreignSentence, html } from './markup.ts';
import { system, users } from './administration.ts';
import { machines, missing, stats, today } from './figures.ts';
import { find } from './find.ts';
import { report } from './reports.ts';
import { showNotices, stopNotices } from './notice-choices.ts';
import { chooseLang } from './people.ts';
import { faultText } from './progress.ts';
import { say } from './say.ts';
import { UPLOAD_ROLE } from '../uploads/uploads.ts';

interface Command {
  role: Role;
  /** its line of /help; null = not told there */
  help: TelegramText | null;
  /** @param rest what stands behind the command */
  run(incoming: KnownIncoming, rest: string): Promise<void>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  start: { role: 'viewer', help: null, run: start },
  today: { role: 'viewer', help: 'help_today', run: today },
  stats: { role: 'viewer', help: 'help_stats', run: stats },
  machines: { role: 'viewer', help: 'help_machines', run: machines },
  missing: { role: 'viewer', help: 'help_missing', run: missing },
  find: { role: 'viewer', help: 'help_find', run: find },
  report: { role: 'finance', help: 'help_report', run: report },
  users: { role: 'admin', help: 'help_users', run: users },
  system: { role: 'admin', help: 'help_system', run: system },
  page: { role: 'viewer', help: 'help_page', run: givePage },
  notices: { role: 'viewer', help: 'help_notices', run: showNotices },
  stop: { role: 'viewer', help: 'help_stop', run: stopNotices },
  lang: { role: 'viewer', help: 'help_lang', run: setLang },
  help: { role: 'viewer', help: 'help_help', run: showHelp },
};

/** @param text begins with "/"; the bot's own name may stand behind the command */
export async function runCommand(incoming: KnownIncoming, text: string): Promise<void> {
  const [, name = '', rest = ''] = /^\/([a-z]+)(?:@\w+)?\s*([\s\S]*)$/i.exec(text) ?? [];
  const { person, reply } = incoming;
  const command = Object.hasOwn(COMMANDS, name.toLowerCase()) ? COMMANDS[name.toLowerCase()] : undefined;
  if (command === undefined) return reply({ text: say('unknown_command', person.lang) });
  if (!(await mayUse(incoming, command.role))) return;
  try {
    await command.run(incoming, rest.trim());
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    await reply({
      text: say('refused', person.lang, { message: html(foreignSentence(faultText(error, person.lang))) }),
    });
  }
}

/** Who comes back gets notices again. */
async function start({ deps, user, person, reply }: KnownIncoming): Promise<void> {
  await changeNotices(deps.db, user.id, { off: false });
  await reply(greeting(user, person.lang));
}

async function showHelp({ user, person, reply }: KnownIncoming): Promise<void> {
  const { lang } = person;
  const lines = Object.entries(COMMANDS)
    .filter(([, { role, help }]) => help !== null && reaches(user.role, role))
    .map(([name, { help }]) => `/${name} — ${say(help as TelegramText, lang)}`);
  const help = say('help', lang, { commands: html(lines.join('\n')) });
  await reply({ text: reaches(user.role, UPLOAD_ROLE) ? `${help}\n\n${say('help_files', lang)}` : help });
}

async function givePage({ deps, user, person, reply }: KnownIncoming): Promise<void> {
  if (deps.config.publicUrl === null) return reply({ text: say('page_unknown', person.lang) });
  // {link} is filled in as it is sent: the secret stands in no table
  await reply({ text: say('page_link', person.lang), signInOf: user.id });
}

async function setLang({ deps, user, person, reply }: KnownIncoming, rest: string): Promise<void> {
  const lang = LANGS.find((one) => one === rest.toLowerCase());
  if (lang === undefined) return reply({ text: say('lang_usage', person.lang) });
  await chooseLang(deps.db, user.id, lang);
  await reply({ text: say('lang_is', lang) });
}
