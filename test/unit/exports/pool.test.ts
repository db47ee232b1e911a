import assert from 'node:assert/strict';
import type { JobName, JobTable } from '../../../shared/jobs.ts';
import { createSilentLogger } from '../../../shared/logger.ts';
import { createInProcessPool } from '../../../shared/queue/in-process-pool.ts';

describe('exports in process', () => {
  it('leave reports their room and have their own beside them, and none is lost by waiting', async () => {
    const begun: string[] = [];
    const ends = new Map<string, () => void>();
    const job = (table: string, concurrency: number | null, more: { apart?: boolean } = {}) => ({
      queue: table,
      table,
      concurrency,
      ...more,
      handle: (id: string) => {
        begun.push(id);
        return new Promise<'done'>((resolve) => ends.set(id, () => resolve('done')));
      },
    });
    const jobs: JobTable = {
      'process-file': job('uploaded_files', null),
      'reconcile-period': job('reconciliation_runs', 1),
      'write-export': job('exports', 2, { apart: true }),
      'undo-files': job('undos', 1),
      'preview-session': job('previews', 1),
    };
    const pool = createInProcessPool({ jobs, concurrency: 1, instanceId: 'test', logger: createSilentLogger() });
    const offer = (name: JobName, id: string) =>
      assert.equal(pool.offer({ name, id, fence: '0', requestId: null }), true);
    offer('write-export', 'large export');
    offer('process-file', 'report 1');
    offer('process-file', 'report 2');
    for (const id of ['export 2', 'export 3', 'export 4']) offer('write-export', id);
    assert.deepEqual(begun, ['large export', 'report 1', 'export 2']);
    for (const [ended, next] of [
      ['export 2', 'export 3'],
      ['report 1', 'report 2'],
      ['export 3', 'export 4'],
    ] as const) {
      const settled = new Promise<void>((resolve) => pool.onEnded(() => resolve()));
      ends.get(ended)?.();
      await settled;
      assert.equal(begun.at(-1), next);
    }
    for (const end of ends.values()) end();
    assert.equal(await pool.drain(1_000, 1_000), true);
  });
});
