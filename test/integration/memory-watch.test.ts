import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { detectIsolation } from '../../shared/ingest/child/detect-isolation.ts';
import { watchMemory } from '../../shared/ingest/child/memory-watch.ts';

const FILLS = `const held = Buffer.alloc(64 << 20, 1);
const kb = /VmData:\\s+(\\d+)/.exec(require('node:fs').readFileSync('/proc/self/status', 'latin1'))[1];
setTimeout(() => { process.stdout.write(kb); held.fill(2); process.exit(1); }, 500);`;

/** A process that holds 64 MB under this cap: its data in bytes, and whether it was seen near the cap. */
async function holdUnder(prlimit: string, capBytes: number | 'unlimited'): Promise<{ bytes: number; near: boolean }> {
  const child = spawn(prlimit, [`--data=${capBytes}`, process.execPath, '-e', FILLS]);
  const watch = watchMemory(child);
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  await once(child, 'close');
  return { bytes: Number(said) * 1024, near: watch.wasNearLimit() };
}

describe('the watch over a reader child’s memory', function () {
  this.timeout(60_000);

  it('says whether the process that died had come near its cap', async () => {
    const { prlimit } = await detectIsolation();
    if (prlimit === null) return;
    const free = await holdUnder(prlimit, 'unlimited');
    assert.ok(free.bytes > 64 << 20);
    assert.equal(free.near, false);
    assert.equal((await holdUnder(prlimit, free.bytes * 3)).near, false);
    assert.equal((await holdUnder(prlimit, Math.round(free.bytes * 1.2))).near, true);
  });
});
