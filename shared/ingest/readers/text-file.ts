/** A file that is text as a whole (json, xml, html), decoded in pieces. */
import { badFile } from './file-faults.ts';
import { readFileChunks, readFileHead } from './file-chunks.ts';
import { encodingByName, findByteOrderMark, guessUtf16, isUtf8Head } from './text-encoding.ts';

const HEAD_BYTES = 64 * 1024;

export interface TextSource {
  path: string;
  encoding: string;
  signal: AbortSignal;
  /** Bytes handed on so far. */
  onBytes(consumed: number): void;
}

/** Pieces of the text, without byte order mark and NULs. */
export async function* textOf({
  path,
  encoding,
  signal,
  onBytes,
}: TextSource): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(encoding);
  let consumed = 0;
  for await (const chunk of readFileChunks(path, signal)) {
    consumed += chunk.length;
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text.includes('\0') ? text.replaceAll('\0', '') : text;
    onBytes(consumed);
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

/**
 * Encoding of a text file: the operator's, the byte order mark, the pattern of utf-16, what the text itself declares,
 * utf-8 where it is that, else windows-1251, which Russian systems write.
 */
export async function encodingOfText(
  path: string,
  chosen: string | undefined,
  declared: RegExp | null,
): Promise<string> {
  if (chosen !== undefined) return encodingByName(chosen);
  const head = await readFileHead(path, HEAD_BYTES);
  const certain = findByteOrderMark(head)?.encoding ?? guessUtf16(head);
  if (certain !== null) return certain;
  const label = declared?.exec(head.toString('latin1', 0, 4096))?.[1];
  if (label !== undefined && !/^utf-?16/i.test(label)) {
    try {
      return new TextDecoder(label).encoding;
    } catch {
      throw badFile('unknown_encoding', { encoding: label.slice(0, 40) });
    }
  }
  return isUtf8Head(head) ? 'utf-8' : 'windows-1251';
}

/** `encoding="windows-1251"` of an XML declaration. */
export const XML_ENCODING = /^[^>]{0,100}encoding\s*=\s*["']([\w-]{1,30})["']/;
/** `<meta charset="windows-1251">` and its older form. */
export const HTML_ENCODING = /<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w-]{1,30})/i;
