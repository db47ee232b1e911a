/** What is downloaded goes to a file whole or not at all, as it comes. */
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { AwayError } from '../client/away-error.ts';
import type { Io } from './command.ts';
import { UsageError } from './usage-error.ts';
import type { Lang } from '../shared/texts/languages.ts';
import { worded } from './texts.ts';

/** @throws UsageError where a file is there already */
export function assertFree(path: string, force: boolean, lang: Lang): void {
  if (path !== '-' && !force && existsSync(path)) throw new UsageError(worded('fileExists', lang, { path }));
}

/** `-` is stdout. @throws AwayError when the connection is lost on the way */
export async function saveStream(body: unknown, path: string, io: Io): Promise<void> {
  const source = Readable.fromWeb(body as ReadableStream).on('error', () => undefined);
  try {
    if (path === '-') {
      for await (const chunk of source) io.stdout.write(chunk as Uint8Array);
      return;
    }
    const draft = `${path}.${process.pid}.part`;
    try {
      await pipeline(source, createWriteStream(draft, { flags: 'wx' }), { signal: io.signal });
      await rename(draft, path);
    } finally {
      await rm(draft, { force: true });
    }
  } catch (error) {
    io.signal.throwIfAborted();
    const { code } = error as NodeJS.ErrnoException;
    if (code !== undefined && /^E[A-Z]+$/.test(code) && code !== 'ECONNRESET') throw new UsageError(`${path}: ${code}`);
    throw new AwayError('the connection was lost', { cause: error });
  }
}
