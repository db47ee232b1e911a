import { useQuery } from '@tanstack/vue-query';
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import type { ApiClient } from '../api/client.ts';
import { useChanged } from '../api/query-keys.ts';
import type { FileItem, Undo } from '../api/types.ts';

/** What a taking back is of. */
export interface UndoSubject {
  kind: 'files' | 'sessions';
  id: string;
}

/** `looking`: the dry run is at work; `asking`: it says what would change; `refused`: blocked or given up. */
export type UndoStage = 'looking' | 'asking' | 'working' | 'done' | 'refused';

export interface UndoRun {
  run: ComputedRef<Undo | undefined>;
  stage: ComputedRef<UndoStage>;
  /** Something stood in the way of asking or of reading how far it is. */
  error: ComputedRef<unknown>;
  /** A request to start is under way. */
  asking: Ref<boolean>;
  look(): Promise<void>;
  undo(reason: string): Promise<void>;
}

const POLL_MS = 700;
/** The others brought nothing, or are still under way and can be cancelled. */
const UNDOABLE: readonly FileItem['status'][] = ['completed', 'completed_with_errors', 'duplicate'];

export const canBeUndone = (file: Pick<FileItem, 'status'>): boolean => UNDOABLE.includes(file.status);

/** Looks what taking files back would change, then does it; follows the run for as long as the page is open. */
export function useUndo(api: ApiClient, subject: () => UndoSubject): UndoRun {
  const changed = useChanged();
  const runId = ref<string | null>(null);
  const dry = ref(true);
  const asking = ref(false);
  const refusal = ref<unknown>(null);
  let asked = 0;

  const { data, error } = useQuery({
    queryKey: ['undo', runId],
    queryFn: ({ signal }) => api.get(`/undos/${encodeURIComponent(runId.value ?? '')}`, { signal }),
    enabled: computed(() => runId.value !== null),
    refetchInterval: (query) => (isUnderWay(query.state.data) ? POLL_MS : false),
  });

  const stage = computed<UndoStage>(() => {
    if (isUnderWay(data.value)) return dry.value ? 'looking' : 'working';
    if (data.value?.status !== 'completed') return 'refused';
    return dry.value ? 'asking' : 'done';
  });

  async function ask(body: { dryRun: true } | { dryRun: false; reason: string }): Promise<void> {
    const turn = ++asked;
    const { kind, id } = subject();
    refusal.value = null;
    asking.value = true;
    try {
      const { id: started } = await api.post(`/${kind}/${encodeURIComponent(id)}/undo`, body);
      // asked again in the meantime: that answer counts
      if (turn !== asked) return;
      dry.value = body.dryRun;
      runId.value = started;
    } catch (cause) {
      if (turn === asked) refusal.value = cause;
    } finally {
      if (turn === asked) asking.value = false;
    }
  }

  watch(stage, (now) => {
    // files before the one that blocked are undone already
    if (now === 'done' || (now === 'refused' && !dry.value)) void changed('undo');
  });

  return {
    run: computed(() => data.value),
    stage,
    error: computed(() => refusal.value ?? error.value),
    asking,
    look: () => {
      dry.value = true;
      runId.value = null;
      return ask({ dryRun: true });
    },
    undo: (reason) => ask({ dryRun: false, reason }),
  };
}

/** Not known yet counts: it was asked for, and the first reading is on its way. */
function isUnderWay(run: Undo | undefined): boolean {
  return run === undefined || run.status === 'queued' || run.status === 'processing';
}
