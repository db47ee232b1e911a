import { useMutation, useQueryClient } from '@tanstack/vue-query';
import { computed, type ComputedRef } from 'vue';
import { useCoded } from '../i18n/coded.ts';
import { changed, type Deed } from '../api/query-keys.ts';

export interface Doing {
  /** Does it, and has read again what is shown when it resolves. Never rejects: what went wrong is `fault`. */
  act(work: () => Promise<unknown>): Promise<void>;
  busy: ComputedRef<boolean>;
  /** what went wrong the last time, in the person's words; empty where nothing did */
  fault: ComputedRef<string>;
}

/**
 * Something that a person does at the server, from a component: `act(() => api.post(…))`. What is out of date after it
 * is in one table (query-keys.ts). After a refusal, too: what was shown may have been what misled.
 *
 * @param deed null where nothing that is shown changes
 */
export function useDeed(deed: Deed | null): Doing {
  const client = useQueryClient();
  const coded = useCoded();
  const readAgain = async (): Promise<void> => {
    if (deed !== null) await changed(client, deed);
  };
  const { mutateAsync, isPending, error } = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    // without a network it is said at once, not done at some later moment when nobody thinks of it
    networkMode: 'always',
    onSuccess: readAgain,
    onError: () => void readAgain(),
  });
  return {
    async act(work) {
      // told by `error`
      await mutateAsync(work).catch(() => undefined);
    },
    busy: computed(() => isPending.value),
    fault: computed(() => (error.value === null ? '' : coded.problem(error.value))),
  };
}
