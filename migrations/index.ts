/**
 * The table of migrations. A table and not a folder scan, so that names are the same from source and from dist.
 * Each goes up, down and up again (test/integration/migrate.test.ts).
 */
import type { Knex } from 'knex';
import * as people from './20261122-01-people.ts';
import * as files from './20261122-02-files.ts';
import * as records from './20261122-03-records.ts';
import * as orders from './20261122-04-orders.ts';
import * as orderIndexes from './20261122-05-order-indexes.ts';
import * as operations from './20261122-06-operations.ts';
import * as storedBytes from './20261127-01-stored-bytes.ts';
import * as rowErrorSeverity from './20261127-07-row-error-severity.ts';
import * as oddTimes from './20261127-08-odd-times-and-retries.ts';
import * as sealedTimes from './20261127-10-sealed-times.ts';
import * as decidedRoles from './20261127-11-decided-roles.ts';
import * as searchTails from './20261127-70-search-tails.ts';
import * as invitations from './20261127-72-invitations.ts';
import * as orderSums from './20261127-80-order-sums.ts';
import * as exportTurns from './20261127-81-export-turns.ts';
import * as uploadDoors from './20261127-83-upload-doors.ts';
import * as guards from './20261127-82-guards-instead-of-keys.ts';
import * as statuses from './20261127-83-statuses-apart.ts';
import * as orderIndexChanges from './20261127-84-order-index-changes.ts';
import * as undo from './20261127-60-undo.ts';
import * as missingDays from './20261127-90-missing-days.ts';
import * as preview from './20261127-61-preview.ts';
import * as intake from './20261127-97-intake.ts';
import * as doorKeys from './20261127-98-door-keys.ts';
import * as telegramBot from './20261127-92-telegram-bot.ts';
import * as telegramBindings from './20261127-93-telegram-bindings.ts';
import * as packedChunks from './20261127-140-packed-chunks.ts';
import * as lateAlbumParts from './20261127-130-late-album-parts.ts';
import * as retention from './20261127-141-retention.ts';
import * as autovacuum from './20261127-142-autovacuum.ts';
import * as sizeSamples from './20261127-143-size-samples.ts';
import * as auditBase from './20261127-144-audit-base.ts';
import * as historyIndexes from './20261127-150-history-indexes.ts';
import * as clientTails from './20261127-84-client-tails.ts';
import * as statusesAtOnce from './20261127-82-statuses-at-once.ts';
import * as pricesOfOrders from './20261128-03-prices-of-orders.ts';
import * as languagesOfTheCode from './20261128-04-languages-of-the-code.ts';
import * as coarseValues from './20261128-05-coarse-values.ts';
import * as ordersOutOfSale from './20261128-06-orders-out-of-sale.ts';
import * as mergeRanks from './20261128-07-merge-ranks.ts';
import * as statusesTold from './20261128-08-statuses-told.ts';
import * as recordsWithoutId from './20261128-09-records-without-id.ts';
import * as filesOfRecords from './20261128-10-files-of-records.ts';
import * as statusesMoved from './20261128-11-statuses-moved.ts';
import * as triggersInOnePass from './20261128-02-triggers-in-one-pass.ts';
import * as codesEndWithSignIns from './20261128-01-codes-end-with-sign-ins.ts';

interface Migration {
  name: string;
  up(knex: Knex): Promise<void>;
  down(knex: Knex): Promise<void>;
  /**
   * builds indexes on tables in use without holding up who writes: outside a transaction, each statement by itself,
   * repeatable
   */
  concurrently?: true;
}

export const migrations: readonly Migration[] = [
  { name: '20261122-01-people', ...people },
  { name: '20261122-02-files', ...files },
  { name: '20261122-03-records', ...records },
  { name: '20261122-04-orders', ...orders },
  { name: '20261122-05-order-indexes', ...orderIndexes },
  { name: '20261122-06-operations', ...operations },
  { name: '20261127-01-stored-bytes', ...storedBytes },
  { name: '20261127-07-row-error-severity', ...rowErrorSeverity },
  { name: '20261127-08-odd-times-and-retries', ...oddTimes },
  { name: '20261127-10-sealed-times', ...sealedTimes },
  { name: '20261127-11-decided-roles', ...decidedRoles },
  { name: '20261127-70-search-tails', ...searchTails },
  { name: '20261127-80-order-sums', ...orderSums },
  { name: '20261127-81-export-turns', ...exportTurns },
  { name: '20261127-83-upload-doors', ...uploadDoors },
  { name: '20261127-72-invitations', ...invitations },
  { name: '20261127-60-undo', ...undo },
  { name: '20261127-61-preview', ...preview },
  { name: '20261127-90-missing-days', ...missingDays },
  { name: '20261127-82-guards-instead-of-keys', ...guards },
  { name: '20261127-83-statuses-apart', ...statuses },
  { name: '20261127-84-order-index-changes', ...orderIndexChanges },
  { name: '20261127-97-intake', ...intake },
  { name: '20261127-98-door-keys', ...doorKeys },
  { name: '20261127-92-telegram-bot', ...telegramBot },
  { name: '20261127-93-telegram-bindings', ...telegramBindings },
  { name: '20261127-140-packed-chunks', ...packedChunks },
  { name: '20261127-130-late-album-parts', ...lateAlbumParts },
  { name: '20261127-141-retention', ...retention },
  { name: '20261127-142-autovacuum', ...autovacuum },
  { name: '20261127-143-size-samples', ...sizeSamples },
  { name: '20261127-144-audit-base', ...auditBase },
  { name: '20261127-150-history-indexes', ...historyIndexes },
  { name: '20261127-84-client-tails', ...clientTails },
  { name: '20261127-82-statuses-at-once', ...statusesAtOnce },
  { name: '20261128-01-codes-end-with-sign-ins', ...codesEndWithSignIns },
  { name: '20261128-02-triggers-in-one-pass', ...triggersInOnePass },
  { name: '20261128-03-prices-of-orders', ...pricesOfOrders },
  { name: '20261128-04-languages-of-the-code', ...languagesOfTheCode },
  { name: '20261128-05-coarse-values', ...coarseValues },
  { name: '20261128-06-orders-out-of-sale', ...ordersOutOfSale },
  { name: '20261128-07-merge-ranks', ...mergeRanks },
  { name: '20261128-08-statuses-told', ...statusesTold },
  { name: '20261128-09-records-without-id', ...recordsWithoutId },
  { name: '20261128-10-files-of-records', ...filesOfRecords },
  { name: '20261128-11-statuses-moved', ...statusesMoved },
];

/**
 * A migration that waits for a lock makes everybody wait who comes after it, plain reads included. It gives up soon and
 * is tried again (scripts/migrate/apply.ts).
 */
const LOCK_TIMEOUT = '2s';

function patiently(run: (knex: Knex) => Promise<void>): (knex: Knex) => Promise<void> {
  return async (knex) => {
    await knex.raw(`set local lock_timeout = '${LOCK_TIMEOUT}'`);
    await run(knex);
  };
}

export const migrationSource: Knex.MigrationSource<Migration> = {
  getMigrations: async () => [...migrations],
  getMigrationName: (migration) => migration.name,
  getMigration: async ({ up, down, concurrently }) =>
    concurrently === true ? { up, down, config: { transaction: false } } : { up: patiently(up), down: patiently(down) },
};
