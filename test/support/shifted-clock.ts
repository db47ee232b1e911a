/** Processes whose clock is off by so many hours. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));

const clockOf = (hours: number) => `
  const Real = Date;
  const offset = ${hours} * 3_600_000;
  globalThis.Date = class extends Real {
    constructor(...given) { given.length === 0 ? super(Real.now() + offset) : super(...given); }
    static now() { return Real.now() + offset; }
  };`;

/** For `--import`, or NODE_OPTIONS. */
const clockModule = (hours: number) =>
  `data:text/javascript,${encodeURIComponent(clockOf(hours)).replaceAll("'", '%27')}`;

/** The environment of a service whose clock is off by so many hours. */
export const shiftedClock = (hours: number) => ({ NODE_OPTIONS: `--import=${clockModule(hours)}` });

const sweep = (url: string) => `
  import { createDatabase } from './shared/db/client.ts';
  import { createSilentLogger } from './shared/logger.ts';
  import { createHousekeeping } from './shared/queue/housekeeping.ts';
  import { createPostgresStore } from './shared/storage/postgres-store.ts';
  import { createSpoolFolder } from './shared/storage/spool-folder.ts';
  const logger = createSilentLogger();
  const db = createDatabase({ url: ${JSON.stringify(url)}, poolMax: 2, applicationName: 'test-shifted', logger });
  const spool = createSpoolFolder();
  const store = createPostgresStore(db, spool);
  console.log(String(await createHousekeeping({ db, store, spool, logger }).sweepStorage()));
  await spool.close();
  await db.destroy();`;

/** A sweep of the postgres: storage; how many keys it removed, as text. */
export async function sweepWithClock(databaseUrl: string, hours: number): Promise<string> {
  const args = ['--import', 'tsx', '--import', clockModule(hours), '--input-type=module', '--eval', sweep(databaseUrl)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  return stdout.trim();
}
