import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 400;

/** Asks until it is no longer queued or processing. Rejects as `ask` does, or with AbortError. */
export async function untilEnded<T extends { status: string }>(
  first: T,
  ask: () => Promise<T>,
  { signal, onChange = () => undefined }: { signal: AbortSignal; onChange?: (seen: T) => void },
): Promise<T> {
  let seen = first;
  while (seen.status === 'queued' || seen.status === 'processing') {
    onChange(seen);
    await sleep(POLL_MS, undefined, { signal });
    seen = await ask();
  }
  return seen;
}
