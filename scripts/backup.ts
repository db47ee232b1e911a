import { makeBackup } from '../shared/backup/make-backup.ts';
import { BackupError } from '../shared/backup/manifest.ts';
import { createBackupPlace } from '../shared/backup/place.ts';
import { loadConfig } from '../shared/config.ts';
import { isMainModule } from '../shared/main-module.ts';
import { readVersion } from '../shared/project.ts';
import type { Lang } from '../shared/texts/languages.ts';
import { operationText } from '../shared/texts/operations.ts';
import { runCommand, UsageError } from './run-command.ts';

async function backUp(args: readonly string[], lang: Lang): Promise<number> {
  if (args.length > 0) throw new UsageError('backup', 'usage');
  const { DATABASE_URL, NODE_ENV, STORAGE_URL, BACKUP_URL, BACKUP_KEEP_DAYS } = process.env;
  const config = loadConfig({ DATABASE_URL, NODE_ENV, STORAGE_URL, BACKUP_URL, BACKUP_KEEP_DAYS }, 'tool');
  if (config.backup.url === null) throw new BackupError('not_configured', 'notConfigured');
  const startedAt = Date.now();
  const place = createBackupPlace(config.backup.url, process.env);
  const { manifest, pruned } = await makeBackup({
    databaseUrl: config.database.url,
    storageUrl: config.storageUrl,
    place,
    version: readVersion(),
    keepDays: config.backup.keepDays,
    path: process.env.PATH,
  });
  const rows = Object.values(manifest.tables).reduce((sum, table) => sum + table.rows, 0);
  const mib = ((manifest.dump.sizeBytes + (manifest.files?.sizeBytes ?? 0)) / 1_048_576).toFixed(1);
  console.log(
    operationText(lang, 'backup', 'done', {
      name: manifest.name,
      tables: Object.keys(manifest.tables).length,
      rows,
      mib,
      place: place.shown,
      seconds: ((Date.now() - startedAt) / 1000).toFixed(1),
    }),
  );
  for (const name of pruned) console.log(operationText(lang, 'backup', 'removed', { name }));
  console.log(operationText(lang, 'backup', 'verify', { name: manifest.name }));
  return 0;
}

if (isMainModule(import.meta.url)) runCommand({ name: 'backup', words: 'backup', run: backUp });
