/**
 * The few calls of S3 that are needed here, signed with AWS signature version 4: put (one part, or a multipart upload for streams of unknown
 * length), get, head, list, delete. Works with Railway buckets, R2 and MinIO alike; every request has a deadline.
 */
import { createHash, createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';

export interface S3Options {
  bucket: string;
  prefix: string;
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string | null;
}

export interface S3Object {
  key: string;
  sizeBytes: number;
}

export interface S3Client {
  put(key: string, stream: Readable, signal?: AbortSignal): Promise<number>;
  putBytes(key: string, bytes: Buffer): Promise<void>;
  /** Rejects with S3Error, status 404, when the key is unknown. */
  read(key: string, range?: { start: number; end: number }): Promise<Readable>;
  exists(key: string): Promise<boolean>;
  list(prefix: string): Promise<S3Object[]>;
  remove(key: string): Promise<void>;
}

/** What the server refused, with its own code (NoSuchBucket, AccessDenied, SignatureDoesNotMatch …). */
export class S3Error extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(`S3 answered ${status} ${code}`);
    this.name = 'S3Error';
    this.status = status;
    this.code = code;
  }
}

/** Amazon wants parts of 5 MiB at least; twice that is held in memory. */
const PART_BYTES = 8 * 1024 * 1024;
const REQUEST_LIMIT_MS = 60_000;

/**
 * `s3://bucket/prefix?endpoint=https://…&region=…`; credentials from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
 * @throws TypeError saying what is missing, without any value
 */
export function readS3Url(text: string, env: Readonly<Record<string, string | undefined>>): S3Options {
  const url = new URL(text);
  const accessKeyId = env['AWS_ACCESS_KEY_ID'] ?? '';
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'] ?? '';
  if (accessKeyId === '' || secretAccessKey === '') throw new TypeError('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are needed for s3://');
  const region = url.searchParams.get('region') ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? 'auto';
  const endpoint =
    url.searchParams.get('endpoint') ?? env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL'] ?? `https://s3.${region}.amazonaws.com`;
  return {
    bucket: url.hostname,
    prefix: decodeURIComponent(url.pathname.replace(/^\//, '')),
    endpoint: endpoint.replace(/\/$/, ''),
    region,
    accessKeyId,
    secretAccessKey,
    sessionToken: env['AWS_SESSION_TOKEN'] ?? null,
  };
}

export function createS3Client(options: S3Options): S3Client {
  const base = `${options.endpoint}/${options.bucket}`;

  async function send(
    method: string,
    key: string,
    more: { query?: Record<string, string>; body?: Buffer; headers?: Record<string, string>; signal?: AbortSignal } = {},
  ): Promise<Response> {
    const path = key === '' ? '' : `/${key.split('/').map(encode).join('/')}`;
    const query = Object.entries(more.query ?? {})
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .join('&');
    const url = new URL(`${base}${path}${query === '' ? '' : `?${query}`}`);
    const headers = sign(options, method, url, query, more.body ?? Buffer.alloc(0), more.headers ?? {});
    const limit = AbortSignal.timeout(REQUEST_LIMIT_MS);
    const response = await fetch(url, {
      method,
      headers,
      signal: more.signal === undefined ? limit : AbortSignal.any([limit, more.signal]),
      ...(more.body === undefined ? {} : { body: new Uint8Array(more.body) }),
    });
    if (response.ok) return response;
    const text = await response.text().catch(() => '');
    throw new S3Error(response.status, /<Code>([^<]+)<\/Code>/.exec(text)?.[1] ?? response.statusText);
  }

  const putBytes = async (key: string, bytes: Buffer, signal?: AbortSignal): Promise<void> => {
    await discard(await send('PUT', key, { body: bytes, ...(signal === undefined ? {} : { signal }) }));
  };

  async function putParts(key: string, parts: AsyncIterator<Buffer>, first: Buffer, second: Buffer, signal?: AbortSignal): Promise<number> {
    const started = await (await send('POST', key, { query: { uploads: '' } })).text();
    const uploadId = unescapeXml(/<UploadId>([^<]+)<\/UploadId>/.exec(started)?.[1] ?? '');
    try {
      const etags: string[] = [];
      let sizeBytes = 0;
      const sendPart = async (body: Buffer) => {
        signal?.throwIfAborted();
        const query = { partNumber: String(etags.length + 1), uploadId };
        const response = await send('PUT', key, { query, body, ...(signal === undefined ? {} : { signal }) });
        await discard(response);
        etags.push(response.headers.get('etag') ?? '');
        sizeBytes += body.length;
      };
      await sendPart(first);
      await sendPart(second);
      for (let next = await parts.next(); !next.done; next = await parts.next()) await sendPart(next.value);
      const list = etags.map((etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag}</ETag></Part>`).join('');
      const body = Buffer.from(`<CompleteMultipartUpload>${list}</CompleteMultipartUpload>`);
      const answer = await (await send('POST', key, { query: { uploadId }, body })).text();
      // a failure after the first byte of the answer comes with status 200
      const code = /<Error>[\s\S]*<Code>([^<]+)/.exec(answer)?.[1];
      if (code !== undefined) throw new S3Error(500, code);
      return sizeBytes;
    } catch (error) {
      await send('DELETE', key, { query: { uploadId } }).then(discard, () => undefined);
      throw error;
    }
  }

  return {
    async put(key, stream, signal) {
      const parts = partsOf(stream, signal)[Symbol.asyncIterator]();
      const first = await parts.next();
      const firstBytes: Buffer = first.done ? Buffer.alloc(0) : first.value;
      const second = first.done ? first : await parts.next();
      signal?.throwIfAborted();
      if (!second.done) return putParts(key, parts, firstBytes, second.value, signal);
      await putBytes(key, firstBytes, signal);
      return firstBytes.length;
    },
    putBytes,
    async read(key, range) {
      let response: Response;
      try {
        response = await send('GET', key, range === undefined ? {} : { headers: { range: `bytes=${range.start}-${range.end}` } });
      } catch (error) {
        // a range behind the end is no bytes
        if (error instanceof S3Error && error.status === 416) return Readable.from([]);
        throw error;
      }
      return response.body === null ? Readable.from([]) : Readable.fromWeb(response.body as unknown as WebStream);
    },
    async exists(key) {
      try {
        await discard(await send('HEAD', key));
        return true;
      } catch (error) {
        if (error instanceof S3Error && error.status === 404) return false;
        throw error;
      }
    },
    async list(prefix) {
      const found: S3Object[] = [];
      for (let token: string | null = null; ;) {
        const query: Record<string, string> = { 'list-type': '2', prefix, ...(token === null ? {} : { 'continuation-token': token }) };
        const text = await (await send('GET', '', { query })).text();
        for (const [, inner] of text.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)) {
          const key = unescapeXml(/<Key>([^<]*)<\/Key>/.exec(inner ?? '')?.[1] ?? '');
          found.push({ key, sizeBytes: Number(/<Size>(\d+)<\/Size>/.exec(inner ?? '')?.[1] ?? 0) });
        }
        const next = /<NextContinuationToken>([^<]+)</.exec(text)?.[1];
        if (next === undefined) return found;
        token = unescapeXml(next);
      }
    },
    async remove(key) {
      try {
        await discard(await send('DELETE', key));
      } catch (error) {
        if (!(error instanceof S3Error && error.status === 404)) throw error;
      }
    },
  };
}

async function discard(response: Response): Promise<void> {
  await response.body?.cancel();
}

async function* partsOf(stream: Readable, signal?: AbortSignal): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stream.iterator({ destroyOnReturn: true })) {
    signal?.throwIfAborted();
    const bytes = Buffer.from(piece as Buffer);
    pieces.push(bytes);
    size += bytes.length;
    if (size < PART_BYTES) continue;
    yield Buffer.concat(pieces);
    pieces = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(pieces);
}

/** RFC 3986, as the signature wants it. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function unescapeXml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&#34;', '"')
    .replaceAll('&amp;', '&');
}

const sha256 = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer | string, data: string): Buffer => createHmac('sha256', key).update(data).digest();

function sign(
  options: S3Options,
  method: string,
  url: URL,
  query: string,
  body: Buffer,
  more: Record<string, string>,
): Record<string, string> {
  const at = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const day = at.slice(0, 8);
  const bodyHash = sha256(body);
  const headers: Record<string, string> = {
    ...more,
    host: url.host,
    'x-amz-content-sha256': bodyHash,
    'x-amz-date': at,
    ...(options.sessionToken === null ? {} : { 'x-amz-security-token': options.sessionToken }),
  };
  const names = Object.keys(headers).toSorted();
  const signedHeaders = names.join(';');
  const canonical = [
    method,
    url.pathname,
    query,
    ...names.map((name) => `${name}:${headers[name]?.trim()}`),
    '',
    signedHeaders,
    bodyHash,
  ].join('\n');
  const scope = `${day}/${options.region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n');
  const key = hmac(hmac(hmac(hmac(`AWS4${options.secretAccessKey}`, day), options.region), 's3'), 'aws4_request');
  const signature = createHmac('sha256', key).update(toSign).digest('hex');
  const { host: _host, ...sent } = headers;
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${options.accessKeyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
  };
}
