import { ref, watch, type Ref } from 'vue';

export interface OrderColumn {
  key: 'time' | 'order' | 'place' | 'goods' | 'price' | 'payment' | 'legs' | 'status' | 'issues';
  /** CSS grid track */
  width: string;
  numeric?: boolean;
  /** The row makes no sense without it. */
  fixed?: boolean;
}

export const ORDER_COLUMNS: readonly OrderColumn[] = [
  { key: 'time', width: '134px', fixed: true },
  { key: 'order', width: 'minmax(116px, 0.9fr)', fixed: true },
  { key: 'place', width: 'minmax(90px, 1.3fr)' },
  { key: 'goods', width: 'minmax(80px, 1fr)' },
  { key: 'price', width: '118px', numeric: true },
  { key: 'payment', width: '84px' },
  { key: 'legs', width: 'minmax(90px, 0.9fr)' },
  { key: 'status', width: 'minmax(130px, 1.1fr)', fixed: true },
  { key: 'issues', width: 'minmax(90px, 1.2fr)' },
];

const storedKey = 'vhm24r.order-columns';

/** Hidden columns, remembered by this browser. */
export function useHiddenColumns(): Ref<string[]> {
  const stored = localStorage.getItem(storedKey);
  const known = ORDER_COLUMNS.filter((column) => !column.fixed).map((column) => column.key as string);
  const hidden = ref((stored ?? '').split(',').filter((key) => known.includes(key)));
  watch(hidden, (keys) => localStorage.setItem(storedKey, keys.join(',')));
  return hidden;
}
