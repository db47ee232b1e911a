import { createInterface } from 'node:readline/promises';
import { BackupError } from '../shared/backup/manifest.ts';
import { createBackupPlace, listBackups } from '../shared/backup/place.ts';
import { checkBackup, chooseBackup, describeLive, restoreOverLive } from '../shared/backup/restore-backup.ts';
import { loadConfig } from '../shared/config.ts';
import { isMainModule } from '../shared/main-module.ts';
import type { Texts } from '../shared/texts/en/index.ts';
import type { Lang } from '../shared/texts/languages.ts';
import { operationText } from '../shared/texts/operations.ts';
import { readOptions, runCommand, UsageError } from './run-command.ts';

const FLAG = { type: 'boolean', default: false } as const;

async function restore(args: readonly string[], lang: Lang): Promise<number> {
  const options = { check: FLAG, list: FLAG, yes: FLAG };
  const { values, positionals } = readOptions({ options, allowPositionals: true }, args);
  if (positionals.length > 1) throw new UsageError('restore', 'one');
  const { DATABASE_URL, NODE_ENV, STORAGE_URL, BACKUP_URL } = process.env;
  const config = loadConfig({ DATABASE_URL, NODE_ENV, STORAGE_URL, BACKUP_URL }, 'tool');
  if (config.backup.url === null) throw new BackupError('not_configured', 'notConfigured');
  const place = createBackupPlace(config.backup.url, process.env);
  const asked = { databaseUrl: config.database.url, place, name: positionals[0] ?? null, path: process.env.PATH };
  const say = (key: keyof Words, params: Params = {}) => operationText(lang, 'restore', key, params);
  if (values.list) {
    for (const { name, version, dump, verifiedAt } of await listBackups(place)) {
      const mib = (dump.sizeBytes / 1_048_576).toFixed(1);
      const verified = verifiedAt === null ? say('neverVerified') : say('verified', { at: verifiedAt });
      console.log(say('listed', { name, version, mib, verified }));
    }
    return 0;
  }
  if (values.check) {
    const { manifest, differences, ms } = await checkBackup(asked);
    const { name } = manifest;
    const minutes = (ms / 60_000).toFixed(2);
    if (differences.length > 0) {
      console.error(`restore: ${say('differs', { name, minutes, differences: differences.join(', ') })}`);
      return 1;
    }
    const rows = Object.values(manifest.tables).reduce((sum, table) => sum + table.rows, 0);
    console.log(say('good', { name, tables: Object.keys(manifest.tables).length, rows, minutes }));
    return 0;
  }
  const { name } = await chooseBackup(asked);
  const live = await describeLive(config.database.url);
  if (!live.empty && !values.yes && !(await agreed(say, name, live.files))) {
    console.error(`restore: ${say('unchanged')}`);
    return 1;
  }
  const { keptAs, ended } = await restoreOverLive({ ...asked, name, storageUrl: config.storageUrl });
  console.log(say('restored', { name, keptAs }));
  console.log(say('ended', { people: ended.people, tokens: ended.suspendedTokens }));
  return 0;
}

type Words = Texts['operations']['restore'];
type Params = Readonly<Record<string, string | number>>;

/** Asks on a terminal; without one nobody can agree. `yes` is taken in every language. */
async function agreed(
  say: (key: keyof Words, params?: Params) => string,
  name: string,
  files: number,
): Promise<boolean> {
  const question = say('question', { files, name, yes: say('yes') });
  if (!process.stdin.isTTY) {
    console.error(`${question}\nrestore: ${say('noTerminal')}`);
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return ['yes', say('yes')].includes((await terminal.question(question)).trim().toLowerCase());
  } finally {
    terminal.close();
  }
}

if (isMainModule(import.meta.url)) runCommand({ name: 'restore', words: 'restore', run: restore });
