import type { Texts } from '../en/index.ts';

export const missing: Texts['missing'] = {
  happy_workers: 'Happy Workers, {period}: Happy Workers kabinetidan buyurtmalar roʻyxatini yuklab oling',
  vendhub: 'VendHub, {period}: VendHub kabinetidan sotuvlar hisobotini yuklab oling',
  fiscal_bills: 'Cheklar, {period}: kassa kabinetidan cheklarni yuklab oling',
  payme: 'Payme, {period}: Payme sotuvchi kabinetidan toʻlovlar reyestrini yuklab oling',
  click: 'Click, {period}: Click sotuvchi kabinetidan toʻlovlar reyestrini yuklab oling',
  uzum: 'Uzum, {period}: Uzum sotuvchi kabinetidan toʻlovlar reyestrini yuklab oling',
  other: '{source}, {period}: shu kunlar hisobotini yuklab oling',
};
