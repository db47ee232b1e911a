/**
 * Links of proofs that are about to become records, so that each is written once, with its order. A proof that no other
 * proof of its kind vies with for the one order in whose window it lies, or that lies in no window, leaves nothing to
 * choose (links/candidates.ts), and what else is stored stays as it is. All others are evaluated when they are there.
 */
import type { Client } from 'pg';
import type { MatchingConfig } from '../../config.ts';
import { LOOKBACK_S } from '../../rules/windows.ts';
import { createAmountClasses } from '../scope.ts';
import { analyzeWorkTable, emptyWorkTable } from '../work-tables.ts';
import {
  ACTING,
  lookAroundEach,
  MOST_ORDERS_OF_PROOF,
  nearPrice,
  ordersAround,
  type ProofKind,
  RECEIPTS,
} from './candidates.ts';

/**
 * Fills the work table foreseen, with null for a proof that stands alone, and notes in positions where the proofs that
 * are not in it will stand.
 * @param rows SQL, relation: row_index and the columns of the records-to-be, of which none is stored yet
 */
export async function foreseeLinks(
  client: Client,
  matching: MatchingConfig,
  { proof, rows }: { proof: ProofKind; rows: string },
): Promise<void> {
  const isReceipt = proof === RECEIPTS;
  const isSplit = 'x.cash_amount > 0 and x.card_amount > 0';
  const amounts = isReceipt
    ? `case when ${isSplit} then array[x.amount, x.cash_amount, x.card_amount] else array[x.amount] end`
    : 'array[x.amount]';
  const amountCount = await createAmountClasses({ client, matching }, { rows, amounts, hasColumns: isReceipt });
  const windowS = proof.window(matching);
  const back = `make_interval(secs => ${windowS} + case when l.has_hw then 0 else ${LOOKBACK_S} end)`;
  const foreseen = await lookAroundEach(
    client,
    `
    insert into work_foreseen (row_index, order_id, rule)
    with lying as materialized (
      select x.row_index, o.id as order_id, o.time, o.has_hw, o.ambiguous, a.class,
        ${proof.rule(nearPrice(matching))} as rule,
        count(o.id) over (partition by x.row_index) as orders_of_proof,
        count(*) over (partition by o.id) as proofs_of_order
      from ${rows} x
      join work_class_amounts a on a.amount = x.amount
      left join ${ordersAround(proof, windowS, 'a.amounts')} o on true
      where ${proof.proves}
    )
    select l.row_index, case when l.rule is not null then l.order_id end as order_id, l.rule
    from lying l
    join (select distinct class, amounts from work_class_amounts) a on a.class = l.class
    where not exists (select 1 from lying c where c.orders_of_proof > ${MOST_ORDERS_OF_PROOF})
      and (l.order_id is null
      or l.orders_of_proof = 1 and l.proofs_of_order = 1 and not l.ambiguous
        and l.order_id not in (select d.order_id from manual_decisions d where ${ACTING})
        and not exists (
          select 1
          from ${proof.table} x
          where x.amount = any (a.amounts) and ${proof.proves}
            and x.${proof.time} between l.time - ${back} and l.time + make_interval(secs => ${windowS})
        ))`,
  );
  await analyzeWorkTable(client, 'work_foreseen', { rows: foreseen });
  await client.query(`
    insert into work_positions (amount, time_from, time_to)
    select v.amount, x.${proof.time}, x.${proof.time}
    from ${rows} x
    cross join lateral unnest(${amounts}) v (amount)
    where ${proof.proves} and v.amount <> 0 and x.row_index not in (select f.row_index from work_foreseen f)`);
  await emptyWorkTable(client, 'work_class_amounts', amountCount);
}
