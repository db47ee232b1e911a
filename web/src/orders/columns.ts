import { ref, watch, type Ref } from 'vue';

export interface OrderColumn {
  key: 'time' | 'order' | 'place' | 'goods' | 'price' | 'payment' | 'legs' | 'status' | 'difference' | 'why' | 'issues';
  /** CSS grid track */
  width: string;
  /** px below which nothing of it can be read, where the track itself does not say it */
  least?: number;
  numeric?: boolean;
  /** The row makes no sense without it. */
  fixed?: boolean;
}

export const ORDER_COLUMNS: readonly OrderColumn[] = [
  { key: 'time', width: '120px', fixed: true },
  { key: 'order', width: '136px', fixed: true },
  { key: 'place', width: 'minmax(0, 1.5fr)', least: 96 },
  { key: 'goods', width: 'minmax(0, 1fr)', least: 80 },
  { key: 'price', width: '104px', numeric: true },
  { key: 'payment', width: '78px' },
  { key: 'legs', width: '112px' },
  { key: 'status', width: '184px', fixed: true },
  { key: 'difference', width: '84px', numeric: true },
  { key: 'why', width: 'minmax(0, 2.4fr)', least: 130 },
  { key: 'issues', width: 'minmax(0, 1.2fr)', least: 90 },
];

/** Which give way first where there is no room for all; a row without the others says too little. */
const GIVES_WAY: readonly OrderColumn['key'][] = ['legs', 'goods', 'issues', 'payment', 'difference'];

/** px: the box to select with, the gaps and the edges of a row (order-row.vue) */
const roomOf = (columns: readonly OrderColumn[]): number =>
  columns.reduce((sum, { width, least }) => sum + 12 + (least ?? Number.parseInt(width, 10)), 47);

/** Below so many px rows are cards: machine and reason would have no room. */
export const CARDS_BELOW = roomOf(ORDER_COLUMNS.filter(({ key }) => !GIVES_WAY.includes(key)));

/** Those of the columns that can be read at this width, in px. */
export function fittingColumns(columns: readonly OrderColumn[], width: number): OrderColumn[] {
  let fitting = [...columns];
  for (const key of GIVES_WAY) {
    if (roomOf(fitting) <= width) break;
    fitting = fitting.filter((column) => column.key !== key);
  }
  return fitting;
}

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
