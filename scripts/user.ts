import { randomBytes } from 'node:crypto';
import { text as readAll } from 'node:stream/consumers';
import { createAccounts, type Actor } from '../shared/auth/accounts.ts';
import { confirmTokens } from '../shared/auth/api-tokens.ts';
import { createPasswords, MIN_PASSWORD_CHARS } from '../shared/auth/passwords.ts';
import { ownerOf, passwordWeakness, type PasswordOwner } from '../shared/auth/password-strength.ts';
import { isRole, ROLES, type Role } from '../shared/auth/principal.ts';
import { findUser, findUserByEmail, findUserByTelegramId, listUsers, type User } from '../shared/auth/users.ts';
import { loadConfig } from '../shared/config.ts';
import { createDatabase, type Db } from '../shared/db/client.ts';
import { isUniqueViolation } from '../shared/db/faults.ts';
import { AppError } from '../shared/errors.ts';
import { createLogger } from '../shared/logger.ts';
import { isMainModule } from '../shared/main-module.ts';
import type { Lang } from '../shared/texts/languages.ts';
import { OperationFault, operationText } from '../shared/texts/operations.ts';
import { shown } from '../shared/texts/shown.ts';
import { readOptions, runCommand, UsageError, usageOf } from './run-command.ts';

/** From the shell: nobody's account, nobody's address. */
const SHELL: Actor = { actorId: null };
const LIST_LIMIT = 1_000;

const OPTIONS = {
  role: { type: 'string' },
  name: { type: 'string' },
  password: { type: 'string' },
  'password-stdin': { type: 'boolean' },
} as const;
const WORDS = { words: 'people', usageParams: { roles: ROLES.join(', ') } } as const;

type Options = ReturnType<typeof readArgs>['values'];

const readArgs = (args: readonly string[]) => readOptions({ allowPositionals: true, options: OPTIONS }, args);
const wrongUse = () => new UsageError('people', 'usage', WORDS.usageParams);

/** Does one command and gives what is to be printed. */
export async function runUserCommand(
  db: Db,
  args: readonly string[],
  stdin: NodeJS.ReadableStream = process.stdin,
  lang: Lang = 'en',
): Promise<string> {
  const { positionals, values } = readArgs(args);
  const [command, who, ...rest] = positionals;
  // every process follows the raised version by itself; there is nobody here to tell
  const accounts = createAccounts(db, async () => undefined);
  const role = values.role === undefined ? undefined : roleOf(values.role);
  if (command === 'list' && who === undefined) return describeAll(await listUsers(db, { limit: LIST_LIMIT }), lang);
  if (who === undefined || (rest.length > 0 && command !== 'role')) throw wrongUse();
  switch (command) {
    case 'add': {
      if (!/^[^\s@]+@[^\s@]+$/.test(who)) throw new UsageError('people', 'noEmail', { who });
      const { passwordHash, shown } = await choosePassword(values, stdin, { email: who }, lang);
      const [firstName = null, ...others] = (values.name ?? '').split(/\s+/).filter(Boolean);
      const lastName = others.length === 0 ? null : others.join(' ');
      const user = await accounts.create(SHELL, {
        email: who,
        passwordHash,
        role: role ?? 'viewer',
        firstName,
        lastName,
      });
      return `${describe(user)}${shown}`;
    }
    case 'approve':
      return describe(await accounts.approve(SHELL, (await find(db, who)).id, role));
    case 'block':
      return describe(await accounts.block(SHELL, (await find(db, who)).id));
    case 'role':
      return describe(await accounts.edit(SHELL, (await find(db, who)).id, { role: roleOf(rest[0]) }));
    case 'reset': {
      const user = await find(db, who);
      const { id } = user;
      const { passwordHash, shown } = await choosePassword(values, stdin, ownerOf(user), lang);
      return `${describe(await accounts.resetPassword(SHELL, id, passwordHash))}${shown}`;
    }
    case 'confirm-tokens': {
      const { id } = await find(db, who);
      const count = await confirmTokens(db, SHELL, id);
      return operationText(lang, 'people', 'tokensWork', { count });
    }
    default:
      throw wrongUse();
  }
}

function roleOf(text: string | undefined): Role {
  if (!isRole(text)) throw new UsageError('people', 'noRole', { roles: ROLES.join(', ') });
  return text;
}

async function find(db: Db, who: string): Promise<User> {
  const telegramId = /^telegram:(\d+)$/.exec(who)?.[1];
  const user =
    telegramId !== undefined
      ? await findUserByTelegramId(db, telegramId)
      : /^\d+$/.test(who)
        ? await findUser(db, who)
        : ((await findUserByEmail(db, who))?.user ?? null);
  if (user === null) throw new UsageError('people', 'unknown', { who });
  return user;
}

async function choosePassword(
  values: Options,
  stdin: NodeJS.ReadableStream,
  owner: PasswordOwner,
  lang: Lang,
): Promise<{ passwordHash: string; shown: string }> {
  const given = values['password-stdin'] === true ? (await readAll(stdin)).replace(/\r?\n$/, '') : values.password;
  const password = given ?? randomBytes(12).toString('base64url');
  if (password.length < MIN_PASSWORD_CHARS)
    throw new UsageError('people', 'shortPassword', { count: MIN_PASSWORD_CHARS });
  const weakness = await passwordWeakness(password, owner);
  if (weakness !== null)
    throw new UsageError('people', 'weakPassword', { why: operationText(lang, 'people', weakness) });
  return {
    passwordHash: await createPasswords().hash(password),
    shown: given === undefined ? `\n${operationText(lang, 'people', 'password', { password })}` : '',
  };
}

function describe(user: User): string {
  const names = [
    user.email,
    user.telegramId === null ? null : `telegram:${user.telegramId}`,
    user.username,
    user.firstName,
    user.lastName,
  ];
  // names are what strangers call themselves
  const called = shown(names.filter(Boolean).join(' '));
  return [user.id.padStart(4), user.status.padEnd(8), user.role.padEnd(8), called].join('  ');
}

function describeAll(users: readonly User[], lang: Lang): string {
  return users.length === 0
    ? operationText(lang, 'people', 'nobody')
    : users.slice(0, LIST_LIMIT).map(describe).join('\n');
}

/** What the product refuses for a reason of its own, in words for the shell. */
function worded(error: unknown): unknown {
  const reason = error instanceof AppError ? (error.details as { reason?: string } | undefined)?.reason : undefined;
  if (reason === 'last_admin') return new OperationFault('people', 'lastAdmin', {}, { cause: error });
  if (reason === 'email_known' || isUniqueViolation(error))
    return new OperationFault('people', 'emailKnown', {}, { cause: error });
  return error;
}

async function manage(args: readonly string[], lang: Lang): Promise<number> {
  if (args.length === 0) {
    console.log(usageOf(WORDS, lang));
    return 3;
  }
  const config = loadConfig({ DATABASE_URL: process.env.DATABASE_URL, NODE_ENV: process.env.NODE_ENV }, 'tool');
  const logger = createLogger({ service: 'user', level: 'warn', format: 'text' });
  const db = createDatabase({ url: config.database.url, poolMax: 2, applicationName: 'vhm24r-user', logger });
  try {
    console.log(await runUserCommand(db, args, process.stdin, lang));
    return 0;
  } catch (error) {
    throw worded(error);
  } finally {
    await db.destroy();
  }
}

if (isMainModule(import.meta.url)) runCommand({ name: 'user', ...WORDS, run: manage });
