/** Taking imports back leaves what would be had they never come, table by table. */
import assert from 'node:assert/strict';
import type pg from 'pg';
import { numberCartRows } from '../../shared/ingest/merge.ts';
import { dropStaging } from '../../shared/ingest/staging.ts';
import { takeMergeLock } from '../../shared/reconcile/merge-lock.ts';
import { findHolders, keepKeys } from '../../shared/undo/holders.ts';
import type { ReceiptPart } from '../../shared/undo/receipt-part.ts';
import type { Holder } from '../../shared/undo/replay.ts';
import { createKeys, takeBack } from '../../shared/undo/take-back.ts';
import { acceptFile, emptyDatabase, loadReport, stageReport } from '../support/load-report.ts';
import { openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { overlappingWorld } from '../support/reference/overlapping-world.ts';
import { createChance } from '../support/reference/random.ts';
import { renderReport } from '../support/reference/render-reports.ts';
import type { World, WorldFile } from '../support/reference/world.ts';
import { assertSamePicture, pictureOf } from '../support/world-picture.ts';
import { isLong } from '../support/long.ts';

const WORLD_COUNT = isLong ? 400 : Number(process.env['TEST_WORLDS'] ?? 2);
const FIRST_SEED = Number(process.env['TEST_SEED'] ?? 1);

describe('imports that are taken back', function () {
  this.timeout(60_000 + WORLD_COUNT * 60_000);
  let database: TestDatabase;
  let client: pg.Client;

  before(async () => {
    database = await createTestDatabase();
    client = await openTestClient(database.url);
  });
  after(async () => {
    await client.end();
    await database.drop();
  });

  interface Loaded {
    fileId: string;
    seq: string;
    file: WorldFile;
  }

  const matchingOf = (world: World) => ({ ...world.config, amountTolerance: String(world.config.amountTolerance) });

  async function load(world: World, file: WorldFile): Promise<Loaded> {
    const accepted = await acceptFile(client, file.name);
    await loadReport(client, matchingOf(world), accepted, renderReport(file));
    return { ...accepted, file };
  }

  async function undo(world: World, loaded: readonly Loaded[], undone: Loaded, dryRun = false): Promise<ReceiptPart> {
    await client.query('begin');
    await takeMergeLock(client);
    await createKeys(client, undone.fileId);
    const holders: Holder[] = [];
    for (const fileId of await findHolders(client, undone.file.source, undone.fileId)) {
      const held = loaded.find((one) => one.fileId === fileId);
      assert.ok(held);
      const { staging, source } = await stageReport(client, fileId, renderReport(held.file), '2');
      if (source.name === 'happy_workers') await numberCartRows(client, staging);
      await keepKeys(client, staging, fileId);
      holders.push({ fileId, seq: held.seq, staging, identities: null });
    }
    const part = await takeBack(client, {
      file: { id: undone.fileId, name: undone.file.name, source: undone.file.source },
      holders,
      matching: matchingOf(world),
    });
    for (const { staging } of holders) await dropStaging(client, staging);
    await client.query('delete from file_effects where file_id = $1', [undone.fileId]);
    await client.query(`update uploaded_files set status = 'undone' where id = $1`, [undone.fileId]);
    await client.query(dryRun ? 'rollback' : 'commit');
    return part;
  }

  it(`leave the world that never had them, and their receipts were told before (${WORLD_COUNT} worlds)`, async () => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + WORLD_COUNT; seed++) {
      const { world, files } = overlappingWorld(seed);
      const chance = createChance(seed + 2_000_000);
      const gone = files.map(() => chance.happens(0.4));
      await emptyDatabase(client);
      for (const [index, file] of files.entries()) if (gone[index] !== true) await load(world, file);
      const never = await pictureOf(client);
      await emptyDatabase(client);
      const loaded: Loaded[] = [];
      for (const file of files) loaded.push(await load(world, file));
      const undone = loaded.filter((_, index) => gone[index]).toSorted(() => chance.next() - 0.5);
      for (const [index, one] of undone.entries()) {
        // a dry run costs as much as a real one: one a world
        const told = index === 0 ? await undo(world, loaded, one, true) : null;
        const done = await undo(world, loaded, one);
        if (told !== null) assert.deepEqual(done, told, `world ${seed}, ${one.file.name}`);
      }
      assertSamePicture(
        await pictureOf(client),
        never,
        `world ${seed} without ${undone.map((one) => one.file.name).join(', ')}`,
      );
      const left = loaded.filter((_, index) => gone[index] !== true);
      for (const one of left) await undo(world, loaded, one);
      for (const [table, rows] of Object.entries(await pictureOf(client)))
        assert.deepEqual(rows, [], `world ${seed}, ${table}`);
    }
  });
});
