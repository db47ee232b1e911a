import { execFileSync } from 'node:child_process';
import { chmod, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedPostgres, type EmbeddedPostgres } from '../../scripts/embedded-postgres.ts';
import { majorWanted, migrateTestDatabase, openTestServer } from './postgres.ts';

const SETTINGS = { fsync: 'off', wal_level: 'replica', max_wal_senders: '4', max_connections: '60', hot_standby: 'on' };

export interface Replicated {
  primary: EmbeddedPostgres;
  replica: EmbeddedPostgres;
  /** of the migrated database, on each */
  urls: { primary: string; replica: string };
  close(): Promise<void>;
}

/**
 * Two servers of the test's own, the second one a streaming replica of the first: its data is a copy of the first
 * one's, taken while that one was stopped.
 */
export async function openReplicated(): Promise<Replicated> {
  const first = await openTestServer({ settings: SETTINGS });
  await migrateTestDatabase(first.urlFor('postgres'));
  await first.stop();
  const folder = await mkdtemp(join(tmpdir(), 'vhm24r-test-replica-'));
  await chmod(folder, 0o755);
  // with its owner: as root the server runs under another account
  execFileSync('cp', ['-a', join(first.home, 'data'), join(folder, 'data')]);
  await copyFile(join(first.folder, 'password'), join(folder, 'password'));
  await writeFile(join(folder, 'data', 'standby.signal'), '');
  const primary = await openEmbeddedPostgres({
    folder: first.folder,
    major: majorWanted(),
    port: first.port,
    settings: SETTINGS,
  });
  const conninfo = `host=127.0.0.1 port=${primary.port} user=${primary.user} password=${primary.password}`;
  const replica = await openEmbeddedPostgres({
    folder,
    major: majorWanted(),
    settings: { ...SETTINGS, primary_conninfo: conninfo, wal_retrieve_retry_interval: '200ms' },
  });
  return {
    primary,
    replica,
    urls: { primary: primary.urlFor('postgres'), replica: replica.urlFor('postgres') },
    async close() {
      await Promise.all([primary.stop(), replica.stop()]);
      for (const path of new Set([first.folder, first.home, folder, replica.home]))
        await rm(path, { recursive: true, force: true });
    },
  };
}
