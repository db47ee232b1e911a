/**
 * Signals before the service can act on them. Loading its modules takes a second or more, and a process without a
 * handler is ended by the signal itself: the entries call this first, and load everything else after it.
 */
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

export interface EarlySignals {
  /** The first one that came, or null. */
  received(): (typeof SIGNALS)[number] | null;
  /** To be called once the service's own handlers are in place. */
  release(): void;
}

export function catchEarlySignals(): EarlySignals {
  let first: (typeof SIGNALS)[number] | null = null;
  const handlers = SIGNALS.map((signal) => {
    const handler = (): void => {
      first ??= signal;
    };
    process.on(signal, handler);
    return { signal, handler };
  });
  return {
    received: () => first,
    release() {
      for (const { signal, handler } of handlers) process.off(signal, handler);
    },
  };
}
