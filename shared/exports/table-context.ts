/** What a table is made with, and what it is before a format writes it. */
import type { Knex } from 'knex';
import type { MatchingConfig } from '../config.ts';
import type { Db } from '../db/client.ts';
import type { Labels } from './labels.ts';
import type { Sheet } from './sheet.ts';

export interface TableContext {
  /** for look-ups that need not see the same state, e.g. which machines a text names */
  db: Db;
  /** everything is read in it: one state of the database from the first row to the last */
  trx: Knex.Transaction;
  labels: Labels;
  matching: MatchingConfig;
  signal: AbortSignal;
}

export interface Tables {
  sheets: readonly Sheet[];
  rowCount: number;
}
