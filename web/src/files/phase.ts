import { useI18n } from 'vue-i18n';
import type { FileItem } from '../api/types.ts';

/** Rows from which the server writes files one after the other (shared/reconcile/merge-lock.ts). */
const WRITTEN_IN_TURN = 20_000;

/**
 * What is being done to a file. Of a large one `merging` is also the wait for those that are written before it, which
 * the server does not tell apart: it is not said to be written then, only that large ones take turns.
 */
export function usePhase(): (file: Pick<FileItem, 'phase' | 'rowsRead'>) => string {
  const { t } = useI18n();
  return ({ phase, rowsRead }) =>
    t(phase === 'merging' && (rowsRead ?? 0) > WRITTEN_IN_TURN ? 'phase.mergingInTurn' : `phase.${phase}`);
}
