import { chmodSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Texts } from '../shared/texts/en/index.ts';
import { langOf } from '../shared/texts/lang-of.ts';
import { OperationFault, operationText } from '../shared/texts/operations.ts';
import { createApiClient } from './api-client.ts';
import { ensureBuilt } from './build.ts';
import { describeFiles, loadExamples } from './demo/examples.ts';
import { keepLocalSecrets, type LocalSecrets } from './demo/local-secrets.ts';
import { printSummary } from './demo/summary-table.ts';
import { takeRunLock } from './demo/run-lock.ts';
import { runStack, type Stack } from './demo/stack.ts';
import { watchLauncher } from './processes/launcher-watch.ts';
import { reasonOf } from './run-command.ts';

/**
 * `npm run demo`: the whole product on a machine that has nothing but Node, with a month of reports loaded, until
 * Ctrl-C. `npm start` is the same without the month, on DATABASE_URL and REDIS_URL where they are given.
 */
const lang = langOf(process.env);
const words = (key: keyof Texts['operations']['demo'], params: Readonly<Record<string, string | number>> = {}) =>
  operationText(lang, 'demo', key, params);

const root = fileURLToPath(new URL('..', import.meta.url));
const dataFolder = join(root, '.data');

/** A demo stands on its own: nothing of a real installation that happens to be in the shell is touched or told. */
const FOREIGN_TO_DEMO = (
  'DATABASE_URL REDIS_URL STORAGE_URL BACKUP_URL PUBLIC_URL NODE_ENV HOST JWT_SECRETS AUDIT_KEY AUDIT_ANCHOR ' +
  'ADMIN_EMAIL ADMIN_PASSWORD METRICS_TOKEN CORS_ORIGINS TRUST_PROXY TELEGRAM_BOT_TOKEN TELEGRAM_WEBHOOK_SECRET ' +
  'TELEGRAM_ADMIN_IDS TELEGRAM_API_ROOT'
).split(' ');

async function main(args: readonly string[]): Promise<number> {
  // A terminal that was closed, or a pipe nobody reads: what is left to say is lost, stopping in order goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const withExamples = !args.includes('--without-examples');
  if (args.some((arg) => arg !== '--without-examples')) {
    const isHelp = args.includes('--help') || args.includes('-h');
    (isHelp ? console.log : console.error)(words('usage'));
    return isHelp ? 0 : 3;
  }
  const port = Number(process.env.PORT || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new OperationFault('demo', 'badPort', { port: process.env.PORT });
  await assertPortFree(port);
  mkdirSync(dataFolder, { recursive: true });
  // PostgreSQL's account walks through it; each secret in it is closed by itself.
  chmodSync(dataFolder, 0o755);
  const lock = takeRunLock(dataFolder);
  try {
    return await runUntilStopped(port, withExamples);
  } finally {
    lock.release();
  }
}

async function runUntilStopped(port: number, withExamples: boolean): Promise<number> {
  const startedAt = Date.now();
  ensureBuilt({ onStart: (part) => console.log(words('building', { part: words(part) })) });
  const secrets = keepLocalSecrets(dataFolder);
  const given = withExamples ? without(process.env, FOREIGN_TO_DEMO) : process.env;
  const run = runStack({
    projectRoot: root,
    dataFolder,
    secrets,
    env: { ...ownSettings(secrets), ...given },
    databaseUrl: given.DATABASE_URL || undefined,
    redisUrl: given.REDIS_URL || undefined,
    port,
    lang,
    say: (line) => console.log(line),
  });
  const stopAsked = onStopSignal(() => run.hurry());
  try {
    const stack = await Promise.race([run.ready, run.broken, stopAsked]);
    if (stack === 'stop') return 0;
    const shown = await Promise.race([show(stack, secrets, withExamples, given), run.broken, stopAsked]);
    if (shown === 'stop') return 0;
    console.log(`\n${words('ready', { seconds: Math.round((Date.now() - startedAt) / 1000) })}`);
    await Promise.race([run.broken, stopAsked]);
    return 0;
  } finally {
    console.log(words('stopping'));
    await run.stop();
    console.log(words('stopped'));
  }
}

async function show(
  stack: Stack,
  secrets: LocalSecrets,
  withExamples: boolean,
  given: NodeJS.ProcessEnv,
): Promise<void> {
  if (withExamples) {
    const client = createApiClient(stack.url);
    await client.login(secrets.adminEmail, secrets.adminPassword);
    const session = await loadExamples(client, join(root, 'examples'));
    console.log(`\n${describeFiles(session, lang).join('\n')}\n`);
    await printSummary(client, lang);
  }
  console.log(`\n${words('open', { url: `${stack.url}/` })}`);
  const { adminEmail, adminPassword } = secrets;
  const who = given.ADMIN_PASSWORD ? 'ADMIN_EMAIL, ADMIN_PASSWORD' : `${adminEmail}  ${adminPassword}`;
  console.log(words('signIn', { who }));
  if (given.DATABASE_URL) console.log(words('onlyWithoutAdmin'));
  // Servers of this machine alone, for psql, redis-cli and the commands of operations; a given address is not repeated.
  if (stack.own.databaseUrl !== null) console.log(`DATABASE_URL=${stack.own.databaseUrl}`);
  if (stack.own.redisUrl !== null) console.log(`REDIS_URL=${stack.own.redisUrl}`);
}

function ownSettings(secrets: LocalSecrets): NodeJS.ProcessEnv {
  return {
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    JWT_SECRETS: secrets.jwtSecrets,
    AUDIT_KEY: secrets.auditKey,
    ADMIN_EMAIL: secrets.adminEmail,
    ADMIN_PASSWORD: secrets.adminPassword,
  };
}

/**
 * Resolves at the first SIGINT, SIGTERM or SIGHUP; each later one calls `again`. Also when the npm that started this is
 * gone: a signal sent to npm alone ends it without a word to its child.
 */
function onStopSignal(again: () => void): Promise<'stop'> {
  return new Promise((resolve) => {
    let asked = false;
    watchLauncher(() => resolve('stop'));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (asked) again();
        asked = true;
        resolve('stop');
      });
    }
  });
}

function without(env: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}

/** Told before anything is started, since it is the most likely fault. */
async function assertPortFree(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new OperationFault('demo', 'portTaken', { port, next: port + 1 }) : error),
    );
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  });
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(reasonOf(error, lang));
    process.exit(1);
  },
);
