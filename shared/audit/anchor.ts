/**
 * Heads of the audit chain kept outside the database (AUDIT_ANCHOR), so that its owner cannot take the chain back to an
 * earlier state unseen. The log always tells heads, too; an anchor is what the sealer itself reads when it starts.
 */
import { open, readFile } from 'node:fs/promises';
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
  /** The last one made with this key; null where there is none. */
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

function createFileAnchor(path: string): AuditAnchor {
  async function read(): Promise<AnchoredHead[]> {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
    return text.split('\n').flatMap(parseLine);
  }
  return {
    name: `file:${path}`,
    read,
    last: async (wanted) => (await read()).findLast(({ keyId }) => keyId === wanted)?.head ?? null,
    async append({ head, keyId }) {
      const file = await open(path, 'a', 0o600);
      try {
        await file.appendFile(`${JSON.stringify({ at: new Date().toISOString(), head: headText(head), keyId })}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
}

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
