/**
 * Heads of the audit chain kept outside the database (AUDIT_ANCHOR), so that its owner cannot take the chain back to an
 * earlier state unseen. The log always tells heads, too; an anchor is what the sealer itself reads when it starts.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { createS3Client, type S3Client } from '../storage/s3-client.ts';
import { readS3Url } from '../storage/s3-url.ts';
import { type Head, headText, readHead } from './chain.ts';

/** A head and the key it was made with: heads of another key prove nothing to this one. */
export interface AnchoredHead {
  head: Head;
  keyId: string;
}

export interface AuditAnchor {
  /** for people, without secrets */
  readonly name: string;
  /** All heads. Empty when nothing was anchored yet; rejects when the place cannot be read. */
  read(): Promise<AnchoredHead[]>;
  /** The one furthest on that was made with this key; null where there is none. */
  last(keyId: string): Promise<Head | null>;
  /** Resolves when the head is durable. */
  append(head: AnchoredHead): Promise<void>;
}

const lineSchema = z.object({ head: z.string(), keyId: z.string() });

/**
 * Opens the place that AUDIT_ANCHOR names. `file:PATH` is a file of one JSON line a head, only ever added to;
 * `s3://bucket/prefix` takes an object a head.
 * @param env for the credentials of a bucket
 * @throws TypeError saying what is missing
 */
export function createAuditAnchor(url: string, env: Readonly<Record<string, string | undefined>>): AuditAnchor {
  if (!url.startsWith('s3://')) return createFileAnchor(resolve(url.replace(/^file:(\/\/(?=\/))?/, '')));
  const options = readS3Url(url, env);
  const folder = options.prefix === '' || options.prefix.endsWith('/') ? options.prefix : `${options.prefix}/`;
  return createBucketAnchor(createS3Client(options), folder, `s3://${options.bucket}/${folder}`);
}

/** Some hundred heads; one is told a minute. */
const TAIL_BYTES = 64 * 1024;

function createFileAnchor(path: string): AuditAnchor {
  async function read(bytes = Infinity): Promise<AnchoredHead[]> {
    let file: FileHandle;
    try {
      file = await open(path, 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
    try {
      const { size } = await file.stat();
      const start = Math.max(0, size - bytes);
      const chunks = await file.createReadStream({ start, encoding: 'utf8', autoClose: false }).toArray();
      // what is cut off in front is no line
      return chunks.join('').split('\n').flatMap(parseLine);
    } finally {
      await file.close();
    }
  }
  const latest = (heads: readonly AnchoredHead[], wanted: string): Head | null =>
    // two apis may tell theirs in another order than they sealed
    heads.reduce<Head | null>(
      (found, { head, keyId }) => (keyId === wanted && (found === null || head.seq >= found.seq) ? head : found),
      null,
    );
  return {
    name: `file:${path}`,
    read: () => read(),
    last: async (wanted) => latest(await read(TAIL_BYTES), wanted) ?? latest(await read(), wanted),
    async append({ head, keyId }) {
      const file = await open(path, 'a+', 0o600);
      try {
        const { size } = await file.stat();
        const isCut = size > 0 && (await file.read({ position: size - 1, length: 1 })).buffer[0] !== NEWLINE;
        const line = JSON.stringify({ at: new Date().toISOString(), head: headText(head), keyId });
        // a line that a crash cut short must not swallow this one
        await file.appendFile(`${isCut ? '\n' : ''}${line}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
}

const NEWLINE = 0x0a;
/** Above any place of a chain, with as many digits. */
const LAST_PLACE = 999_999_999_999_999_999n;
const OBJECT_NAME = /^([^/]+)\/\d{18}-(\d+)-([0-9a-f]{64})$/;

/**
 * The name of an object is the head; those of a key are listed from the last one back, so that a start reads one page.
 */
function createBucketAnchor(client: S3Client, folder: string, name: string): AuditAnchor {
  const nameOf = ({ head, keyId }: AnchoredHead): string =>
    `${folder}${keyId}/${String(LAST_PLACE - head.seq).padStart(18, '0')}-${headText(head).replace(':', '-')}`;
  const parseName = (key: string): AnchoredHead[] => {
    const [, keyId = '', seq = '', seal = ''] = OBJECT_NAME.exec(key.slice(folder.length)) ?? [];
    const head = readHead(`${seq}:${seal}`);
    return head === null ? [] : [{ head, keyId }];
  };
  return {
    name,
    read: async () => (await client.list(folder)).flatMap(({ key }) => parseName(key)),
    last: async (keyId) =>
      (await client.list(`${folder}${keyId}/`, 1)).flatMap(({ key }) => parseName(key))[0]?.head ?? null,
    append: (anchored) =>
      client.putBytes(nameOf(anchored), Buffer.from(JSON.stringify({ at: new Date().toISOString() }))),
  };
}

/** A line cut short by a crash says nothing; whoever shortens the file instead still faces the log's heads. */
function parseLine(line: string): AnchoredHead[] {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return [];
  }
  const parsed = lineSchema.safeParse(value);
  const head = parsed.success ? readHead(parsed.data.head) : null;
  return head === null || !parsed.success ? [] : [{ head, keyId: parsed.data.keyId }];
}
