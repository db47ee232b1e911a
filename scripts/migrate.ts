import { ConfigError, loadConfig } from '../shared/config.ts';
import { createDatabase } from '../shared/db/client.ts';
import { createLogger } from '../shared/logger.ts';
import { allowClosedPipe } from '../shared/closed-pipe.ts';
import { isMainModule } from '../shared/main-module.ts';
import { applyMigrations } from './migrate/apply.ts';

const USAGE =
  'usage: migrate [--down]\n  Brings the database of DATABASE_URL to the ' +
  'latest migration; --down takes the last one back.';
const LOCK_WAIT_MS = 60_000;

/** `npm run migrate` and the step before a deployment. Exit codes: 0 done, 1 failed, 3 usage. */
async function main(args: readonly string[]): Promise<number> {
  if (args.some((arg) => arg !== '--down')) {
    console.error(USAGE);
    return 3;
  }
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
      console.log(`the schema is ahead of this version (${ahead.join(', ')}): nothing to do`);
      return 0;
    }
    for (const name of ran) console.log(`${direction} ${name}`);
    console.log(ran.length > 0 ? `${ran.length} run` : 'nothing to do');
    return 0;
  } finally {
    await db.destroy();
  }
}

/** A refused connection to a name with several addresses comes without a message of its own. */
function inWords(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(inWords).join('; ');
  return error instanceof Error ? error.message : String(error);
}

if (isMainModule(import.meta.url)) {
  allowClosedPipe();
  main(process.argv.slice(2)).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      console.error(error instanceof ConfigError ? error.message : `migrate: ${inWords(error)}`);
      process.exitCode = 1;
    },
  );
}
