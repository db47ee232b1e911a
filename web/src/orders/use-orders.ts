import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import type { ApiClient } from '../api/client.ts';
import type { Order, OrderTotals, Page } from '../api/types.ts';
import { queryFromFilter, type OrderFilter } from './filter.ts';

const pageRows = 200;

/** Rows of the filter by keyset pages, and its totals beside them (they come on their own, so rows never wait for a sum). */
export function useOrders(api: ApiClient, filter: Ref<OrderFilter>) {
  const key = computed(() => queryFromFilter(filter.value));
  const list = useInfiniteQuery({
    queryKey: ['orders', key],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Order>>('/orders', { query: { ...queryFromFilter(filter.value), limit: pageRows, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    shallow: true,
  });
  const totals = useQuery({
    queryKey: ['totals', key],
    queryFn: ({ signal }) => api.get<OrderTotals>('/orders/totals', { query: queryFromFilter(filter.value), signal }),
    placeholderData: keepPreviousData,
  });
  const rows = computed(() => list.data.value?.pages.flatMap((page) => page.items) ?? []);
  return { list, rows, totals };
}
