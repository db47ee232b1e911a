import { loadConfig } from '../shared/config.ts';
import { createDatabase } from '../shared/db/client.ts';
import { createLogger } from '../shared/logger.ts';
import { isMainModule } from '../shared/main-module.ts';
import type { Lang } from '../shared/texts/languages.ts';
import { operationText } from '../shared/texts/operations.ts';
import { applyMigrations } from './migrate/apply.ts';
import { runCommand, UsageError } from './run-command.ts';

const LOCK_WAIT_MS = 60_000;

/** `npm run migrate` and the step before a deployment. Exit codes: 0 done, 1 failed, 3 usage. */
async function migrate(args: readonly string[], lang: Lang): Promise<number> {
  if (args.some((arg) => arg !== '--down')) throw new UsageError('migrate', 'usage');
  // Only what migrating needs: a fault in another variable is that service's to report.
  const config = loadConfig({ DATABASE_URL: process.env.DATABASE_URL, NODE_ENV: process.env.NODE_ENV }, 'tool');
  const logger = createLogger({ service: 'migrate', level: 'warn', format: 'text' });
  const db = createDatabase({
    url: config.database.url,
    poolMax: 2,
    applicationName: 'vhm24r-migrate',
    logger,
    // Building an index over millions of rows takes as long as it takes.
    statementTimeoutMs: 0,
  });
  try {
    const direction = args.includes('--down') ? 'down' : 'up';
    const { ran, ahead } = await applyMigrations(db, {
      databaseUrl: config.database.url,
      direction,
      lockWaitMs: LOCK_WAIT_MS,
    });
    if (ahead.length > 0) {
      console.log(operationText(lang, 'migrate', 'ahead', { names: ahead.join(', ') }));
      return 0;
    }
    for (const name of ran) console.log(`${direction} ${name}`);
    console.log(operationText(lang, 'migrate', ran.length > 0 ? 'ran' : 'nothing', { count: ran.length }));
    return 0;
  } finally {
    await db.destroy();
  }
}

if (isMainModule(import.meta.url)) runCommand({ name: 'migrate', words: 'migrate', run: migrate });
