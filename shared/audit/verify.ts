/** Goes through the whole chain and says what does not fit. Reads in batches; memory does not grow with the log. */
import type { Db } from '../db/client.ts';
import { selectRow, selectRows } from '../db/rows.ts';
import { createChain, SEALED_COLUMNS, type SealedRow } from './chain.ts';

const BATCH_COUNT = 5_000;
const MAX_FAULTS = 50;
/** A row waits about a second for its seal, longer while no api runs. */
const TAIL_GRACE_S = 60;

export type AuditFaultKind =
  /** the row differs from what was sealed, or a seal before it does */
  | 'broken_link'
  | 'row_missing'
  | 'seal_missing'
  | 'other_key'
  /** rows and seals are gone from the end: the head says there were more */
  | 'cut_off'
  | 'head_missing'
  | 'head_forged'
  /** the log knows a later head, or another seal at that place */
  | 'older_than_log';

export interface AuditFault {
  kind: AuditFaultKind;
  seq: string | null;
  auditId: string | null;
}

export interface AuditVerdict {
  ok: boolean;
  sealed: number;
  head: string | null;
  /** rows not sealed yet; old ones mean that no api with AUDIT_KEY runs */
  unsealed: number;
  unsealedOlderThanGrace: number;
  faults: AuditFault[];
}

interface SealRow {
  seq: string;
  audit_id: string;
  seal: Buffer;
  key_id: string;
  id: string | null;
}

/** @param loggedHeads heads from the services' log, as `seq:seal` */
export async function verifyAudit(db: Db, auditKey: string, loggedHeads: readonly string[] = []): Promise<AuditVerdict> {
  const chain = createChain(auditKey);
  const faults: AuditFault[] = [];
  const fault = (kind: AuditFaultKind, seq: bigint | null, auditId: string | null) => {
    if (faults.length < MAX_FAULTS) faults.push({ kind, seq: seq === null ? null : String(seq), auditId });
  };
  const logged = new Map(loggedHeads.map((text) => [text.split(':')[0] ?? '', text.split(':')[1] ?? '']));
  let previous = chain.genesis;
  let seq = 0n;
  for (;;) {
    const rows = await selectRows<SealRow & Omit<SealedRow, 'id'>>(
      db,
      `select s.seq::text as seq, s.audit_id::text as audit_id, s.seal, s.key_id, ${SEALED_COLUMNS}
       from audit_seals s left join audit_log a on a.id = s.audit_id where s.seq > ? order by s.seq limit ${BATCH_COUNT}`,
      [String(seq)],
    );
    for (const row of rows) {
      const expected = seq + 1n;
      if (BigInt(row.seq) !== expected) fault('seal_missing', expected, null);
      seq = BigInt(row.seq);
      if (row.key_id !== chain.keyId) fault('other_key', seq, row.audit_id);
      else if (row.id === null) fault('row_missing', seq, row.audit_id);
      else if (!chain.seal(previous, seq, { ...row, id: row.id }).equals(row.seal)) fault('broken_link', seq, row.audit_id);
      const known = logged.get(row.seq);
      if (known !== undefined && known !== row.seal.toString('hex')) fault('older_than_log', seq, row.audit_id);
      // on from what is stored: one fault is one line, not all that follow
      previous = row.seal;
    }
    if (rows.length < BATCH_COUNT) break;
  }
  const head = await selectRow<{ seq: string; mac: Buffer }>(db, 'select seq::text, mac from audit_head');
  if (head === null) {
    if (seq > 0n) fault('head_missing', seq, null);
  } else if (BigInt(head.seq) > seq) fault('cut_off', seq + 1n, null);
  else if (BigInt(head.seq) < seq || !chain.headMac(seq, previous).equals(head.mac)) fault('head_forged', seq, null);
  for (const known of logged.keys()) if (/^\d+$/.test(known) && BigInt(known) > seq) fault('older_than_log', BigInt(known), null);
  const tail = await selectRow<{ count: number; old: number }>(
    db,
    `select count(*)::int as count, count(*) filter (where a.at < now() - interval '${TAIL_GRACE_S} s')::int as old
     from audit_log a where not exists (select from audit_seals s where s.audit_id = a.id)`,
  );
  return {
    ok: faults.length === 0,
    sealed: Number(seq),
    head: seq === 0n ? null : `${seq}:${previous.toString('hex')}`,
    unsealed: tail?.count ?? 0,
    unsealedOlderThanGrace: tail?.old ?? 0,
    faults,
  };
}
