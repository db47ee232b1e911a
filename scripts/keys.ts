import { randomBytes } from 'node:crypto';
import { recordAudit } from '../shared/audit/audit.ts';
import { loadConfig, readJwtSecrets } from '../shared/config.ts';
import type { JwtSecret } from '../shared/config-secrets.ts';
import { createDatabase } from '../shared/db/client.ts';
import { createLogger } from '../shared/logger.ts';
import { isMainModule } from '../shared/main-module.ts';
import type { Lang } from '../shared/texts/languages.ts';
import { operationText } from '../shared/texts/operations.ts';
import { runCommand, UsageError } from './run-command.ts';

type KeyStep = 'new' | 'add' | 'promote' | 'retire';

const STEPS: readonly string[] = ['new', 'add', 'promote', 'retire'] satisfies KeyStep[];

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
  if (signing === undefined || last === undefined) throw new UsageError('keys', 'noKeys');
  if (step === 'add') return [...present, makeKey(present)];
  if (present.length < 2) throw new UsageError('keys', step === 'promote' ? 'nothingToPromote' : 'nothingToRetire');
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

async function rotateKeys(args: readonly string[], lang: Lang): Promise<number> {
  const [command, ...rest] = args;
  if (rest.length > 0 || command === undefined || !(STEPS.includes(command) || command === 'list'))
    throw new UsageError('keys', 'usage');
  const text = process.env.JWT_SECRETS ?? '';
  const present = text === '' || command === 'new' ? [] : readJwtSecrets(text);
  if (command === 'list') {
    const use = (index: number) => operationText(lang, 'keys', index === 0 ? 'signs' : 'isAccepted');
    const lines = present.map(({ kid }, index) => `${kid}  ${use(index)}`);
    console.log(lines.join('\n') || operationText(lang, 'keys', 'none'));
    return 0;
  }
  const step = command as KeyStep;
  const next = rotate(step, present);
  await noteRotation(step, present, next);
  console.error(operationText(lang, 'keys', step));
  console.log(writeSecrets(next));
  return 0;
}

if (isMainModule(import.meta.url)) runCommand({ name: 'keys', words: 'keys', run: rotateKeys });
