import type { FieldChange, Order } from '../api/types.ts';

/** Keys of columns (columns.ts) whose cells may be marked. */
type CellKey = 'time' | 'place' | 'goods' | 'price' | 'payment' | 'legs' | 'status';
export type ChangedCells = Partial<Record<CellKey, FieldChange[]>>;

/** In which cell of a row a field of a record is seen, or acts. */
const columnsOfFields: Record<string, CellKey> = {
  creation_time: 'time',
  paying_time: 'time',
  event_time: 'time',
  machine_code: 'place',
  address: 'place',
  machine_category: 'place',
  goods_name: 'goods',
  taste_name: 'goods',
  order_price: 'price',
  payment_type: 'payment',
  order_resource: 'payment',
  payment_status: 'status',
  brew_status: 'status',
  refund_time: 'status',
  reason: 'status',
  status: 'status',
  payment_state: 'status',
  cancel_time: 'status',
  operation_type: 'status',
};
/** Of a row that is itself a receipt or a payment; beside an order these say nothing about its own time and sum. */
const columnsOfProofs: Record<string, CellKey> = {
  transaction_time: 'time',
  fiscal_time: 'time',
  amount: 'price',
  cash_amount: 'price',
  card_amount: 'price',
};

const none: ChangedCells = {};

/** What imports filled or changed, by the cell that shows it; the rest belongs to the cell of the sources. */
export function changedCells({ changes, orderNumber }: Pick<Order, 'changes' | 'orderNumber'>): ChangedCells {
  if (!changes || changes.length === 0) return none;
  const cells: ChangedCells = {};
  for (const change of changes) {
    const column =
      columnsOfFields[change.field] ?? (orderNumber === null ? columnsOfProofs[change.field] : undefined) ?? 'legs';
    (cells[column] ??= []).push(change);
  }
  return cells;
}
