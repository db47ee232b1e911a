import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeBackup } from '../shared/backup/make-backup.ts';
import { BackupError } from '../shared/backup/manifest.ts';
import { createBackupPlace } from '../shared/backup/place.ts';
import { ConfigError, loadConfig } from '../shared/config.ts';
import { allowClosedPipe } from '../shared/closed-pipe.ts';
import { isMainModule } from '../shared/main-module.ts';
import { redactText } from '../shared/redact.ts';
import { projectRoot } from '../shared/project.ts';

const USAGE = `usage: npm run backup
  Dumps the database of DATABASE_URL to BACKUP_URL (a folder, or s3://bucket/prefix) and removes backups older
  than BACKUP_KEEP_DAYS.
  Exit codes: 0 done, 1 failed, 3 usage.`;

async function main(args: readonly string[]): Promise<number> {
  if (args.length > 0) {
    console.error(USAGE);
    return 3;
  }
  const { DATABASE_URL, NODE_ENV, STORAGE_URL, BACKUP_URL, BACKUP_KEEP_DAYS } = process.env;
  const config = loadConfig({ DATABASE_URL, NODE_ENV, STORAGE_URL, BACKUP_URL, BACKUP_KEEP_DAYS }, 'tool');
  if (config.backup.url === null) throw new BackupError('not_configured', 'BACKUP_URL is not set');
  const startedAt = Date.now();
  const place = createBackupPlace(config.backup.url, process.env);
  const version = (JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as { version: string })
    .version;
  const { manifest, pruned } = await makeBackup({
    databaseUrl: config.database.url,
    storageUrl: config.storageUrl,
    place,
    version,
    keepDays: config.backup.keepDays,
    path: process.env.PATH,
  });
  const rows = Object.values(manifest.tables).reduce((sum, table) => sum + table.rows, 0);
  const mib = ((manifest.dump.sizeBytes + (manifest.files?.sizeBytes ?? 0)) / 1_048_576).toFixed(1);
  console.log(
    `backup ${manifest.name}: ${Object.keys(manifest.tables).length} tables, ${rows} rows, ${mib} MiB at ` +
      `${place.shown} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`,
  );
  for (const name of pruned) console.log(`removed ${name}`);
  console.log(`verify it: npm run restore -- --check ${manifest.name}`);
  return 0;
}

if (isMainModule(import.meta.url)) {
  allowClosedPipe();
  main(process.argv.slice(2)).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      const known = error instanceof BackupError || error instanceof ConfigError;
      console.error(
        'backup: ' +
          `${known ? error.message : redactText(error instanceof Error ? error.message || error.name : String(error))}`,
      );
      process.exitCode = 1;
    },
  );
}
