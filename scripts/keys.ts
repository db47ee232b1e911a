import { randomBytes } from 'node:crypto';
import { recordAudit } from '../shared/audit/audit.ts';
import { loadConfig, readJwtSecrets, type JwtSecret } from '../shared/config.ts';
import { createDatabase } from '../shared/db/client.ts';
import { createLogger } from '../shared/logger.ts';
import { allowClosedPipe } from '../shared/closed-pipe.ts';
import { isMainModule } from '../shared/main-module.ts';

const USAGE = `usage: npm run --silent keys -- COMMAND
  new       a first key: prints a value for JWT_SECRETS
  add       step 1 of a rotation: the present JWT_SECRETS with a new key last, accepted by all but signing nothing yet
  promote   step 2, once every api has restarted with the former: the last key moves to the front and signs
  retire    step 3, an hour later: only the signing key stays
  list      ids of the present keys
  All but new read JWT_SECRETS. The new value goes to standard output, what to do with it to standard error.
  Where DATABASE_URL is set, the step is written into the audit log (ids only).
  Exit codes: 0 done, 1 failed, 3 usage.`;

class UsageError extends Error {}

export type KeyStep = 'new' | 'add' | 'promote' | 'retire';

const NEXT: Record<KeyStep, string> = {
  new: 'Set JWT_SECRETS of every api to this.',
  add: 'Set JWT_SECRETS of every api to this and restart one after another. When all have, run: keys promote',
  promote:
    'Set JWT_SECRETS of every api to this and restart one after another. An hour after the last (no token lives ' +
    'longer), run: keys retire',
  retire: 'Set JWT_SECRETS of every api to this and restart one after another. The old key is worthless now.',
};

export function makeKey(taken: readonly JwtSecret[] = []): JwtSecret {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  let kid: string;
  do kid = `k${day}-${randomBytes(2).toString('hex')}`;
  while (taken.some((key) => key.kid === kid));
  return { kid, secret: randomBytes(32).toString('base64url') };
}

/**
 * The keys after one step. The order is what api processes of before and after the step must both be able to live with.
 */
export function rotate(step: KeyStep, present: readonly JwtSecret[]): JwtSecret[] {
  const [signing] = present;
  const last = present.at(-1);
  if (step === 'new') return [makeKey()];
  if (signing === undefined || last === undefined)
    throw new UsageError('JWT_SECRETS is not set: make a first key with: keys new');
  if (step === 'add') return [...present, makeKey(present)];
  if (present.length < 2)
    throw new UsageError(`there is one key only: ${step === 'promote' ? 'add another first' : 'nothing to retire'}`);
  return step === 'promote' ? [last, ...present.slice(0, -1)] : [signing];
}

export function writeSecrets(keys: readonly JwtSecret[]): string {
  return keys.map(({ kid, secret }) => `${kid}:${secret}`).join(',');
}

async function noteRotation(step: KeyStep, before: readonly JwtSecret[], after: readonly JwtSecret[]): Promise<void> {
  const { DATABASE_URL, NODE_ENV } = process.env;
  if (DATABASE_URL === undefined || DATABASE_URL === '') return;
  const config = loadConfig({ DATABASE_URL, NODE_ENV }, 'tool');
  const logger = createLogger({ service: 'keys', level: 'warn', format: 'text' });
  const db = createDatabase({ url: config.database.url, poolMax: 2, applicationName: 'vhm24r-keys', logger });
  const ids = (keys: readonly JwtSecret[]) => keys.map(({ kid }) => kid);
  try {
    await recordAudit(db, {
      actorId: null,
      action: 'keys.rotated',
      details: { step, before: ids(before), after: ids(after) },
    });
  } finally {
    await db.destroy();
  }
}

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (rest.length > 0 || command === undefined || !(command in NEXT || command === 'list')) throw new UsageError(USAGE);
  const text = process.env.JWT_SECRETS ?? '';
  const present = text === '' || command === 'new' ? [] : readJwtSecrets(text);
  if (command === 'list') {
    console.log(
      present.map(({ kid }, index) => `${kid}  ${index === 0 ? 'signs' : 'is accepted'}`).join('\n') || 'no keys',
    );
    return 0;
  }
  const step = command as KeyStep;
  const next = rotate(step, present);
  await noteRotation(step, present, next);
  console.error(NEXT[step]);
  console.log(writeSecrets(next));
  return 0;
}

if (isMainModule(import.meta.url)) {
  allowClosedPipe();
  main(process.argv.slice(2)).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : String(error));
      process.exitCode = error instanceof UsageError ? 3 : 1;
    },
  );
}
