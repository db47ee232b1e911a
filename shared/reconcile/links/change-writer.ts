/** Writes what of links and flags differs from what is stored to link_changes and flag_changes. */
import type { Client } from 'pg';
import type { GroupOutcome, ProofOutcome } from '../evaluate-group.ts';
import type { QueryQueue } from './cursor.ts';
import type { LoadedOrder, StoredProof } from './loaded.ts';

const FLUSH_ROWS = 5_000;

type OrderFlags = GroupOutcome['orders'][number];
type FlagChange = OrderFlags & { id: number };
type LinkChange = ProofOutcome & { kind: 'r' | 'p'; proofId: number; oldOrderId: number };

/** Collects differences and writes them in batches. */
export class ChangeWriter {
  private readonly queue: QueryQueue;
  private links: LinkChange[] = [];
  private flags: FlagChange[] = [];

  constructor(queue: QueryQueue) {
    this.queue = queue;
  }

  proof(kind: 'r' | 'p', stored: StoredProof & { id: number }, outcome: ProofOutcome): void {
    if (
      stored.linkedTo === outcome.orderId &&
      stored.rule === outcome.rule &&
      stored.wasAmbiguous === outcome.ambiguous
    )
      return;
    this.links.push({ kind, proofId: stored.id, oldOrderId: stored.orderId, ...outcome });
  }

  order(stored: LoadedOrder, outcome: OrderFlags): void {
    const same =
      stored.wasAmbiguous === outcome.ambiguous &&
      stored.duplicateReceipt === outcome.duplicateReceipt &&
      stored.duplicatePayment === outcome.duplicatePayment;
    if (same) return;
    this.flags.push({ id: stored.id, ...outcome });
  }

  async flushWhenFull(): Promise<void> {
    if (this.links.length >= FLUSH_ROWS || this.flags.length >= FLUSH_ROWS) await this.flush();
  }

  async flush(): Promise<void> {
    const { links, flags } = this;
    this.links = [];
    this.flags = [];
    if (links.length > 0) await this.queue.run((client) => writeLinks(client, links));
    if (flags.length > 0) await this.queue.run((client) => writeFlags(client, flags));
  }
}

/** A new proof was written with the order that was foreseen for it; now it changes hands like any other. */
export const OTHERWISE_THAN_FORESEEN = `
     on conflict (kind, proof_id) do update set
       order_id = excluded.order_id, rule = excluded.rule, ambiguous = excluded.ambiguous, is_new = false`;

async function writeLinks(client: Client, links: readonly LinkChange[]): Promise<void> {
  await client.query(
    `insert into work_link_changes (kind, proof_id, old_order_id, order_id, rule, ambiguous)
     select * from unnest($1::"char"[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::boolean[])
     ${OTHERWISE_THAN_FORESEEN}`,
    [
      links.map((l) => l.kind),
      links.map((l) => l.proofId),
      links.map((l) => l.oldOrderId),
      links.map((l) => l.orderId),
      links.map((l) => l.rule),
      links.map((l) => l.ambiguous),
    ],
  );
}

/** SQL: the flags of an order o without those that are said here. */
export const WITHOUT_DUPLICATES = `array_remove(array_remove(o.flags, 'duplicate_receipt'), 'duplicate_payment')`;

async function writeFlags(client: Client, flags: readonly FlagChange[]): Promise<void> {
  await client.query(
    `insert into work_flag_changes (order_id, ambiguous, flags)
     select o.id, c.ambiguous,
       ${WITHOUT_DUPLICATES}
         || case when c.duplicate_receipt then array['duplicate_receipt'] else '{}' end
         || case when c.duplicate_payment then array['duplicate_payment'] else '{}' end
     from unnest($1::bigint[], $2::boolean[], $3::boolean[], $4::boolean[])
       c (id, ambiguous, duplicate_receipt, duplicate_payment)
     join orders o on o.id = c.id`,
    [
      flags.map((f) => f.id),
      flags.map((f) => f.ambiguous),
      flags.map((f) => f.duplicateReceipt),
      flags.map((f) => f.duplicatePayment),
    ],
  );
}
