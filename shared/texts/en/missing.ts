/** What is missing and where to get it, a sentence a source; `other` is of a source that has none of its own. */
export const missing = {
  happy_workers: 'Happy Workers, {period}: export the list of orders in the Happy Workers cabinet',
  vendhub: 'VendHub, {period}: export the sales report in the VendHub cabinet',
  fiscal_bills: 'Receipts, {period}: export the receipts in the cash register’s cabinet',
  payme: 'Payme, {period}: export the payment register in the Payme merchant cabinet',
  click: 'Click, {period}: export the payment register in the Click merchant cabinet',
  uzum: 'Uzum, {period}: export the payment register in the Uzum merchant cabinet',
  other: '{source}, {period}: export the report of these days',
};
