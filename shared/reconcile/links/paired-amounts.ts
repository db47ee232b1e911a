/**
 * An order that holds a proof of another amount by hand is looked at with the proofs of that amount too: they may be
 * its duplicates (rules.md section 5.1). So the amounts of such a pair fall into one class (scope.ts), while the link
 * acts and in the evaluation that follows its end or a change of either.
 */

/** SQL, relation: order_id and amount of the links by hand that act or have ended in this transaction. */
const HELD_BY_HAND = `(
        select d.order_id, x.amount
        from manual_decisions d
        cross join lateral (
          select amount from fiscal_receipts where d.proof_source = 'fiscal_bills' and id = d.proof_id
          union all
          select amount from gateway_payments where d.proof_source <> 'fiscal_bills' and id = d.proof_id
        ) x
        where d.kind = 'link' and x.amount <> 0
          and (d.stale_at is null or d.stale_at = now()) and (d.undone_at is null or d.undone_at = now())
      )`;

/** SQL: the pairs of price and amount that are looked at together. */
export const PAIRED_AMOUNTS = `
    select distinct array[o.price::text, h.amount::text] as amounts
    from ${HELD_BY_HAND} h
    join orders o on o.id = h.order_id
    where o.price <> 0 and o.price <> h.amount
    union
    select distinct array[price::text, amount::text] from work_paired`;

/**
 * SQL: keeps what the orders of a relation cost and hold by hand, before either changes.
 * @param orders SQL, relation: ids of orders as order_id
 */
export const keepPairs = (orders: string): string => `
      insert into work_paired (price, amount)
      select o.price, h.amount
      from ${HELD_BY_HAND} h
      join orders o on o.id = h.order_id
      where h.order_id in (select order_id from ${orders}) and o.price <> 0 and o.price <> h.amount`;
