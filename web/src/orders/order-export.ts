import { onScopeDispose, ref, type Ref } from 'vue';
import type { ApiClient } from '../api/client.ts';
import { download } from '../api/download.ts';
import type { CodedText } from '../api/types.ts';

export const EXPORT_FORMATS = ['xlsx', 'csv', 'xls', 'pdf'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What the page exports. */
export type ExportKind = 'orders' | 'analytics';

export interface ExportJob {
  id: string;
  format: string;
  status: 'queued' | 'processing' | 'completed' | 'failed';
  progress: number;
  rows: number | null;
  sizeBytes: number | null;
  error: CodedText | null;
}

export interface OrderExport {
  job: Ref<ExportJob | null>;
  fault: Ref<unknown>;
  /** Has the table written and fetches it when it is ready; a later start replaces an earlier one. */
  start(kind: ExportKind, format: ExportFormat, filter: Record<string, string>): Promise<void>;
  fetchAgain(): Promise<void>;
}

const pauseMs = 700;

export function useOrderExport(api: ApiClient): OrderExport {
  const job = ref<ExportJob | null>(null);
  const fault = ref<unknown>(null);
  let run = 0;
  onScopeDispose(() => (run += 1));

  async function fetchAgain(): Promise<void> {
    if (job.value) await download(api, `/exports/${encodeURIComponent(job.value.id)}/download`);
  }

  return {
    job,
    fault,
    fetchAgain,
    async start(kind, format, filter) {
      const mine = (run += 1);
      fault.value = null;
      try {
        job.value = await api.post('/exports', { kind, format, filter });
        while (job.value && (job.value.status === 'queued' || job.value.status === 'processing')) {
          await new Promise((resolve) => setTimeout(resolve, pauseMs));
          if (mine !== run) return;
          job.value = await api.get(`/exports/${encodeURIComponent(job.value.id)}`);
        }
        if (mine === run && job.value?.status === 'completed') await fetchAgain();
      } catch (error) {
        if (mine === run) fault.value = error;
      }
    },
  };
}
