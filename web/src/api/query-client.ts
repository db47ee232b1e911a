import { QueryClient } from '@tanstack/vue-query';
import { ApiError } from './client.ts';

/** Reads are tried again while the server or the network is away; a refusal is final at once. */
export function createPageQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) =>
          error instanceof ApiError
            ? (error.status === 0 || error.status === 429 || error.status >= 500) && failures < 3
            : failures < 1,
        retryDelay: (attempt, error) =>
          error instanceof ApiError && error.retryAfterMs > 0
            ? error.retryAfterMs
            : Math.min(500 * 2 ** attempt, 5_000),
      },
    },
  });
}
