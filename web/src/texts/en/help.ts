import type { Messages } from '../ru/index.ts';

export const helpTexts: Pick<Messages, 'help' | 'todo' | 'fetch'> = {
  help: { title: 'What it means and what to do', lack: 'What is missing' },
  /** What to do about a status or an issue. */
  todo: {
    hw_only: 'Export VendHub for this day once more. If the sale is not there, enter it in VendHub.',
    vendhub_only: 'Upload the Happy Workers report of this day. If the order is not there, check the machine.',
    payme_only:
      'Upload the reports of machines and VendHub for this day. If neither has the order, give the money back.',
    click_only:
      'Upload the reports of machines and VendHub for this day. If neither has the order, give the money back.',
    uzum_only:
      'Upload the reports of machines and VendHub for this day. If neither has the order, give the money back.',
    fiscal_only:
      'Upload the reports of machines and VendHub for this day. If there was no sale, issue a return receipt.',
    matched: 'Upload the payment report of this day if it is not loaded yet.',
    fiscal_mismatch:
      'Look for the receipt in the cash register’s cabinet. Issue it if missing; mend another amount by a return receipt.',
    gateway_mismatch:
      'Look for the payment in the gateway’s cabinet. If the money is not there, clear it up with customer or machine.',
    price_mismatch: 'Compare the price in the machine and in VendHub and mend the wrong one.',
    time_out_of_range: 'Check the clock of the machine. If it is the same order, accept it as it is.',
    ambiguous_match: 'Choose the right record among the candidates above and link it.',
    number_conflict: 'Check the reports for rows of others: two machines cannot share an order number.',
    delivery_failed_but_paid: 'Give the money back in the gateway’s cabinet or in cash, and record a decision.',
    refund_not_executed: 'Cancel the payment in the gateway’s cabinet and upload its report once more.',
    duplicate_receipt:
      'Check in the cash register’s cabinet whether the receipt was issued twice; close one by a return receipt.',
    duplicate_payment: 'Check whether the customer paid twice; give the second payment back.',
    excess_receipt: 'Check how the order was paid. If the receipt is needless, close it by a return receipt.',
    excess_payment: 'Check how the order was paid. If the payment is needless, give it back.',
    fiscal_amount_diff: 'Compare receipt and order and mend the receipt in the cash register’s cabinet.',
    gateway_wrong: 'Mend the payment system in VendHub, or accept it as it is.',
    payment_type_conflict: 'Find out how it was really paid and mend the wrong record.',
    payment_type_unknown: 'Hand this name to the administrator; until then the payment is not reconciled.',
    code_disagrees_with_number:
      'Check whether the board of the machine was moved and whether the report has the right code.',
    times_disagree: 'Check the clock of the machine; the order itself counts by its creation time.',
  },
  /** Where each report is fetched. */
  fetch: {
    happy_workers: 'Report: Happy Workers cabinet, orders of these days.',
    vendhub: 'Report: VendHub cabinet, sales of these days.',
    fiscal_bills: 'Report: cash register’s cabinet, receipts of these days.',
    payme: 'Report: Payme merchant cabinet, payments of these days.',
    click: 'Report: Click merchant cabinet, payments of these days.',
    uzum: 'Report: Uzum merchant cabinet, payments of these days.',
  },
};
