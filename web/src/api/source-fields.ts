import type { SourceName } from './types.ts';

export interface SourceFieldChoice {
  /** canonical name, snake_case */
  name: string;
  required: boolean;
}

function fields(required: readonly string[], others: readonly string[]): SourceFieldChoice[] {
  return [...required.map((name) => ({ name, required: true })), ...others.map((name) => ({ name, required: false }))];
}

/**
 * What a column of each report can be; only the mapping question needs it. A test compares it with the server's
 * definition.
 */
export const SOURCE_FIELDS: Record<SourceName, readonly SourceFieldChoice[]> = {
  happy_workers: fields(
    ['order_number', 'goods_name', 'payment_status', 'machine_code', 'order_price', 'creation_time'],
    [
      'operator_code',
      'taste_name',
      'order_resource',
      'order_type',
      'cup_type',
      'address',
      'brew_status',
      'paying_time',
      'brewing_time',
      'delivery_time',
      'refund_time',
      'pay_card',
      'reason',
      'remark',
    ],
  ),
  vendhub: fields(
    ['order_number', 'event_time', 'order_price', 'payment_type', 'machine_code'],
    [
      'report_id',
      'goods_id',
      'goods_name',
      'ikpu',
      'barcode',
      'marking',
      'packaging',
      'order_resource',
      'machine_category',
      'bonus_amount',
      'username',
    ],
  ),
  fiscal_bills: fields(
    ['fiscal_time', 'fiscal_check_number', 'amount'],
    [
      'operation_type',
      'cashier',
      'trade_point',
      'fiscal_module',
      'cash_amount',
      'card_amount',
      'recipe_number',
      'customer',
      'taxpayer_id',
      'cash_register_id',
      'shift_number',
    ],
  ),
  payme: fields(
    ['transaction_time', 'amount', 'transaction_id'],
    [
      'provider_name',
      'cashbox_name',
      'payment_state',
      'cancel_time',
      'processing_time',
      'bank_time',
      'state',
      'processing_name',
      'merchant_id',
      'terminal_id',
      'card_number',
      'commission',
      'provider_payment_id',
      'rrn',
      'cashbox_identifier',
      'cash_register_id',
      'bank_receipt_date',
      'fiscal_sign',
      'fiscal_receipt_id',
      'external_id',
      'payment_description',
      'merchant_order_id',
      'username',
      'phone_number',
    ],
  ),
  click: fields(
    ['transaction_time', 'amount', 'transaction_id'],
    [
      'service_name',
      'client_info',
      'card_number',
      'merchant_order_id',
      'cashbox',
      'billing_id',
      'payment_status',
      'click_trans_id',
      'service_id',
      'merchant_id',
      'commission',
      'error_code',
    ],
  ),
  uzum: fields(
    ['amount', 'transaction_id', 'transaction_time'],
    [
      'service_name',
      'commission',
      'card_type',
      'card_number',
      'status',
      'merchant_id',
      'shop_id',
      'order_id',
      'cashback_amount',
      'username',
    ],
  ),
};
