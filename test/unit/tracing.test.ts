import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { openTracing } from '../../shared/tracing/open-tracing.ts';
import { contextOf, inSpan, noteRoot } from '../../shared/tracing/spans.ts';

const ID = '7f0d6f4e-3f0a-4c56-9a55-0f3c9f6a2b11';

describe('traces', function () {
  this.timeout(60_000);

  it('whose collector takes connections and says nothing keep no work waiting, and no service from ending', async () => {
    const sockets = new Set<{ destroy(): void }>();
    const silent = createServer((socket) => void sockets.add(socket.on('error', () => undefined)));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const tracesUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const end = await openTracing({ tracesUrl }, { service: 'api', version: 'test' });
    assert.ok(end !== null);
    try {
      noteRoot('file accepted', ID, { startTime: Date.now(), endTime: Date.now() });
      assert.equal(await inSpan('file work', {}, async () => 'done', contextOf(ID)), 'done');
      // whatever an error is, it is what comes out
      await assert.rejects(
        inSpan('file work', {}, () => Promise.reject(undefined as unknown as Error), contextOf(ID)),
        (error) => error === undefined,
      );
      await Promise.allSettled([end()]);
      assert.ok(sockets.size > 0, 'it was tried');
    } finally {
      for (const socket of sockets) socket.destroy();
      silent.close();
    }
  });
});
