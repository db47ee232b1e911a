/**
 * POST /files from the disk: the bodies go as they are read, whatever their size. By node:http and not by fetch, whose
 * reader of files may hang for ever when the answer comes before the last byte.
 */
import { randomUUID } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { Agent as HttpAgent, request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { AwayError } from '../client/away-error.ts';

export interface FileToSend {
  path: string;
  /** as the server is told; default: the end of the path */
  name?: string;
}

export interface Sending {
  url: string;
  headers: Readonly<Record<string, string>>;
  fields: Readonly<Record<string, string>>;
  files: readonly FileToSend[];
  /** how many of how many bytes have left */
  onBytes(sent: number, total: number): void;
  signal: AbortSignal;
}

export interface Sent {
  status: number;
  retryAfter: string | null;
  /** parsed where it is JSON, else null */
  body: unknown;
}

/** A file could not be read, or was another one at its end than at its beginning. */
export class FileReadError extends Error {
  readonly path: string;
  readonly reason: string;
  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(`${path}: ${reason}`, options);
    this.name = 'FileReadError';
    this.path = path;
    this.reason = reason;
  }
}

/** Nothing comes for so long: nobody is there. A server that processes what it gets answers within this too. */
const SILENCE_LIMIT_MS = 120_000;

interface Part {
  handle: FileHandle;
  path: string;
  sizeBytes: number;
  head: Buffer;
}

/** @throws FileReadError, AwayError; AbortError when the signal is */
export async function sendFiles(sending: Sending): Promise<Sent> {
  const boundary = `vhm24r-${randomUUID()}`;
  const parts: Part[] = [];
  try {
    for (const file of sending.files) parts.push(await openPart(file, boundary));
    return await exchange(sending, boundary, parts);
  } finally {
    for (const { handle } of parts) await handle.close();
  }
}

async function openPart({ path, name = basename(path) }: FileToSend, boundary: string): Promise<Part> {
  try {
    const handle = await open(path);
    const found = await handle.stat();
    if (!found.isFile()) {
      await handle.close();
      throw new FileReadError(path, 'EISDIR');
    }
    return {
      handle,
      path,
      sizeBytes: found.size,
      head: partHead(boundary, `name="files"; filename="${quoted(name)}"`),
    };
  } catch (error) {
    if (error instanceof FileReadError) throw error;
    throw new FileReadError(path, (error as NodeJS.ErrnoException).code ?? 'unreadable', { cause: error });
  }
}

/** As browsers write names of files and fields; a header holds no other control characters. */
const quoted = (name: string): string =>
  name
    .replaceAll('\n', '%0A')
    .replaceAll('\r', '%0D')
    .replaceAll('"', '%22')
    .replaceAll(/[\u0000-\u001f\u007f]/g, '_');

function partHead(boundary: string, disposition: string): Buffer {
  const type = disposition.includes('filename=') ? 'Content-Type: application/octet-stream\r\n' : '';
  return Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${type}\r\n`);
}

const LINE_END = Buffer.from('\r\n');

async function exchange(sending: Sending, boundary: string, parts: readonly Part[]): Promise<Sent> {
  const { url, headers, fields, signal, onBytes } = sending;
  const fieldBytes = Buffer.concat(
    Object.entries(fields).flatMap(([name, value]) => [
      partHead(boundary, `name="${quoted(name)}"`),
      Buffer.from(value),
      LINE_END,
    ]),
  );
  const tail = Buffer.from(`--${boundary}--\r\n`);
  const framing = parts.reduce((sum, { head }) => sum + head.length + LINE_END.length, fieldBytes.length + tail.length);
  const total = parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, framing);

  let isAnswered = false;
  async function* body(): AsyncGenerator<Buffer> {
    let sent = 0;
    const counted = (bytes: Buffer): Buffer => {
      sent += bytes.length;
      onBytes(sent, total);
      return bytes;
    };
    yield counted(fieldBytes);
    for (const part of parts) {
      yield counted(part.head);
      for await (const chunk of bytesOf(part)) {
        if (isAnswered) return;
        yield counted(chunk);
      }
      yield counted(LINE_END);
    }
    yield counted(tail);
  }

  const isSecure = new URL(url).protocol === 'https:';
  const request = isSecure ? requestHttps : requestHttp;
  // a server that is asked to close does so with its answer, and what is still sent then tears the answer away
  const agent = isSecure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const outgoing = request(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': total },
    agent,
    signal,
  });
  outgoing.setTimeout(SILENCE_LIMIT_MS, () => outgoing.destroy(new Error('silence')));
  let fault: unknown = null;
  const answered = answerTo(outgoing);
  const sendingBody = pipeline(Readable.from(body()), outgoing).catch((error: unknown) => (fault = error));
  try {
    const answer = await answered;
    isAnswered = true;
    return {
      status: answer.statusCode ?? 0,
      retryAfter: answer.headers['retry-after'] ?? null,
      body: parsed(await text(answer)),
    };
  } catch (error) {
    signal.throwIfAborted();
    await sendingBody;
    if (fault instanceof FileReadError) throw fault;
    throw new AwayError('the connection was lost', { cause: error });
  } finally {
    // an answer before the last byte: the rest need not go
    outgoing.destroy();
    agent.destroy();
    await sendingBody;
  }
}

/** Exactly as many bytes as were announced. */
async function* bytesOf({ handle, path, sizeBytes }: Part): AsyncGenerator<Buffer> {
  if (sizeBytes === 0) return;
  let left = sizeBytes;
  try {
    for await (const chunk of handle.createReadStream({ start: 0, end: sizeBytes - 1, autoClose: false })) {
      left -= (chunk as Buffer).length;
      yield chunk as Buffer;
    }
  } catch (error) {
    throw new FileReadError(path, (error as NodeJS.ErrnoException).code ?? 'unreadable', { cause: error });
  }
  if (left > 0) throw new FileReadError(path, 'changed');
}

function answerTo(outgoing: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.on('error', reject);
  });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
