import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Readable } from 'node:stream';
import express from 'express';
import { endIdleConnections } from '../../../api/middleware/idle-connections.ts';
import { createStreamSender } from '../../../api/send-stream.ts';
import { createSilentLogger } from '../../../shared/logger.ts';

describe('a streamed answer', () => {
  let server: Server;
  let ended: Promise<'closed'>;
  let source: Readable;

  async function serve(body: () => Readable, stillMs: number): Promise<number> {
    const sender = createStreamSender({ logger: createSilentLogger(), auth: { endedAmong: async () => new Set() } });
    let tell: (value: 'closed') => void;
    ended = new Promise((resolve) => (tell = resolve));
    const app = express();
    app.get('/', endIdleConnections(stillMs), (_request, response) => {
      source = body();
      source.once('close', () => tell('closed'));
      sender.send(source, response);
    });
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  afterEach(() => server.close());

  function* endless(): Generator<Buffer> {
    for (;;) yield Buffer.alloc(64 * 1024);
  }

  it('is cut off when its reader takes nothing, and lets go of what it was made of', async () => {
    const port = await serve(() => Readable.from(endless()), 300);
    const reader = connect(port, '127.0.0.1');
    reader.on('error', () => undefined);
    reader.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    reader.pause();
    assert.equal(await ended, 'closed');
    assert.equal(source.destroyed, true);
    reader.destroy();
  });

  it('goes on for a reader that is slow but reads, and for a source that takes its time', async () => {
    async function* slow(): AsyncGenerator<Buffer> {
      for (let n = 0; n < 4; n++) {
        await new Promise((resolve) => setTimeout(resolve, 250));
        yield Buffer.from('x');
      }
    }
    const port = await serve(() => Readable.from(slow()), 200);
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    assert.equal(await answer.text(), 'xxxx');
  });
});
