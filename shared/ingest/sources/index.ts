import { click } from './click.ts';
import { fiscalBills } from './fiscal-bills.ts';
import { happyWorkers } from './happy-workers.ts';
import { payme } from './payme.ts';
import type { Source, SourceField, SourceName } from './source.ts';
import { uzum } from './uzum.ts';
import { vendhub } from './vendhub.ts';

/**
 * Registers of payment gateways: a kind of payment bears the name of each. A new one is one file beside this and one
 * line here.
 */
const gateways = { payme, click, uzum };

/** The table of sources: a new report of a known shape of record is one file beside this and one line here. */
export const sources = { happy_workers: happyWorkers, vendhub, fiscal_bills: fiscalBills, ...gateways };

export type Gateway = keyof typeof gateways;
export const GATEWAYS = Object.keys(gateways) as readonly Gateway[];
export const SOURCE_NAMES = Object.keys(sources) as readonly SourceName[];
export const sourceList: readonly Source[] = Object.values(sources);

/** The fields that have a column, in the order of staging rows. */
export function keptFields(source: Source): (SourceField & { column: string })[] {
  return source.fields.filter((field): field is SourceField & { column: string } => field.column !== null);
}
