import { hostname } from 'node:os';
import type { Client } from 'pg';
import { createDatabase, type Db } from '../../db/client.ts';
import { createSilentLogger } from '../../logger.ts';
import { createFileStore } from '../../storage/create-file-store.ts';
import { StorageUnavailableError, type FileStore, type StorageFaultReason } from '../../storage/file-store.ts';
import { createSpoolFolder } from '../../storage/spool-folder.ts';
import type { DoctorCode } from '../codes/entry.ts';
import { storageCodes } from '../codes/storage.ts';
import type { AreaCheck, DoctorContext } from '../context.ts';
import { Trouble } from '../ladder.ts';
import { errorCode } from '../wire.ts';

const SAMPLE_COUNT = 3;
/** A rung waits longer than a driver for a server that is silent; two of them are within the limit of an area. */
const SILENCE = { limitMs: 6_400, late: 'storage.no_answer' } as const;

export const storageCheck: AreaCheck = {
  area: 'storage',
  // bytes in the database need the database; a folder does not, but only the rows tell what must be in it
  needs: ['postgres'],
  codes: storageCodes,
  async run(context, ladder) {
    const url = (context.env['STORAGE_URL'] ?? '') || 'postgres:';
    const postgres = await context.postgres;
    let store: FileStore | null = null;
    await ladder.rung('storage.address', async () => {
      const fault = context.faults.find(({ variable }) => variable === 'STORAGE_URL');
      if (fault !== undefined) throw new Trouble('storage.url_invalid', fault.message);
      if (url === 'postgres:' && 'stoppedBy' in postgres) return 'postgres: (see postgres)';
      try {
        store = openStore(context, url);
      } catch (error) {
        throw new Trouble('storage.url_invalid', `driver=${url.split(':')[0] ?? ''}`, { cause: error });
      }
      return `driver=${url.split(':')[0] ?? ''}`;
    });
    if (url === 'postgres:' && 'stoppedBy' in postgres) ladder.stop(postgres.stoppedBy);
    await ladder.rung(
      'storage.write_read',
      async () => {
        try {
          await (store as FileStore | null)?.check();
        } catch (error) {
          throw storageTrouble('put', error, (store as FileStore | null)?.driver ?? 'file');
        }
        return 'written, read, removed';
      },
      SILENCE,
    );
    if ('stoppedBy' in postgres) ladder.stop(postgres.stoppedBy);
    await ladder.rung(
      'storage.shared',
      async () => ('client' in postgres && store !== null ? checkShared(store, url, postgres.client) : ''),
      SILENCE,
    );
  },
};

function openStore(context: DoctorContext, url: string): FileStore {
  const spool = createSpoolFolder();
  context.closers.push('doctor spool', () => spool.close(), 1_000);
  const db: Db = createDatabase({
    url: context.env['DATABASE_URL'] ?? 'postgres://127.0.0.1:1/none',
    poolMax: 2,
    applicationName: 'vhm24r-doctor-storage',
    logger: createSilentLogger(),
    statementTimeoutMs: 3_000,
  });
  context.closers.push('doctor storage', () => db.destroy(), 1_000);
  return createFileStore(url, { db, spool, aws: context.env });
}

const TROUBLES: Readonly<Record<StorageFaultReason, DoctorCode>> = {
  refused: 'storage.refused',
  no_answer: 'storage.no_answer',
  reset: 'storage.refused',
  server_error: 'storage.server_error',
  full: 'storage.full',
  denied: 'storage.bucket_denied',
  no_bucket: 'storage.bucket_missing',
  not_mounted: 'storage.not_writable',
  io: 'storage.not_writable',
};

function storageTrouble(call: 'put' | 'exists', error: unknown, driver: FileStore['driver']): Trouble {
  if (!(error instanceof StorageUnavailableError))
    return new Trouble('storage.not_writable', `${call}=${errorCode(error)}`, { cause: error });
  const code = driver === 'file' && error.reason === 'denied' ? 'storage.not_writable' : TROUBLES[error.reason];
  return new Trouble(code, `${call}=${error.detail}`, { cause: error });
}

async function checkShared(store: FileStore, url: string, client: Client): Promise<string> {
  const { rows } = await client.query<{ storage_key: string }>(
    `select storage_key
     from uploaded_files
     where bytes_expired_at is null
     order by seq desc
     limit $1`,
    [SAMPLE_COUNT],
  );
  const found: boolean[] = [];
  try {
    for (const { storage_key: key } of rows) found.push(await store.exists(key));
  } catch (error) {
    throw storageTrouble('exists', error, store.driver);
  }
  const missing = found.filter((there) => !there).length;
  const facts = `newest_files=${rows.length} missing=${missing}`;
  if (missing > 0 && missing === rows.length) throw new Trouble('storage.not_shared', facts);
  if (missing > 0) throw new Trouble('storage.bytes_missing', facts);
  if (url.startsWith('file:')) {
    const { rows: services } = await client.query<{ id: string }>(
      `select id from service_instances where seen_at > clock_timestamp() - interval '20 s'`,
    );
    const elsewhere = services.filter(({ id }) => !id.includes(`-${hostname()}-`));
    if (elsewhere.length > 0)
      throw new Trouble('storage.not_shared', `${facts} driver=file services_on_other_machines=${elsewhere.length}`);
  }
  return facts;
}
