import type { Client } from 'pg';

/**
 * An order is settled while an accept of its own acts (rules.md section 5.3): one that was withdrawn or whose
 * underlying row changed no longer does, and an orphan's follows its proof. Decisions are few, so all of them are
 * compared each time.
 */
export async function followDecisions(client: Client): Promise<void> {
  await client.query(`
    with acting as (
      select distinct o.id from manual_decisions d join orders o on o.id = d.order_id
        and o.proof_source is not distinct from d.proof_source and o.proof_id is not distinct from d.proof_id
      where d.kind = 'accept' and d.stale_at is null and d.undone_at is null
    ), changed as (
      select coalesce(a.id, s.id) as id, a.id is not null as settled
      from acting a
      full join (select id from orders where settled) s on s.id = a.id
      where a.id is null or s.id is null
    )
    update orders o set settled = c.settled, updated_at = now() from changed c where o.id = c.id`);
}
