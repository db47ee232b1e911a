import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import type { ApiClient } from '../api/client.ts';
import type { Order } from '../api/types.ts';
import { conditionsOf, queryFromFilter, type OrderFilter } from './filter.ts';

const pageRows = 200;

/**
 * Rows of the filter by keyset pages, and its totals beside them (they come on their own, so rows never wait for a
 * sum).
 */
export function useOrders(
  api: ApiClient,
  filter: Ref<OrderFilter>,
  { enabled = true, totals: withTotals = true } = {},
) {
  const key = computed(() => queryFromFilter(filter.value));
  const list = useInfiniteQuery({
    queryKey: ['orders', key],
    queryFn: ({ pageParam, signal }) =>
      api.get('/orders', {
        query: { ...queryFromFilter(filter.value), limit: pageRows, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    enabled,
    shallow: true,
  });
  const totals = useQuery({
    queryKey: ['totals', computed(() => conditionsOf(filter.value))],
    queryFn: ({ signal }) => api.get('/orders/totals', { query: conditionsOf(filter.value), signal }),
    placeholderData: keepPreviousData,
    enabled: enabled && withTotals,
  });
  // legs that are not there may be left out of a list
  const rows = computed(() => (list.data.value?.pages.flatMap((page) => page.items) ?? []) as Order[]);
  return { list, rows, totals };
}
