import { useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, onScopeDispose, reactive, ref, watch, type ComputedRef, type Ref } from 'vue';
import type { ApiClient } from '../api/client.ts';
import { changed } from '../api/query-keys.ts';
import { applyEvent } from './apply-event.ts';
import type { ServerEvent } from '../api/event-parser.ts';
import { openFeed, type Feed } from '../api/sse.ts';
import type { FileItem, Session } from '../api/types.ts';

export interface Pace {
  /** null until two readings are far enough apart */
  rowsPerSecond: number | null;
  secondsLeft: number | null;
}

interface Sample {
  atMs: number;
  rows: number;
  startedMs: number;
  startProgress: number;
}

export interface LiveSession {
  session: ComputedRef<Session | undefined>;
  error: Ref<unknown>;
  pending: Ref<boolean>;
  /** null = nothing to follow; false = the line is broken and being restored */
  connected: Ref<boolean | null>;
  paces: Map<string, Pace>;
  refetch(): Promise<unknown>;
}

export function isLive(session: Pick<Session, 'status'> | undefined): boolean {
  return session?.status === 'queued' || session?.status === 'processing';
}

/** Measures each file's rate over the last seconds and guesses the time left from its share done. */
function measure(
  paces: Map<string, Pace>,
  samples: Map<string, Sample>,
  files: readonly FileItem[],
  nowMs: number,
): void {
  for (const file of files) {
    if (file.status !== 'processing') {
      paces.delete(file.id);
      samples.delete(file.id);
      continue;
    }
    const rows = file.rowsRead ?? 0;
    const last = samples.get(file.id);
    if (!last) {
      samples.set(file.id, { atMs: nowMs, rows, startedMs: nowMs, startProgress: file.progress });
      continue;
    }
    if (nowMs - last.atMs < 900) continue;
    const rate = ((rows - last.rows) * 1000) / (nowMs - last.atMs);
    const before = paces.get(file.id)?.rowsPerSecond ?? null;
    const done = file.progress - last.startProgress;
    paces.set(file.id, {
      rowsPerSecond: rate <= 0 ? null : before === null ? rate : before * 0.5 + rate * 0.5,
      secondsLeft:
        done > 0.02 && file.progress < 1 ? (((nowMs - last.startedMs) / 1000) * (1 - file.progress)) / done : null,
    });
    samples.set(file.id, { ...last, atMs: nowMs, rows });
  }
}

/**
 * One session as it goes: read once, then kept fresh by the server's events; while the line is broken it is read again
 * every few seconds. Lives by its id alone, so a reload takes it up where it was.
 */
export function useLiveSession(api: ApiClient, id: () => string): LiveSession {
  const queryClient = useQueryClient();
  const connected = ref<boolean | null>(null);
  const paces = reactive(new Map<string, Pace>());
  const samples = new Map<string, Sample>();
  let feed: Feed | null = null;
  let rereading: ReturnType<typeof setTimeout> | null = null;

  const { data, error, isPending, refetch } = useQuery({
    queryKey: computed(() => ['session', id()]),
    queryFn: ({ signal }) => api.get(`/sessions/${encodeURIComponent(id())}`, { signal }),
    staleTime: 2_000,
    refetchInterval: (query) => (isLive(query.state.data) ? (connected.value ? 10_000 : 2_500) : false),
  });

  /** Sums and states that events of single files cannot carry; at most one reading a second. */
  function rereadSoon(): void {
    rereading ??= setTimeout(() => {
      rereading = null;
      void refetch();
    }, 1_000);
  }

  function onEvent(event: ServerEvent): void {
    queryClient.setQueryData<Session>(['session', id()], (session) => (session ? applyEvent(session, event) : session));
    if (event.name === 'done') {
      connected.value = null;
      // Whatever was shown before this import is out of date now.
      void changed(queryClient, 'uploadEnded');
    } else if (event.name === 'file') rereadSoon();
  }

  function close(): void {
    feed?.close();
    feed = null;
  }

  watch(
    [id, () => isLive(data.value)],
    ([current, live]) => {
      close();
      connected.value = null;
      if (!live) return;
      feed = openFeed({
        api,
        path: `/sessions/${encodeURIComponent(current)}/events`,
        onEvent,
        onConnected: (value) => (connected.value = value),
      });
    },
    { immediate: true },
  );
  // the banner should not learn of it by its own slow looking
  watch(
    () => data.value?.mode,
    (mode) => mode === 'in-process' && void changed(queryClient, 'mode'),
  );
  watch(data, (session) => session && measure(paces, samples, session.files, Date.now()));
  onScopeDispose(() => {
    close();
    if (rereading) clearTimeout(rereading);
  });

  return { session: computed(() => data.value), error, pending: isPending, connected, paces, refetch };
}
