export interface Hasher {
  /** Hex SHA-256 of the file, or null where the browser cannot tell (plain http on another host, file unreadable). */
  hash(file: File): Promise<string | null>;
}

/** The worker starts with the first file and stays. */
export function createHasher(): Hasher {
  let worker: Worker | null = null;
  let nextId = 1;
  const waiting = new Map<number, (sha256: string | null) => void>();

  function open(): Worker {
    const opened = new Worker(new URL('./sha256.worker.ts', import.meta.url), { type: 'module' });
    opened.onmessage = (event: MessageEvent<{ id: number; sha256: string | null }>) => {
      waiting.get(event.data.id)?.(event.data.sha256);
      waiting.delete(event.data.id);
    };
    opened.onerror = () => {
      for (const resolve of waiting.values()) resolve(null);
      waiting.clear();
    };
    return opened;
  }

  return {
    hash(file) {
      if (!globalThis.isSecureContext) return Promise.resolve(null);
      worker ??= open();
      const id = nextId++;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        worker?.postMessage({ id, file });
      });
    },
  };
}
