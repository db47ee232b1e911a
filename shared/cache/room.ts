/**
 * How much a process may have in a place that it shares with others. Whoever varies a parameter makes an answer each
 * time, and Redis holds the queues as well: what is beyond the room is computed anew and not kept there.
 */

export interface Room {
  /** Whether it may be stored; counted from then on, in the stead of what this key had before. */
  take(key: string, bytes: number, lifeMs: number): boolean;
  forget(keys: readonly string[]): void;
  clear(): void;
}

export interface RoomOptions {
  maxBytes: number;
  maxKeys: number;
  /** monotonic; for tests */
  nowMs?: () => number;
}

/** Between two looks through all keys for those whose life is over. */
const LOOK_INTERVAL_MS = 1_000;

export function createRoom({ maxBytes, maxKeys, nowMs = () => performance.now() }: RoomOptions): Room {
  const held = new Map<string, { bytes: number; untilMs: number }>();
  let total = 0;
  let lookDueMs = -Infinity;

  function forget(key: string): void {
    total -= held.get(key)?.bytes ?? 0;
    held.delete(key);
  }

  function forgetEnded(): void {
    const now = nowMs();
    if (now < lookDueMs) return;
    lookDueMs = now + LOOK_INTERVAL_MS;
    for (const [key, { untilMs }] of held) if (untilMs <= now) forget(key);
  }

  const isFull = (bytes: number): boolean => held.size >= maxKeys || total + bytes > maxBytes;

  return {
    take(key, bytes, lifeMs) {
      forget(key);
      if (isFull(bytes)) forgetEnded();
      if (isFull(bytes)) return false;
      held.set(key, { bytes, untilMs: nowMs() + lifeMs });
      total += bytes;
      return true;
    },
    forget: (keys) => keys.forEach(forget),
    clear() {
      held.clear();
      total = 0;
    },
  };
}
