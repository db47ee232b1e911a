import { computed, inject, reactive, ref, shallowReactive, type ComputedRef, type InjectionKey, type Ref } from 'vue';
import type { ApiClient } from '../api/client.ts';
import type { FileItem, Limits } from '../api/types.ts';
import { createHasher } from './hasher.ts';

export interface Candidate {
  id: number;
  file: File;
  checking: boolean;
  sha256: string | null;
  /** The very same bytes as loaded before. */
  known: FileItem | null;
  /** Wanted although the same bytes are known. */
  insisted: boolean;
}

export type Verdict = 'checking' | 'ready' | 'known' | 'too_large' | 'empty' | 'twice' | 'too_many';

/** Files chosen and not sent yet; lives as long as the page, so that one may look around meanwhile. */
export interface Selection {
  items: Candidate[];
  limits: Ref<Limits | null>;
  verdicts: ComputedRef<Map<number, Verdict>>;
  sendable: ComputedRef<Candidate[]>;
  add(files: File[]): void;
  remove(id: number): void;
  clear(): void;
  /** Drops what was sent. */
  dropSent(sent: Candidate[]): void;
}

export const selectionKey: InjectionKey<Selection> = Symbol('selection');

export function useSelection(): Selection {
  const selection = inject(selectionKey);
  if (!selection) throw new Error('selection is not provided');
  return selection;
}

export function createSelection(api: ApiClient): Selection {
  const items = shallowReactive<Candidate[]>([]);
  const limits = ref<Limits | null>(null);
  const hasher = createHasher();
  let nextId = 1;

  async function check(candidate: Candidate): Promise<void> {
    try {
      candidate.sha256 = await hasher.hash(candidate.file);
      if (!candidate.sha256) return;
      const found = await api.get('/files', { query: { sha256: candidate.sha256, limit: 10 } });
      candidate.known =
        found.items.find((file) => file.status === 'completed' || file.status === 'completed_with_errors') ?? null;
    } catch {
      // Only a courtesy: the server finds a repeated file by itself.
      candidate.known = null;
    } finally {
      candidate.checking = false;
    }
  }

  const verdicts = computed(() => {
    const result = new Map<number, Verdict>();
    const seen = new Set<string>();
    let room = limits.value?.maxFiles ?? 10;
    for (const item of items) {
      let verdict: Verdict = 'ready';
      if (item.file.size === 0) verdict = 'empty';
      else if (limits.value && item.file.size > limits.value.maxFileBytes) verdict = 'too_large';
      else if (item.sha256 && seen.has(item.sha256)) verdict = 'twice';
      else if (item.known && !item.insisted) verdict = 'known';
      else if (room === 0) verdict = 'too_many';
      else if (item.checking) verdict = 'checking';
      if (item.sha256) seen.add(item.sha256);
      if (verdict === 'ready' || verdict === 'checking') room -= 1;
      result.set(item.id, verdict);
    }
    return result;
  });

  return {
    items,
    limits,
    verdicts,
    sendable: computed(() => items.filter((item) => ['ready', 'checking'].includes(verdicts.value.get(item.id) ?? ''))),
    add(files) {
      for (const file of files) {
        const again = items.some(
          (item) =>
            item.file.name === file.name &&
            item.file.size === file.size &&
            item.file.lastModified === file.lastModified,
        );
        if (again) continue;
        const candidate = reactive({
          id: nextId++,
          file,
          checking: true,
          sha256: null,
          known: null,
          insisted: false,
        }) as Candidate;
        items.push(candidate);
        void check(candidate);
      }
    },
    remove(id) {
      const at = items.findIndex((item) => item.id === id);
      if (at !== -1) items.splice(at, 1);
    },
    clear: () => void items.splice(0),
    dropSent(sent) {
      for (const one of sent) this.remove(one.id);
    },
  };
}
