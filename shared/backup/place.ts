/** Where backups go (BACKUP_URL): a folder, or a bucket. Names are made by us and never hold a slash. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createS3Client, type S3Client } from '../storage/s3-client.ts';
import { readS3Url } from '../storage/s3-url.ts';
import { BackupError, manifestSchema, MANIFEST_SUFFIX, type Manifest } from './manifest.ts';

export interface BackupPlace {
  /** Without user and password, for people. */
  readonly shown: string;
  /** Streams it whole; a half-written one never bears the name. */
  write(name: string, stream: Readable, signal?: AbortSignal): Promise<void>;
  read(name: string): Promise<Readable>;
  readText(name: string): Promise<string>;
  writeText(name: string, text: string): Promise<void>;
  /** Half-written ones among them. */
  names(): Promise<string[]>;
  remove(name: string): Promise<void>;
}

type Env = Readonly<Record<string, string | undefined>>;

/** @param env for the credentials of a bucket @throws BackupError `url_invalid` */
export function createBackupPlace(url: string, env: Env): BackupPlace {
  if (url.startsWith('s3://')) {
    if (!env['AWS_ACCESS_KEY_ID'] || !env['AWS_SECRET_ACCESS_KEY'])
      throw new BackupError('url_invalid', 'noCredentials');
    const parsed = readS3Url(url, env);
    return bucketPlace(createS3Client(parsed), parsed.prefix, `s3://${parsed.bucket}/${parsed.prefix}`);
  }
  const path = url.replace(/^file:(\/\/(?=\/))?/, '');
  if (path === '' || /^[a-z][a-z0-9+.-]*:/i.test(path)) throw new BackupError('url_invalid', 'badUrl');
  return folderPlace(resolve(path));
}

function folderPlace(folder: string): BackupPlace {
  const pathOf = (name: string) => join(folder, name);
  async function write(name: string, stream: Readable, signal?: AbortSignal): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const unfinished = pathOf(`${name}.unfinished`);
    try {
      await pipeline(stream, createWriteStream(unfinished, { mode: 0o600 }), { signal });
      const handle = await open(unfinished, 'r');
      await handle.datasync().finally(() => handle.close());
      await rename(unfinished, pathOf(name));
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }
  return {
    shown: folder,
    write,
    async read(name) {
      const handle = await open(pathOf(name), 'r');
      return createReadStream(pathOf(name), { fd: handle, highWaterMark: 1024 * 1024 });
    },
    readText: (name) => readFile(pathOf(name), 'utf8'),
    writeText: (name, text) => write(name, Readable.from([Buffer.from(text)])),
    async names() {
      try {
        return await readdir(folder);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
        throw error;
      }
    },
    remove: (name) => rm(pathOf(name), { force: true }),
  };
}

function bucketPlace(client: S3Client, prefix: string, shown: string): BackupPlace {
  const keyOf = (name: string) => `${prefix}${prefix === '' || prefix.endsWith('/') ? '' : '/'}${name}`;
  return {
    shown,
    write: async (name, stream, signal) => void (await client.put(keyOf(name), stream, signal)),
    read: (name) => client.read(keyOf(name)),
    readText: async (name) => {
      const chunks: Buffer[] = [];
      for await (const chunk of await client.read(keyOf(name))) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString('utf8');
    },
    writeText: async (name, text) => client.putBytes(keyOf(name), Buffer.from(text)),
    names: async () => (await client.list(keyOf(''))).map(({ key }) => key.slice(keyOf('').length)),
    remove: (name) => client.remove(keyOf(name)),
  };
}

/** Manifests, newest first; one that cannot be read is no backup. */
export async function listBackups(place: BackupPlace): Promise<Manifest[]> {
  const names = (await place.names()).filter((name) => name.endsWith(MANIFEST_SUFFIX));
  const manifests: Manifest[] = [];
  for (const name of names) {
    const manifest = await readManifest(place, name.slice(0, -MANIFEST_SUFFIX.length)).catch(() => null);
    if (manifest !== null) manifests.push(manifest);
  }
  return manifests.toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
}

/** @throws BackupError `unknown` or `damaged` */
export async function readManifest(place: BackupPlace, name: string): Promise<Manifest> {
  if (!/^[\w.-]+$/.test(name)) throw new BackupError('unknown', 'unknown', { name, place: place.shown });
  let text: string;
  try {
    text = await place.readText(`${name}${MANIFEST_SUFFIX}`);
  } catch (error) {
    throw new BackupError('unknown', 'unknown', { name, place: place.shown }, { cause: error });
  }
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new BackupError('damaged', 'manifestUnreadable', { name }, { cause: error });
  }
}
