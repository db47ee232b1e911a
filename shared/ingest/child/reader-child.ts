/**
 * Entry of the reader child: one process, one file, one task. It holds no secret and no connection; all it has is a
 * path, a channel and two pipes, and it may be killed at any moment.
 */
import { inspect } from 'node:util';
import { FileFault } from '../readers/reader.ts';
import { openChildIo, type ChildIo } from './child-io.ts';
import { accessOf, lastWord } from './last-word.ts';

async function serve(io: ChildIo): Promise<void> {
  await io.send({ type: 'ready' });
  let message = await io.receive();
  let isWarm = false;
  while (message.type === 'warm') {
    if (!isWarm) await warmUp();
    isWarm = true;
    await io.send({ type: 'ready' });
    message = await io.receive();
  }
  if (message.type !== 'task') return;
  const { task, zoneShiftHours } = message;
  const { read, write } = accessOf(task);
  ownPaths = [...read, ...write];
  if (task.task === 'load') return (await import('./load-task.ts')).runLoadTask(task, zoneShiftHours, io);
  if (task.task === 'rows') return (await import('./rows-task.ts')).runRowsTask(task, io);
  const { runExtractTask, runRowTask } = await import('./other-tasks.ts');
  return task.task === 'extract' ? runExtractTask(task, io) : runRowTask(task, io);
}

async function warmUp(): Promise<void> {
  const { compileLater, rehearse } = await import('./rehearse.ts');
  compileLater();
  await rehearse();
}

const io = openChildIo();
let ownPaths: readonly string[] = [];
try {
  await serve(io);
  process.exit(0);
} catch (error) {
  const message = lastWord(error, ownPaths);
  if (!(error instanceof FileFault)) process.stderr.write(`${inspect(error)}\n`);
  await io.send(message);
  process.exit(0);
}
