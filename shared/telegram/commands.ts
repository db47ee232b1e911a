/** The table of commands: a further one is a line here and a function. */
import { AppError } from '../errors.ts';
import { reaches, type Role } from '../auth/principal.ts';
import type { TelegramText } from '../texts/telegram.ts';
import { greeting } from './applications.ts';
import { type KnownIncoming, mayUse } from './incoming.ts';
import { html } from './markup.ts';
import { chooseLang } from './people.ts';
import { faultText } from './progress.ts';
import { say } from './say.ts';
import { LANGS } from '../texts/text.ts';

interface Command {
  role: Role;
  /** its line of /help; null = not told there */
  help: TelegramText | null;
  /** @param rest what stands behind the command */
  run(incoming: KnownIncoming, rest: string): Promise<void>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  start: { role: 'viewer', help: null, run: ({ user, person, reply }) => reply(greeting(user, person.lang)) },
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
    await reply({ text: say('refused', person.lang, { message: faultText(error, person.lang) }) });
  }
}

async function showHelp({ user, person, reply }: KnownIncoming): Promise<void> {
  const { lang } = person;
  const lines = Object.entries(COMMANDS)
    .filter(([, { role, help }]) => help !== null && reaches(user.role, role))
    .map(([name, { help }]) => `/${name} — ${say(help as TelegramText, lang)}`);
  await reply({ text: say('help', lang, { commands: html(lines.join('\n')) }) });
}

async function setLang({ deps, user, person, reply }: KnownIncoming, rest: string): Promise<void> {
  const lang = LANGS.find((one) => one === rest.toLowerCase());
  if (lang === undefined) return reply({ text: say('lang_usage', person.lang) });
  await chooseLang(deps.db, user.id, lang);
  await reply({ text: say('lang_is', lang) });
}
