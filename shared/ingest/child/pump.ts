/** Bytes from the child into the database, as fast as the slower side, without looking at them. */
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { ReaderProcess } from './reader-process.ts';

/** A destroyed sink says `close` when it has let go of its connection; longer than this nobody waits for it. */
const CLOSE_WAIT_MS = 5_000;

export interface Pump {
  /** Opens the sink before there is anything for it. */
  attach(): Promise<void>;
  /** Resolves when the child has closed its side and the sink has taken all; opens the sink with the first byte. */
  run(): Promise<void>;
  /** Ends the sink and waits until it has finished. */
  end(): Promise<void>;
  /** Gives the sink up: what it took must not count. */
  abort(reason: Error): Promise<void>;
}

export interface PumpOptions {
  child: ReaderProcess;
  source: Readable;
  open(): Promise<Writable>;
  onBytes(count: number): void;
}

export function createPump({ child, source, open, onBytes }: PumpOptions): Pump {
  let sink: Writable | null = null;
  let givenUp: Error | null = null;
  let ended = false;

  async function openSink(): Promise<Writable> {
    const opened = await open();
    opened.on('error', (error) => child.fail(error));
    opened.on('close', () => {
      if (!ended) child.fail(new Error('a sink of rows was closed before its end'));
    });
    // Asked for in vain: the run failed while the sink was being opened.
    if (givenUp !== null) opened.destroy(givenUp);
    return (sink = opened);
  }

  return {
    async attach() {
      await child.whilePaused(openSink);
    },
    async run() {
      for await (const chunk of source) {
        onBytes((chunk as Buffer).length);
        const target = sink ?? (await child.whilePaused(openSink));
        if (!target.write(chunk)) await child.whilePaused(() => once(target, 'drain'));
      }
    },
    async end() {
      if (sink === null) return;
      const target: Writable = sink;
      ended = true;
      await child.whilePaused(async () => {
        const finished = once(target, 'finish');
        target.end();
        await finished;
      });
    },
    async abort(reason) {
      givenUp = reason;
      ended = true;
      if (sink === null || sink.closed) return;
      const closed = once(sink, 'close', { signal: AbortSignal.timeout(CLOSE_WAIT_MS) }).catch(() => {});
      sink.destroy(reason);
      await closed;
    },
  };
}
