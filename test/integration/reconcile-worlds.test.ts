import assert from 'node:assert/strict';
import pg from 'pg';
import type { Executor } from '../../shared/reconcile/context.ts';
import { createWorkTables } from '../../shared/reconcile/work-tables.ts';
import { reconcileTouched, touchPeriod } from '../../shared/reconcile/engine.ts';
import { refreshSums } from '../../shared/sums/refresh-sums.ts';
import { acceptFile, emptyDatabase, loadReport } from '../support/load-report.ts';
import { assertSumsKept, assertSumsOf } from '../support/recount-sums.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { createChance } from '../support/reference/random.ts';
import { randomWorld } from '../support/reference/random-world.ts';
import { reconcileReference } from '../support/reference/reference.ts';
import { renderReport } from '../support/reference/render-reports.ts';
import type { World } from '../support/reference/world.ts';
import { isLong } from '../support/long.ts';

const WORLD_COUNT = isLong ? 400 : Number(process.env['TEST_WORLDS'] ?? 3);
const FIRST_SEED = Number(process.env['TEST_SEED'] ?? 1);

const RULES: Record<string, string> = {
  assigned: 'assignment',
  decision: 'manual',
  gateway_wrong: 'other_gateway',
  other_column: 'other_column',
  excess: 'not_needed',
  return: 'return',
};

type Picture = Record<string, unknown>;

/** What the database says, in the words of the reference. */
async function stored(client: pg.Client): Promise<Picture> {
  const { rows } = await client.query<Record<string, unknown>>(`
    select o.id, o.order_number, o.status, o.pending, o.issues, o.payment_type, o.proof_source,
      coalesce(r.natural_key, p.natural_key) as own_key,
      coalesce((
        select json_agg(json_build_array(l.source || ':' || l.natural_key, l.link_rule)
          order by l.source || ':' || l.natural_key collate "C") from (
          select 'fiscal_bills' as source, natural_key, link_rule from fiscal_receipts
          where order_id = o.id and link_rule is not null
          union all select gateway, natural_key, link_rule from gateway_payments
          where order_id = o.id and link_rule is not null
        ) l), '[]') as links
    from orders o
    left join fiscal_receipts r on o.proof_source = 'fiscal_bills' and r.id = o.proof_id
    left join gateway_payments p on o.proof_source <> 'fiscal_bills' and p.id = o.proof_id`);
  const picture: Picture = {};
  for (const row of rows) {
    if (row['order_number'] === null) {
      picture[`${row['proof_source'] as string}:${row['own_key'] as string}`] = {
        status: row['status'],
        pending: row['pending'],
      };
    } else {
      const links = (row['links'] as [string, string][]).map(([proof, rule]) => [proof, RULES[rule]]);
      picture[row['order_number'] as string] = {
        status: row['status'],
        pending: row['pending'],
        issues: row['issues'],
        paymentType: row['payment_type'],
        links,
      };
    }
  }
  return picture;
}

function expected(world: World): Picture {
  const result = reconcileReference(world);
  const picture: Picture = {};
  for (const [number, order] of result.orders) {
    const links = order.proofs
      .map(({ proof, rule }) => [proof, rule])
      .sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1));
    picture[number] = {
      status: order.status,
      pending: order.pending,
      issues: [...order.issues].sort(),
      paymentType: order.paymentType,
      links,
    };
  }
  for (const [proof, orphan] of result.orphans) picture[proof] = { status: orphan.status, pending: orphan.pending };
  return picture;
}

const matchingOf = ({ config }: World) => ({
  hwVendhubWindowS: config.hwVendhubWindowS,
  fiscalWindowS: config.fiscalWindowS,
  gatewayWindowS: config.gatewayWindowS,
  amountTolerance: String(config.amountTolerance),
});

describe('reconciliation of random small worlds', function () {
  // two loads a world; on a machine that others use too each takes many times as long
  this.timeout(60_000 + WORLD_COUNT * 60_000);
  let database: TestDatabase;
  let client: pg.Client;

  before(async () => {
    database = await createTestDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
    // what is proved here is the outcome, not the plan: compiling expressions would take most of the time
    await client.query('set jit = off');
  });

  after(async () => {
    await client.end();
    await database.drop();
  });

  const load = async (world: World, order: readonly number[], executor?: Executor): Promise<void> => {
    await emptyDatabase(client);
    const matching = matchingOf(world);
    const accepted = [];
    for (const file of world.files) accepted.push(await acceptFile(client, file.name));
    for (const index of order) {
      const file = world.files[index];
      const row = accepted[index];
      if (file !== undefined && row !== undefined)
        await loadReport(client, matching, row, renderReport(file), null, { executor });
    }
  };

  it(`agrees with the plain reference whatever the order of loading (${WORLD_COUNT} worlds)`, async () => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + WORLD_COUNT; seed++) {
      const world = randomWorld(seed);
      const wanted = expected(world);
      const chance = createChance(seed);
      const forward = world.files.map((_, index) => index);
      const shuffled = [...forward].sort(() => chance.next() - 0.5);
      const ways: [number[], Executor][] = [
        [forward, 'sql'],
        [shuffled, seed % 2 === 0 ? 'sql' : 'code'],
      ];
      if (isLong) ways.push([shuffled, seed % 2 === 0 ? 'code' : 'sql']);
      for (const [order, executor] of ways) {
        await load(world, order, executor);
        const told = `world ${seed}, files in order ${order.join(',')}, executor ${executor}`;
        assert.deepEqual(await stored(client), wanted, told);
        await assertSumsKept(client, matchingOf(world), `sums of ${told}`);
      }
    }
  });

  it('changes nothing when everything is evaluated again', async () => {
    const world = randomWorld(7);
    await load(
      world,
      world.files.map((_, index) => index),
    );
    const before = await stored(client);
    const history = await client.query(`select count(*) as count from order_changes`);
    await client.query('begin');
    await createWorkTables(client);
    await touchPeriod(client, { from: null, to: null });
    const matching = matchingOf(world);
    const { ordersChanged } = await reconcileTouched({ client, matching, cause: { kind: 'recompute' } });
    await client.query('commit');
    assert.equal(ordersChanged, 0);
    assert.deepEqual(await stored(client), before);
    assert.deepEqual((await client.query(`select count(*) as count from order_changes`)).rows, history.rows);
  });

  it('gives the sums of any period exactly, whether its days are whole, cut or not counted yet', async () => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + 4; seed++) {
      const world = randomWorld(seed);
      await load(
        world,
        world.files.map((_, index) => index),
      );
      const { rows } = await client.query<{ time: Date }>('select time from orders order by time');
      const chance = createChance(seed);
      const somewhere = (): Date => {
        const near = rows[Math.floor(chance.next() * rows.length)]?.time ?? new Date();
        return new Date(near.getTime() + Math.round((chance.next() - 0.5) * 4 * 3_600_000));
      };
      for (let round = 0; round < 8; round++) {
        if (round === 4)
          await client.query(`update orders set price = price + 1, time = time + interval '3 hours' where id % 3 = 0`);
        const [a, b] = [somewhere(), somewhere()].sort((one, other) => one.getTime() - other.getTime()) as [Date, Date];
        const period = { from: round % 3 === 2 ? null : a, to: round % 4 === 3 ? null : b };
        await assertSumsOf(client, matchingOf(world), period, `world ${seed}, round ${round}`);
      }
      // few rows at once: the rest waits for the rounds after
      await client.query('begin');
      let rounds = 0;
      while ((await refreshSums(client, matchingOf(world), 1)) > 0) rounds += 1;
      await client.query('commit');
      assert.ok(rounds > 0);
      await assertSumsKept(client, matchingOf(world), `world ${seed} after ${rounds} rounds`);
    }
  });
});
