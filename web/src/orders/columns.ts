import { ref, watch, type Ref } from 'vue';

export interface OrderColumn {
  key: 'time' | 'order' | 'place' | 'goods' | 'price' | 'payment' | 'legs' | 'status' | 'difference' | 'why' | 'issues';
  /** CSS grid track */
  width: string;
  numeric?: boolean;
  /** The row makes no sense without it. */
  fixed?: boolean;
}

export const ORDER_COLUMNS: readonly OrderColumn[] = [
  { key: 'time', width: '120px', fixed: true },
  { key: 'order', width: '136px', fixed: true },
  { key: 'place', width: 'minmax(0, 1.5fr)' },
  { key: 'goods', width: 'minmax(0, 1fr)' },
  { key: 'price', width: '104px', numeric: true },
  { key: 'payment', width: '78px' },
  { key: 'legs', width: '112px' },
  { key: 'status', width: '184px', fixed: true },
  { key: 'difference', width: '84px', numeric: true },
  { key: 'why', width: 'minmax(0, 2.4fr)' },
  { key: 'issues', width: 'minmax(0, 1.2fr)' },
];

/**
 * Where records come from matters less in a list than what is wrong; on a small screen the reason needs the room of
 * product and issues.
 */
const hiddenAtFirst = (): string => (innerWidth < 1500 ? 'legs,goods,issues' : 'legs');
const storedKey = 'vhm24r.order-columns';

/** Hidden columns, remembered by this browser. */
export function useHiddenColumns(): Ref<string[]> {
  const stored = localStorage.getItem(storedKey);
  const known = ORDER_COLUMNS.filter((column) => !column.fixed).map((column) => column.key as string);
  const hidden = ref((stored ?? hiddenAtFirst()).split(',').filter((key) => known.includes(key)));
  watch(hidden, (keys) => localStorage.setItem(storedKey, keys.join(',')));
  return hidden;
}
