/**
 * The files that anybody may fetch, without a sign-in and as often as he likes, compressed once and not for each who
 * asks: a file of a megabyte costs a hundred times as much to compress as to send, and a dozen askers a second were
 * enough to have everybody else wait.
 */
import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { RequestHandler } from 'express';
import { FROM_BYTES } from './middleware/compress.ts';

const ENCODINGS = ['br', 'gzip'] as const;
type Encoding = (typeof ENCODINGS)[number];

const PACK: Readonly<Record<Encoding, (bytes: Buffer) => Promise<Buffer>>> = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  gzip: promisify(gzip),
};
/** A file of a folder itself, whose text is worth it; what begins with a dot is nobody's. */
const NAME = /^\/([\w-][\w.-]*\.(?:js|css|svg))$/;

interface Packed {
  changedMs: number;
  bytes: Promise<Buffer>;
}

/**
 * Answers with what is compressed of this folder; everything else goes on to whoever serves the files themselves.
 * @param cacheControl as those have it
 */
export function packedFiles(folder: string, cacheControl: string): RequestHandler {
  // only of files that are there, so that there are no more of them than files
  const kept = new Map<string, Packed>();

  async function packed(path: string, encoding: Encoding, changedMs: number): Promise<Buffer> {
    const key = `${encoding} ${path}`;
    const known = kept.get(key);
    if (known?.changedMs === changedMs) return known.bytes;
    const bytes = readFile(path).then(PACK[encoding]);
    kept.set(key, { changedMs, bytes });
    bytes.catch(() => kept.delete(key));
    return bytes;
  }

  return async (request, response, next) => {
    const name = NAME.exec(request.path)?.[1];
    const encoding = ENCODINGS.find((one) => request.acceptsEncodings(one) === one);
    const isAsked = request.method === 'GET' || request.method === 'HEAD';
    if (!isAsked || name === undefined || encoding === undefined || request.get('range') !== undefined) return next();
    const path = join(folder, name);
    const there = await stat(path).catch(() => null);
    if (there?.isFile() !== true || there.size < FROM_BYTES) return next();
    const bytes = await packed(path, encoding, there.mtimeMs);
    response.vary('Accept-Encoding');
    response.setHeader('Content-Encoding', encoding);
    response.setHeader('Cache-Control', cacheControl);
    response.setHeader('Last-Modified', there.mtime.toUTCString());
    response.type(extname(name)).send(bytes);
  };
}
