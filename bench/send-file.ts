import { randomBytes } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { request } from 'node:http';
import { basename } from 'node:path';

/**
 * Sends a file as multipart, with as little work as the sender can have: it shares the machine with what is measured.
 * Used for the product and for what it is measured against.
 */
export interface SentFile<T> {
  status: number;
  body: T;
  /** From the first byte to the whole answer, ms. */
  ms: number;
}

const TIMEOUT_MS = 600_000;
const READ_BYTES = 1024 * 1024;

export function sendFile<T>(
  url: string,
  path: string,
  options: { token?: string | null; name?: string } = {},
): Promise<SentFile<T>> {
  const boundary = `bench-${randomBytes(12).toString('hex')}`;
  const name = options.name ?? basename(path);
  const head =
    `--${boundary}\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\ncontent-type: ` +
    'application/octet-stream\r\n\r\n';
  const foot = `\r\n--${boundary}--\r\n`;
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const sent = request(url, {
      method: 'POST',
      headers: {
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'content-length': Buffer.byteLength(head) + statSync(path).size + Buffer.byteLength(foot),
        ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
      },
      timeout: TIMEOUT_MS,
    });
    sent.once('error', reject);
    sent.once('timeout', () => sent.destroy(new Error(`no answer from ${url} within ${TIMEOUT_MS} ms`)));
    sent.once('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('error', reject);
      response.once('end', () => {
        const ms = performance.now() - startedAt;
        const text = Buffer.concat(parts).toString('utf8');
        try {
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as T, ms });
        } catch (cause) {
          reject(new Error(`${url} answered ${response.statusCode}: ${text.slice(0, 300)}`, { cause }));
        }
      });
    });
    sent.write(head);
    const bytes = createReadStream(path, { highWaterMark: READ_BYTES });
    bytes.once('error', (error) => sent.destroy(error));
    bytes.once('end', () => sent.end(foot));
    bytes.pipe(sent, { end: false });
  });
}
