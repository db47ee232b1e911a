import { ApiError, type ApiClient } from './client.ts';

export interface ServerEvent {
  id: string | null;
  name: string;
  data: unknown;
}

/**
 * Splits a text/event-stream into events. Feed it chunks as they come; it keeps the unfinished tail.
 * A block without data (a comment that keeps the line alive) gives no event.
 */
export function createEventParser(onEvent: (event: ServerEvent) => void): (chunk: string) => void {
  let tail = '';
  let id: string | null = null;
  let name = 'message';
  let data: string[] = [];

  function endBlock(): void {
    if (data.length > 0) {
      const text = data.join('\n');
      let value: unknown = text;
      try {
        value = JSON.parse(text);
      } catch {
        value = text;
      }
      onEvent({ id, name, data: value });
    }
    name = 'message';
    data = [];
  }

  function takeLine(line: string): void {
    if (line === '') return endBlock();
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'id') id = value;
    else if (field === 'event') name = value;
    else if (field === 'data') data.push(value);
  }

  return (chunk) => {
    const lines = (tail + chunk).split(/\r\n|\n|\r(?!$)/);
    tail = lines.pop() ?? '';
    for (const line of lines) takeLine(line);
  };
}

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
 * Reads a server's event stream by fetch (so that the token travels in a header) until `done`, close() or a refusal that
 * no retry can help. A broken line is taken up again after the last event seen, at once when the network returns.
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
