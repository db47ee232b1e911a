import { randomBytes } from 'node:crypto';
import { text as readAll } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { createAccounts, type Actor } from '../shared/auth/accounts.ts';
import { confirmTokens } from '../shared/auth/api-tokens.ts';
import { createPasswords, MIN_PASSWORD_CHARS } from '../shared/auth/passwords.ts';
import { ownerOf, passwordWeakness, type PasswordOwner } from '../shared/auth/password-strength.ts';
import { isRole, ROLES, type Role } from '../shared/auth/principal.ts';
import { findUser, findUserByEmail, findUserByTelegramId, listUsers, type User } from '../shared/auth/users.ts';
import { ConfigError, loadConfig } from '../shared/config.ts';
import { createDatabase, type Db } from '../shared/db/client.ts';
import { isUniqueViolation } from '../shared/db/faults.ts';
import { AppError } from '../shared/errors.ts';
import { createLogger } from '../shared/logger.ts';
import { allowClosedPipe } from '../shared/closed-pipe.ts';
import { isMainModule } from '../shared/main-module.ts';

const USAGE = `usage: npm run user -- COMMAND
  list                           everybody, newest first
  add EMAIL [--role ROLE] [--name "FIRST LAST"]   an approved account (default role viewer)
  approve WHO [--role ROLE]      lets an applicant in
  block WHO                      ends all sign-ins at once and lets nobody in any more
  role WHO ROLE                  another role; ends all sign-ins
  reset WHO                      another password; ends all sign-ins
  confirm-tokens WHO             lets personal API tokens work again that a restore has suspended
  WHO is an id, an e-mail address or telegram:ID. Roles: ${ROLES.join(', ')}.
  add and reset make a password and show it once; --password-stdin takes one from standard input, --password TEXT
  from the command line (where other programs of this machine can see it).
Needs DATABASE_URL only. Exit codes: 0 done, 1 failed, 3 usage.`;

class UsageError extends Error {}

/** From the shell: nobody's account, nobody's address. */
const SHELL: Actor = { actorId: null };
const LIST_LIMIT = 1_000;

interface Options {
  name?: string | undefined;
  role?: string | undefined;
  password?: string | undefined;
  'password-stdin'?: boolean | undefined;
}

/** Does one command and gives what is to be printed. */
export async function runUserCommand(
  db: Db,
  args: readonly string[],
  stdin: NodeJS.ReadableStream = process.stdin,
): Promise<string> {
  const { positionals, values } = readArgs(args);
  const [command, who, ...rest] = positionals;
  // every process follows the raised version by itself; there is nobody here to tell
  const accounts = createAccounts(db, async () => undefined);
  const role = values.role === undefined ? undefined : roleOf(values.role);
  if (command === 'list' && who === undefined) return describeAll(await listUsers(db, { limit: LIST_LIMIT }));
  if (who === undefined || (rest.length > 0 && command !== 'role')) throw new UsageError(USAGE);
  switch (command) {
    case 'add': {
      if (!/^[^\s@]+@[^\s@]+$/.test(who)) throw new UsageError(`${who} is not an e-mail address`);
      const { passwordHash, shown } = await choosePassword(values, stdin, { email: who });
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
      return describe(await accounts.setRole(SHELL, (await find(db, who)).id, roleOf(rest[0])));
    case 'reset': {
      const user = await find(db, who);
      const { id } = user;
      const { passwordHash, shown } = await choosePassword(values, stdin, ownerOf(user));
      return `${describe(await accounts.resetPassword(SHELL, id, passwordHash))}${shown}`;
    }
    case 'confirm-tokens': {
      const { id } = await find(db, who);
      const count = await confirmTokens(db, SHELL, id);
      return `${count} personal API tokens work again`;
    }
    default:
      throw new UsageError(USAGE);
  }
}

function readArgs(args: readonly string[]): { positionals: string[]; values: Options } {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        role: { type: 'string' },
        name: { type: 'string' },
        password: { type: 'string' },
        'password-stdin': { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

function roleOf(text: string | undefined): Role {
  if (!isRole(text)) throw new UsageError(`a role is one of ${ROLES.join(', ')}`);
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
  if (user === null) throw new UsageError(`nobody is known as ${who}`);
  return user;
}

async function choosePassword(
  values: Options,
  stdin: NodeJS.ReadableStream,
  owner: PasswordOwner,
): Promise<{ passwordHash: string; shown: string }> {
  const given = values['password-stdin'] === true ? (await readAll(stdin)).replace(/\r?\n$/, '') : values.password;
  const password = given ?? randomBytes(12).toString('base64url');
  if (password.length < MIN_PASSWORD_CHARS)
    throw new UsageError(`a password has ${MIN_PASSWORD_CHARS} characters or more`);
  const weakness = await passwordWeakness(password, owner);
  if (weakness !== null)
    throw new UsageError(`this password is among the first that somebody would guess (${weakness})`);
  return {
    passwordHash: await createPasswords().hash(password),
    shown: given === undefined ? `\npassword: ${password}` : '',
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
  return [user.id.padStart(4), user.status.padEnd(8), user.role.padEnd(8), names.filter(Boolean).join(' ')].join('  ');
}

function describeAll(users: readonly User[]): string {
  return users.length === 0 ? 'nobody yet' : users.slice(0, LIST_LIMIT).map(describe).join('\n');
}

function inWords(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(inWords).join('; ');
  if (error instanceof AppError) {
    const reason = (error.details as { reason?: string } | undefined)?.reason;
    return reason === 'last_admin' ? 'this is the last admin: make another one first' : (reason ?? error.code);
  }
  if (isUniqueViolation(error)) return 'this e-mail address has an account already';
  return error instanceof Error ? error.message : String(error);
}

async function main(args: readonly string[]): Promise<number> {
  if (args.length === 0 || args.includes('--help') || args.includes('-h')) {
    console.log(USAGE);
    return args.length === 0 ? 3 : 0;
  }
  const config = loadConfig({ DATABASE_URL: process.env.DATABASE_URL, NODE_ENV: process.env.NODE_ENV }, 'tool');
  const logger = createLogger({ service: 'user', level: 'warn', format: 'text' });
  const db = createDatabase({ url: config.database.url, poolMax: 2, applicationName: 'vhm24r-user', logger });
  try {
    console.log(await runUserCommand(db, args));
    return 0;
  } finally {
    await db.destroy();
  }
}

if (isMainModule(import.meta.url)) {
  allowClosedPipe();
  main(process.argv.slice(2)).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      console.error(
        error instanceof ConfigError || error instanceof UsageError ? error.message : `user: ${inWords(error)}`,
      );
      process.exitCode = error instanceof UsageError ? 3 : 1;
    },
  );
}
