import { ApiError, type ApiClient } from './client.ts';
import { createEventParser, type ServerEvent } from './event-parser.ts';

export interface Feed {
  close(): void;
}

export interface FeedOptions {
  api: ApiClient;
  path: string;
  onEvent(event: ServerEvent): void;
  /** true = events flow; false = the line is broken and will be tried again. */
  onConnected(connected: boolean): void;
}

const firstPauseMs = 500;
const longestPauseMs = 8_000;

/**
 * Reads a server's event stream by fetch (so that the token travels in a header) until `done`, close() or a refusal
 * that no retry can help. A broken line is taken up again after the last event seen, at once when the network returns.
 */
export function openFeed(options: FeedOptions): Feed {
  const stop = new AbortController();
  let lastId: string | null = null;
  let wake: (() => void) | null = null;
  const onOnline = (): void => wake?.();

  async function readOnce(): Promise<'done' | 'broken'> {
    const response = await options.api.open(options.path, {
      signal: stop.signal,
      headers: { Accept: 'text/event-stream', ...(lastId ? { 'Last-Event-ID': lastId } : {}) },
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    if (!reader) return 'broken';
    options.onConnected(true);
    let done = false;
    const feed = createEventParser((event) => {
      if (event.id !== null) lastId = event.id;
      if (event.name === 'done') done = true;
      options.onEvent(event);
    });
    for (;;) {
      const part = await reader.read();
      if (part.done) return done ? 'done' : 'broken';
      feed(part.value);
      if (done) {
        await reader.cancel();
        return 'done';
      }
    }
  }

  async function run(): Promise<void> {
    let pauseMs = firstPauseMs;
    while (!stop.signal.aborted) {
      const startedAt = Date.now();
      try {
        if ((await readOnce()) === 'done') return;
      } catch (error) {
        if (stop.signal.aborted) return;
        if (error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429) return;
      }
      options.onConnected(false);
      pauseMs = Date.now() - startedAt > longestPauseMs ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pauseMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  addEventListener('online', onOnline);
  const finished = run().finally(() => removeEventListener('online', onOnline));
  return {
    close() {
      stop.abort();
      wake?.();
      void finished;
    },
  };
}
