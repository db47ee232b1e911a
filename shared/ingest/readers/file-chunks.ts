import { open } from 'node:fs/promises';

const CHUNK_BYTES = 256 * 1024;

/**
 * A file in chunks that share one buffer: a chunk is good until the next one is asked for. All but the last have an
 * even length and begin on an even address, so that utf-16 is never cut.
 */
export async function* readFileChunks(path: string, signal: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.from(new ArrayBuffer(CHUNK_BYTES));
    for (;;) {
      signal.throwIfAborted();
      let filled = 0;
      while (filled < CHUNK_BYTES) {
        const { bytesRead } = await handle.read(buffer, filled, CHUNK_BYTES - filled, null);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      if (filled > 0) yield buffer.subarray(0, filled);
      if (filled < CHUNK_BYTES) return;
    }
  } finally {
    await handle.close();
  }
}

/** The first bytes of a file, fewer when it is shorter. */
export async function readFileHead(path: string, maxBytes: number): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(maxBytes);
    let filled = 0;
    while (filled < maxBytes) {
      const { bytesRead } = await handle.read(buffer, filled, maxBytes - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await handle.close();
  }
}
