import { computed, ref, type ComputedRef, type Ref } from 'vue';
import { ApiError, type ApiClient } from '../api/client.ts';
import type { Session } from '../api/types.ts';
import type { Candidate } from './selection.ts';

export type SendState = 'idle' | 'sending' | 'waiting_network' | 'retrying';

/** Files that cannot be read any more as they were chosen: saved anew, moved or deleted meanwhile. */
export class FilesChanged extends Error {
  readonly candidates: Candidate[];
  constructor(candidates: Candidate[]) {
    super('files changed after they were chosen');
    this.name = 'FilesChanged';
    this.candidates = candidates;
  }
}

export interface Sender {
  state: Ref<SendState>;
  /** of the bytes, 0..1 */
  share: Ref<number>;
  busy: ComputedRef<boolean>;
  /**
   * Sends the files as one session, again and again while the network or the server is away: sending the same bytes
   * twice is harmless, the server counts a file once. Null when stopped.
   * @throws FilesChanged, ApiError
   */
  send(candidates: Candidate[], options?: { preview: boolean }): Promise<Session | null>;
  stop(): void;
  /** Names of files whose sending a reload broke off; told once. */
  takeLost(): string[];
}

const lostKey = 'vhm24r.sending';
const longestPauseMs = 15_000;
/** No byte went out for so long: the line is dead, though nobody said so. */
const stalledMs = 20_000;

function mayTryAgain(error: unknown): error is ApiError {
  return (
    error instanceof ApiError &&
    (error.status === 0 || error.status === 429 || error.status === 502 || error.status === 503 || error.status === 504)
  );
}

/** The browser tells a file that it will not read as if the network had failed. */
async function changedOf(candidates: readonly Candidate[]): Promise<Candidate[]> {
  const read = await Promise.allSettled(candidates.map(({ file }) => file.slice(0, 1).arrayBuffer()));
  return candidates.filter((_candidate, at) => read[at]?.status === 'rejected');
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    addEventListener('online', end);
    signal.addEventListener('abort', end);
  });
}

/**
 * One attempt, given up as `network` when the browser goes offline or no byte gets through: on a line that just falls
 * silent the request itself would wait for minutes.
 */
async function attemptOn(
  signal: AbortSignal,
  attempt: (signal: AbortSignal, alive: (share: number) => void) => Promise<Session>,
): Promise<Session> {
  const line = new AbortController();
  const cut = (): void => line.abort();
  let watch = setTimeout(cut, stalledMs);
  const alive = (share: number): void => {
    clearTimeout(watch);
    // the server may take its time to answer once it has everything
    if (share < 1) watch = setTimeout(cut, stalledMs);
  };
  addEventListener('offline', cut);
  signal.addEventListener('abort', cut);
  try {
    return await attempt(line.signal, alive);
  } catch (error) {
    throw line.signal.aborted ? new ApiError(0, { code: 'network' }) : error;
  } finally {
    clearTimeout(watch);
    removeEventListener('offline', cut);
    signal.removeEventListener('abort', cut);
  }
}

export function createSender(api: ApiClient): Sender {
  const state = ref<SendState>('idle');
  const share = ref(0);
  const busy = computed(() => state.value !== 'idle');
  let stopping: AbortController | null = null;

  const warn = (event: BeforeUnloadEvent): void => event.preventDefault();

  function formOf(candidates: Candidate[], preview: boolean): FormData {
    const form = new FormData();
    if (preview) form.append('preview', 'true');
    for (const candidate of candidates) form.append('files', candidate.file, candidate.file.name);
    return form;
  }

  async function tryUntilSent(candidates: Candidate[], preview: boolean, signal: AbortSignal): Promise<Session | null> {
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      state.value = 'sending';
      share.value = 0;
      try {
        return await attemptOn(signal, async (line, alive) => {
          const onProgress = (value: number): void => {
            share.value = value;
            alive(value);
          };
          return (await api.upload<{ session: Session }>('/files', formOf(candidates, preview), onProgress, line))
            .session;
        });
      } catch (error) {
        if (signal.aborted) return null;
        if (!mayTryAgain(error)) throw error;
        const changed = error.status === 0 ? await changedOf(candidates) : [];
        if (changed.length > 0) throw new FilesChanged(changed);
        state.value = error.status === 0 ? 'waiting_network' : 'retrying';
        await pause(error.retryAfterMs || Math.min(1000 * 2 ** attempt, longestPauseMs), signal);
      }
    }
    return null;
  }

  return {
    state,
    share,
    busy,
    async send(candidates, { preview } = { preview: false }) {
      stopping = new AbortController();
      sessionStorage.setItem(lostKey, JSON.stringify(candidates.map((candidate) => candidate.file.name)));
      addEventListener('beforeunload', warn);
      try {
        return await tryUntilSent(candidates, preview, stopping.signal);
      } finally {
        removeEventListener('beforeunload', warn);
        sessionStorage.removeItem(lostKey);
        state.value = 'idle';
      }
    },
    stop: () => stopping?.abort(),
    takeLost() {
      const stored = sessionStorage.getItem(lostKey);
      sessionStorage.removeItem(lostKey);
      return stored ? (JSON.parse(stored) as string[]) : [];
    },
  };
}
