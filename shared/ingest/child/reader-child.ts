/**
 * Entry of the reader child: one process, one file, one task. It holds no secret and no connection; all it has is a path, a
 * channel and two pipes, and it may be killed at any moment.
 */
import { inspect } from 'node:util';
import { FileFault } from '../readers/reader.ts';
import { openChildIo, type ChildIo } from './child-io.ts';
import type { ChildMessage } from './protocol.ts';

async function serve(io: ChildIo): Promise<void> {
  await io.send({ type: 'ready' });
  const message = await io.receive();
  if (message.type !== 'task') return;
  const { task, zoneShiftHours } = message;
  if (task.task === 'load') return (await import('./load-task.ts')).runLoadTask(task, zoneShiftHours, io);
  if (task.task === 'rows') return (await import('./rows-task.ts')).runRowsTask(task, io);
  const { runExtractTask, runRowTask } = await import('./other-tasks.ts');
  return task.task === 'extract' ? runExtractTask(task, io) : runRowTask(task, io);
}

/** A fault of the file, a fault of the machine, or a reader that crashed on the file. */
function lastWord(error: unknown): ChildMessage {
  if (error instanceof FileFault) return { type: 'fault', code: error.code, params: error.params };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // V8 says that an allocation failed by RangeError only.
  if (error instanceof RangeError || code === 'ERR_MEMORY_ALLOCATION_FAILED' || code === 'ERR_STRING_TOO_LONG') {
    return { type: 'fault', code: 'parser_memory', params: {} };
  }
  if (error instanceof Error && 'syscall' in error) return { type: 'error', message: error.message };
  return { type: 'fault', code: 'bad_file', params: { reason: 'reader_crashed' } };
}

const io = openChildIo();
try {
  await serve(io);
  process.exit(0);
} catch (error) {
  const message = lastWord(error);
  if (!(error instanceof FileFault)) process.stderr.write(`${inspect(error)}\n`);
  await io.send(message);
  process.exit(0);
}
