/**
 * Heads of the audit chain kept outside the database (AUDIT_ANCHOR), so that its owner cannot take the chain back to an earlier state unseen.
 * The log always tells heads, too; an anchor is what the sealer itself reads when it starts.
 */
import { open, readFile } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { type Head, headText, readHead } from './chain.ts';

/** A head and the key it was made with: heads of another key prove nothing to this one. */
export interface AnchoredHead {
  head: Head;
  keyId: string;
}

export interface AuditAnchor {
  /** for people, without secrets */
  readonly name: string;
  /** All heads, oldest first. Empty when nothing was anchored yet; rejects when the place cannot be read. */
  read(): Promise<AnchoredHead[]>;
  /** Resolves when the head is durable. */
  append(head: AnchoredHead): Promise<void>;
}

const lineSchema = z.object({ head: z.string(), keyId: z.string() });

/** Opens the place that AUDIT_ANCHOR names. `file:PATH` is a file of one JSON line a head, only ever added to. */
export function createAuditAnchor(url: string): AuditAnchor {
  const path = url.replace(/^file:(\/\/(?=\/))?/, '');
  return createFileAnchor(isAbsolute(path) ? path : resolve(path));
}

function createFileAnchor(path: string): AuditAnchor {
  return {
    name: `file:${path}`,
    async read() {
      let text: string;
      try {
        text = await readFile(path, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
        throw error;
      }
      return text.split('\n').flatMap(parseLine);
    },
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
