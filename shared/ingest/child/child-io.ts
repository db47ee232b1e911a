/** The child's side of the protocol: messages, and two pipes that are written as fast as the parent drains them. */
import { once } from 'node:events';
import { Socket } from 'node:net';
import type { ChildMessage, ParentMessage } from './protocol.ts';

export const ROWS_FD = 1;
export const REJECTS_FD = 4;

export interface ChildIo {
  send(message: ChildMessage): Promise<void>;
  /** The parent's next message, in the order they came. */
  receive(): Promise<ParentMessage>;
  /** Resolves when the pipe can take more. */
  writeRows(lines: Buffer): Promise<void>;
  writeRejects(lines: string): Promise<void>;
  /** Everything written has left the process. */
  endOutput(): Promise<void>;
}

/** The channel and the pipes that the parent opened for this process. */
export function openChildIo(): ChildIo {
  const waiting: ((message: ParentMessage) => void)[] = [];
  const arrived: ParentMessage[] = [];
  process.on('message', (message: ParentMessage) => {
    const taker = waiting.shift();
    if (taker === undefined) arrived.push(message);
    else taker(message);
  });
  // A child without its parent has nobody to read for.
  process.on('disconnect', () => process.exit(1));
  const rows = openPipe(ROWS_FD);
  const rejects = openPipe(REJECTS_FD);

  return {
    send: (message) =>
      new Promise((resolve, reject) => {
        process.send!(message, undefined, undefined, (error) => (error === null ? resolve() : reject(error)));
      }),
    receive: () => {
      const message = arrived.shift();
      return message === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(message);
    },
    writeRows: (lines) => write(rows, lines),
    writeRejects: (lines) => write(rejects, lines),
    endOutput: async () => {
      await Promise.all([rows, rejects].map((pipe) => new Promise<void>((resolve) => pipe.end(resolve))));
    },
  };
}

/** process.stdout would write synchronously and stop inflating and parsing while the database is busy. */
function openPipe(fd: number): Socket {
  const pipe = new Socket({ fd, readable: false, writable: true });
  pipe.on('error', () => process.exit(1));
  return pipe;
}

async function write(pipe: Socket, lines: Buffer | string): Promise<void> {
  if (lines.length > 0 && !pipe.write(lines)) await once(pipe, 'drain');
}
