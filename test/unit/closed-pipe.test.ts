import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('a command whose reader has seen enough', function () {
  this.timeout(180_000);

  it('ends without a word', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/doctor.ts', '--document'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = text(child.stderr);
    // as `head` does: it reads something and goes
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = (await once(child, 'exit')) as [number | null];
    assert.deepEqual([code, await said], [0, '']);
  });
});
