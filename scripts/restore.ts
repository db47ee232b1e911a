import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { BackupError } from '../shared/backup/manifest.ts';
import { createBackupPlace, listBackups } from '../shared/backup/place.ts';
import { checkBackup, chooseBackup, describeLive, restoreOverLive } from '../shared/backup/restore-backup.ts';
import { ConfigError, loadConfig } from '../shared/config.ts';
import { allowClosedPipe } from '../shared/closed-pipe.ts';
import { isMainModule } from '../shared/main-module.ts';
import { redactText } from '../shared/redact.ts';

const USAGE = `usage: npm run restore -- [--check | --list] [--yes] [NAME]
  --check   restores into a scratch database on the same server, compares rows and checksums of all tables, drops it,
            prints the minutes
  --list    the backups at BACKUP_URL
  Without them the backup takes the place of the database of DATABASE_URL; that one stays under another name. It asks
  first (--yes answers).
  NAME is a backup; without it the newest. Exit codes: 0 done, 1 failed or different, 3 usage.`;

class UsageError extends Error {}

async function main(args: readonly string[]): Promise<number> {
  let parsed;
  try {
    const flag = { type: 'boolean', default: false } as const;
    parsed = parseArgs({ args: [...args], options: { check: flag, list: flag, yes: flag }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (positionals.length > 1) throw new UsageError('one backup at a time');
  const { DATABASE_URL, NODE_ENV, STORAGE_URL, BACKUP_URL } = process.env;
  const config = loadConfig({ DATABASE_URL, NODE_ENV, STORAGE_URL, BACKUP_URL }, 'tool');
  if (config.backup.url === null) throw new BackupError('not_configured', 'BACKUP_URL is not set');
  const place = createBackupPlace(config.backup.url, process.env);
  const options = { databaseUrl: config.database.url, place, name: positionals[0] ?? null, path: process.env.PATH };
  if (values.list) {
    for (const { name, version, dump, verifiedAt } of await listBackups(place)) {
      console.log(
        `${name}  version ${version}  ${(dump.sizeBytes / 1_048_576).toFixed(1)} MiB  ` +
          `${verifiedAt === null ? 'never verified' : `verified ${verifiedAt}`}`,
      );
    }
    return 0;
  }
  if (values.check) {
    const { manifest, differences, ms } = await checkBackup(options);
    const minutes = (ms / 60_000).toFixed(2);
    if (differences.length > 0) {
      console.error(`restore: backup ${manifest.name} differs after ${minutes} minutes: ${differences.join(', ')}`);
      return 1;
    }
    const rows = Object.values(manifest.tables).reduce((sum, table) => sum + table.rows, 0);
    console.log(
      `backup ${manifest.name} is good: ${Object.keys(manifest.tables).length} tables, ${rows} rows, checksums ` +
        `equal, restored in ${minutes} minutes`,
    );
    return 0;
  }
  const manifest = await chooseBackup(options);
  const live = await describeLive(config.database.url);
  if (!live.empty && !values.yes && !(await agreed(manifest.name, live.files))) {
    console.error('restore: nothing was changed');
    return 1;
  }
  const { keptAs, ended } = await restoreOverLive({ ...options, name: manifest.name, storageUrl: config.storageUrl });
  console.log(
    `restored ${manifest.name}; the database before it is kept as ` +
      `${keptAs}. Now: npm run migrate, and start the services`,
  );
  console.log(
    `all sign-ins are ended (${ended.people} people); ${ended.suspendedTokens} personal API tokens wait: npm run ` +
      'user -- confirm-tokens EMAIL',
  );
  return 0;
}

/** Asks on a terminal; without one nobody can agree. */
async function agreed(name: string, files: number): Promise<boolean> {
  const question =
    `The database holds ${files} files. Stop the services first. ` + `Put backup ${name} in its place? Type yes: `;
  if (!process.stdin.isTTY) {
    console.error(`${question}\nrestore: there is no terminal to ask; use --yes`);
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(question)).trim() === 'yes';
  } finally {
    terminal.close();
  }
}

if (isMainModule(import.meta.url)) {
  allowClosedPipe();
  main(process.argv.slice(2)).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      if (error instanceof UsageError) console.error(`${error.message}\n${USAGE}`);
      else {
        const known = error instanceof BackupError || error instanceof ConfigError;
        const text = error instanceof Error ? error.message || error.name : String(error);
        console.error(`restore: ${known ? text : redactText(text)}`);
      }
      process.exitCode = error instanceof UsageError ? 3 : 1;
    },
  );
}
