import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As much of S3 as the product uses, in memory; it checks the signature by its own reckoning. */
export interface S3StandIn {
  url: string;
  env: { AWS_ACCESS_KEY_ID: string; AWS_SECRET_ACCESS_KEY: string };
  objects: Map<string, Buffer>;
  /** uploads in parts that were begun and not ended */
  unfinishedCount(): number;
  /** Answers so instead, to every request or to those of these methods; null: as it should. */
  failWith(fault: S3Fault | null): void;
  /** How many bytes more it takes before it says that it is full; null: no limit. */
  leaveRoom(bytes: number | null): void;
  close(): Promise<void>;
}

export interface S3Fault {
  status: number;
  code: string;
  methods?: readonly string[];
}

const ACCESS_KEY = 'TESTACCESSKEY';
const SECRET_KEY = 'test-secret-access-key';
const LIST_COUNT = 2;

export async function openS3StandIn(bucket: string): Promise<S3StandIn> {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, { key: string; parts: Buffer[] }>();
  let begunCount = 0;
  let fault: S3Fault | null = null;
  let room: number | null = null;
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => fail(response, 500, String(error)));
  });

  // as a real one may be set: who waits for its word to go on waits in vain
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    void answer(request, response).catch((error: unknown) => fail(response, 500, String(error)));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (fault !== null && (fault.methods ?? [request.method]).includes(request.method ?? ''))
      return fail(response, fault.status, fault.code);
    if (!isSigned(request, body)) return fail(response, 403, 'SignatureDoesNotMatch');
    if (room !== null && request.method === 'PUT') {
      room -= body.length;
      if (room < 0) return fail(response, 507, 'InsufficientStorage');
    }
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const [, first = '', ...rest] = url.pathname.split('/');
    if (first !== bucket) return fail(response, 404, 'NoSuchBucket');
    const key = decodeURIComponent(rest.join('/'));
    const upload = url.searchParams.get('uploadId');
    if (request.method === 'POST' && url.searchParams.has('uploads')) {
      const id = `upload-${begunCount++}`;
      uploads.set(id, { key, parts: [] });
      response.end(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
    } else if (request.method === 'PUT' && upload !== null) {
      const begun = uploads.get(upload);
      if (begun === undefined) return fail(response, 404, 'NoSuchUpload');
      begun.parts[Number(url.searchParams.get('partNumber')) - 1] = body;
      response.setHeader('etag', `"${createHash('md5').update(body).digest('hex')}"`).end();
    } else if (request.method === 'POST' && upload !== null) {
      const begun = uploads.get(upload);
      if (begun === undefined) return fail(response, 404, 'NoSuchUpload');
      objects.set(key, Buffer.concat(begun.parts));
      uploads.delete(upload);
      response.end('<CompleteMultipartUploadResult/>');
    } else if (request.method === 'PUT') {
      objects.set(key, body);
      response.end();
    } else if (request.method === 'DELETE') {
      if (upload === null) objects.delete(key);
      else if (!uploads.delete(upload)) return fail(response, 404, 'NoSuchUpload');
      response.writeHead(204).end();
    } else if (request.method === 'HEAD' && key === '') response.end();
    else if (request.method === 'GET' && key === '' && url.searchParams.has('uploads')) listUploads(url, response);
    else if (request.method === 'GET' && key === '') list(url, response);
    else give(request, response, objects.get(key));
  }

  function list(url: URL, response: ServerResponse): void {
    const prefix = url.searchParams.get('prefix') ?? '';
    const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).toSorted();
    const from = Number(url.searchParams.get('continuation-token') ?? 0);
    const page = keys.slice(from, from + LIST_COUNT);
    const next =
      from + LIST_COUNT < keys.length ? `<NextContinuationToken>${from + LIST_COUNT}</NextContinuationToken>` : '';
    response.end(`<ListBucketResult>${page.map(contentsOf).join('')}${next}</ListBucketResult>`);
  }

  const contentsOf = (key: string): string =>
    `<Contents><Key>${key}</Key><Size>${objects.get(key)?.length ?? 0}</Size></Contents>`;

  function listUploads(url: URL, response: ServerResponse): void {
    const prefix = url.searchParams.get('prefix') ?? '';
    const after = `${url.searchParams.get('key-marker') ?? ''}\n${url.searchParams.get('upload-id-marker') ?? ''}`;
    const begun = [...uploads].map(([id, { key }]) => ({ id, key })).filter(({ key }) => key.startsWith(prefix));
    const left = begun
      .filter(({ id, key }) => `${key}\n${id}` > after)
      .toSorted((a, b) => (`${a.key}\n${a.id}` < `${b.key}\n${b.id}` ? -1 : 1));
    const page = left.slice(0, LIST_COUNT);
    const last = page.at(-1);
    const next =
      left.length > LIST_COUNT && last !== undefined
        ? `<IsTruncated>true</IsTruncated><NextKeyMarker>${last.key}</NextKeyMarker><NextUploadIdMarker>${last.id}` +
          '</NextUploadIdMarker>'
        : '<IsTruncated>false</IsTruncated>';
    const entries = page.map(({ id, key }) => `<Upload><Key>${key}</Key><UploadId>${id}</UploadId></Upload>`).join('');
    response.end(`<ListMultipartUploadsResult>${entries}${next}</ListMultipartUploadsResult>`);
  }

  function give(request: IncomingMessage, response: ServerResponse, bytes: Buffer | undefined): void {
    if (bytes === undefined) return fail(response, 404, 'NoSuchKey');
    if (request.method === 'HEAD') return void response.end();
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    if (range === null) return void response.end(bytes);
    if (Number(range[1]) >= bytes.length) return fail(response, 416, 'InvalidRange');
    response.writeHead(206).end(bytes.subarray(Number(range[1]), Number(range[2]) + 1));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    env: { AWS_ACCESS_KEY_ID: ACCESS_KEY, AWS_SECRET_ACCESS_KEY: SECRET_KEY },
    objects,
    unfinishedCount: () => uploads.size,
    failWith(next) {
      fault = next;
    },
    leaveRoom(bytes) {
      room = bytes;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function fail(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
}

function isSigned(request: IncomingMessage, body: Buffer): boolean {
  const { headers } = request;
  const said =
    /Credential=([^/]+)\/(\d+)\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]+)/.exec(
      headers.authorization ?? '',
    );
  if (said === null || said[1] !== ACCESS_KEY) return false;
  const [, , day = '', region = '', names = '', signature = ''] = said;
  const hash = createHash('sha256').update(body).digest('hex');
  if (headers['x-amz-content-sha256'] !== hash) return false;
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const canonical = [
    request.method,
    path,
    query,
    ...names.split(';').map((name) => `${name}:${String(headers[name])}`),
    '',
    names,
    hash,
  ].join('\n');
  const at = String(headers['x-amz-date']);
  const toSign = [
    'AWS4-HMAC-SHA256',
    at,
    `${day}/${region}/s3/aws4_request`,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  const step = (key: Buffer | string, data: string) => createHmac('sha256', key).update(data).digest();
  const key = step(step(step(step(`AWS4${SECRET_KEY}`, day), region), 's3'), 'aws4_request');
  return createHmac('sha256', key).update(toSign).digest('hex') === signature;
}
