import assert from 'node:assert/strict';
import { mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { AwayError } from '../../../client/away-error.ts';
import { FileReadError, sendFiles, type Sending } from '../../../cli/send-files.ts';
import { csvText } from '../../../cli/output.ts';
import { shown } from '../../../shared/texts/shown.ts';
import { langOf } from '../../../shared/texts/lang-of.ts';
import { runVhm24r } from '../../support/run-cli.ts';

describe('sending files from the disk', () => {
  let folder: string;
  let server: Server;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-send-'));
    server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  });
  after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });

  const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const send = (paths: readonly string[], more: Partial<Sending> = {}) =>
    sendFiles({
      url: url(),
      headers: {},
      fields: {},
      files: paths.map((path) => ({ path })),
      onBytes: () => undefined,
      signal: AbortSignal.timeout(60_000),
      ...more,
    });
  async function sparse(name: string, sizeBytes: number): Promise<string> {
    const path = join(folder, name);
    await (await open(path, 'w')).close();
    await truncate(path, sizeBytes);
    return path;
  }
  const ok = (response: ServerResponse, body: unknown = {}): void => void response.end(JSON.stringify(body));

  it('needs no more memory for 400 MB than for none', async function () {
    this.timeout(60_000);
    let received = 0;
    let announced = 0;
    answer = (request, response) => {
      announced = Number(request.headers['content-length']);
      request.on('data', (chunk: Buffer) => (received += chunk.length)).on('end', () => ok(response));
    };
    const path = await sparse('large.csv', 400_000_000);
    let most = 0;
    const before = process.memoryUsage();
    const used = () => process.memoryUsage().arrayBuffers - before.arrayBuffers;
    const sent = await send([path], { onBytes: () => (most = Math.max(most, used())) });
    assert.equal(sent.status, 200);
    assert.ok(received > 400_000_000 && received === announced, `${received} of ${announced}`);
    assert.ok(most < 100_000_000, `${most} bytes at once`);
  });

  it('sends names, fields and bytes as they are', async () => {
    let body = '';
    answer = (request, response) => void text(request).then((got) => ((body = got), ok(response)));
    const path = join(folder, 'отчёт "июнь".csv');
    await writeFile(path, 'a;b\n1;2\n');
    const empty = await sparse('empty.csv', 0);
    assert.equal((await send([path, empty], { fields: { source: 'click' } })).status, 200);
    assert.match(body, /name="source"\r\n\r\nclick\r\n/);
    assert.match(body, /name="files"; filename="отчёт %22июнь%22\.csv"\r\nContent-Type: .*\r\n\r\na;b\n1;2\n\r\n--/);
    assert.match(body, /filename="empty\.csv"\r\n.*\r\n\r\n\r\n--/);
  });

  it('takes an answer that comes before the last byte', async () => {
    // as the api does: it answers at once, and lets go by what still comes
    answer = (request, response) => {
      response.writeHead(413).end('{"error":{"code":"file_too_large"}}');
      request.resume().on('error', () => undefined);
    };
    const sent = await send([await sparse('early.csv', 50_000_000)]);
    assert.deepEqual(sent, { status: 413, retryAfter: null, body: { error: { code: 'file_too_large' } } });
  });

  it('tells a file that shrinks while it is read from a server that is away', async () => {
    const path = await sparse('shrinks.csv', 80_000_000);
    answer = (request, response) => {
      request.once('data', () => void truncate(path, 10).then(() => request.resume()));
      request.on('end', () => ok(response)).on('error', () => undefined);
    };
    await assert.rejects(send([path]), (error) => error instanceof FileReadError && error.reason === 'changed');
    answer = (request) => void request.socket.destroy();
    await assert.rejects(send([await sparse('cut.csv', 1_000)]), AwayError);
    await assert.rejects(send([join(folder, 'none.csv')]), FileReadError);
    await assert.rejects(send([folder]), FileReadError);
  });

  it('comes again when the server asks for it, with the whole body, as long after as it says', async function () {
    this.timeout(60_000);
    const lengths: number[] = [];
    const at: number[] = [];
    const session = { id: 's', status: 'completed', files: [] };
    answer = (request, response) => {
      void text(request).then((body) => {
        lengths.push(body.length);
        at.push(performance.now());
        if (lengths.length === 1) response.writeHead(503, { 'retry-after': '1' }).end('{}');
        else if (lengths.length === 2) response.writeHead(429, { 'retry-after': '1' }).end('{}');
        else response.writeHead(202).end(JSON.stringify({ session }));
      });
    };
    const path = join(folder, 'again.csv');
    await writeFile(path, 'x'.repeat(10_000));
    const env = { LANG: 'C', VHM24R_URL: url(), VHM24R_TOKEN: 't' };
    const sent = await runVhm24r(['upload', path], { env });
    assert.equal(sent.code, 0, sent.both);
    assert.equal(sent.stderr.match(/asks to wait 1 s/g)?.length, 2);
    assert.equal(lengths.length, 3);
    assert.ok(lengths.every((length) => length > 10_000));
    assert.ok((at[1] ?? 0) - (at[0] ?? 0) > 900 && (at[2] ?? 0) - (at[1] ?? 0) > 900, 'waits are kept');
  });
});

describe('what the command line writes', () => {
  it('is in the language of the locale', () => {
    const langs = [
      { LANG: 'ru_RU.UTF-8' },
      { LANG: 'en_US.UTF-8' },
      { LANG: 'C' },
      {},
      { LANG: 'uz_UZ.UTF-8' },
      { LC_ALL: 'ru_RU', LANG: 'en_US' },
    ];
    assert.deepEqual(langs.map(langOf), ['ru', 'en', 'en', 'en', 'uz', 'ru']);
  });

  it('moves no cursor and turns no text around', () => {
    assert.equal(shown('a\u001b[2Jb\rc\u202ed'), 'a [2Jb c d');
  });

  it('is csv that no spreadsheet calculates, and numbers stay numbers', () => {
    assert.equal(
      csvText(
        ['a', 'b', 'c'],
        [
          ['=1+1', '-16000', 'x "y", z'],
          [null, 5, '-1+1'],
        ],
      ),
      `a,b,c\r\n'=1+1,-16000,"x ""y"", z"\r\n,5,'-1+1\r\n`,
    );
  });
});
