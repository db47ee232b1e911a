/** Goes through the whole chain and says what does not fit. Reads in batches; memory does not grow with the log. */
import type { Db } from '../db/client.ts';
import { selectRow } from '../db/rows.ts';
import { createChain, headText, readHead } from './chain.ts';
import { readBase, readSeals, standsOn } from './stored-chain.ts';
import { LATE_AFTER_MS, readTampering } from './tampering.ts';

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
  /** the sealer itself found the chain broken, and began a new one that names the break */
  | 'chain_restarted'
  /** the row's time lies before rows that were sealed long before it, or after its own sealing */
  | 'late_insert'
  /** rows and seals are gone from the end: the head says there were more */
  | 'cut_off'
  | 'head_missing'
  | 'head_forged'
  /** what says where the chain begins, after its oldest part went, was not written with this key */
  | 'base_forged'
  /** nothing is left although there were rows once */
  | 'emptied'
  /** the sealer saw that the anchor had lost heads */
  | 'anchor_shortened'
  /** the heads of log and anchor contradict each other at this place */
  | 'fork'
  /** the log knows a later head, or another seal at that place */
  | 'older_than_log';

export interface AuditFault {
  kind: AuditFaultKind;
  seq: string | null;
  auditId: string | null;
}

/** What this verification had nothing to compare with. */
export type NotChecked =
  /** no head from outside: rows, seals and head cut off together would not show */
  | 'no_outside_head'
  /** seals of before their time was sealed: rows inserted late among them would not show */
  | 'untimed_seals'
  /** rows that were sealed long after they were written: no api ran meanwhile, or somebody had them sealed anew */
  | 'late_seals';

export interface AuditVerdict {
  ok: boolean;
  sealed: number;
  head: string | null;
  /** rows not sealed yet; old ones mean that no api with AUDIT_KEY runs */
  unsealed: number;
  unsealedOlderThanGrace: number;
  faults: AuditFault[];
  notChecked: NotChecked[];
}

/** @param outsideHeads heads from the services' log and from AUDIT_ANCHOR, as headText spells them */
export async function verifyAudit(
  db: Db,
  auditKey: string,
  outsideHeads: readonly string[] = [],
): Promise<AuditVerdict> {
  const chain = createChain(auditKey);
  const faults: AuditFault[] = [];
  const fault = (kind: AuditFaultKind, seq: bigint | null, auditId: string | null) => {
    if (faults.length < MAX_FAULTS) faults.push({ kind, seq: seq === null ? null : String(seq), auditId });
  };
  const outside = sealsBySeq(outsideHeads);
  for (const [seq, seals] of outside) if (seals.size > 1) fault('fork', BigInt(seq), null);
  const base = await readBase(db, chain);
  if (base === 'forged') fault('base_forged', null, null);
  let { seq, seal: previous } = base === 'forged' ? { seq: 0n, seal: chain.genesis } : base;
  let timedBefore: string | null = null;
  let untimed = false;
  let sealedLate = false;
  const late = new Set<string>();
  const tellLate = (at: bigint | null, auditId: string): void => {
    if (!late.has(auditId)) fault('late_insert', at, auditId);
    late.add(auditId);
  };
  for (;;) {
    const rows = await readSeals(db, seq, BATCH_COUNT);
    for (const row of rows) {
      const expected = seq + 1n;
      if (BigInt(row.seq) !== expected) fault('seal_missing', expected, null);
      seq = BigInt(row.seq);
      if (row.key_id !== chain.keyId) fault('other_key', seq, row.audit_id);
      else if (row.id === null) fault('row_missing', seq, row.audit_id);
      else {
        const stands = standsOn(chain, previous, seq, { ...row, id: row.id });
        if (stands === 'nothing') fault('broken_link', seq, row.audit_id);
        if (stands === 'break') fault('chain_restarted', seq, row.audit_id);
      }
      if (!row.time_sealed) untimed = true;
      else if (row.id !== null && isLate(row, timedBefore)) tellLate(seq, row.audit_id);
      else sealedLate ||= Date.parse(row.at) < Date.parse(row.sealed_at) - LATE_AFTER_MS;
      const told = readTampering(row.tampering);
      if (told.what === 'anchor_shortened') fault('anchor_shortened', seq, row.audit_id);
      for (const id of told.rows) tellLate(null, id);
      if (row.time_sealed) timedBefore = row.sealed_at;
      if ([...(outside.get(row.seq) ?? [])].some((known) => known !== row.seal.toString('hex')))
        fault('older_than_log', seq, row.audit_id);
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
  for (const known of outside.keys()) if (BigInt(known) > seq) fault('older_than_log', BigInt(known), null);
  const tail = await selectRow<{ count: number; old: number; emptied: boolean }>(
    db,
    `select count(*)::int as count,
            count(*) filter (where a.at < clock_timestamp() - interval '${TAIL_GRACE_S} s')::int as old,
            not exists (select from audit_log)
              and (pg_sequence_last_value(pg_get_serial_sequence('audit_log', 'id')::regclass) is not null
                   or exists (select from users)) as emptied
     from audit_log a
     where not exists (select from audit_seals s where s.audit_id = a.id)`,
  );
  if (tail?.emptied === true && seq === 0n) fault('emptied', null, null);
  return {
    ok: faults.length === 0,
    sealed: Number(seq),
    head: seq === 0n ? null : headText({ seq, seal: previous }),
    unsealed: tail?.count ?? 0,
    unsealedOlderThanGrace: tail?.old ?? 0,
    faults,
    notChecked: [
      ...(outside.size === 0 ? ['no_outside_head' as const] : []),
      ...(untimed ? ['untimed_seals' as const] : []),
      ...(sealedLate ? ['late_seals' as const] : []),
    ],
  };
}

/** All seals that were told of a place: more than one means that there were two chains. */
function sealsBySeq(heads: readonly string[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const text of heads) {
    const head = readHead(text);
    if (head === null) continue;
    const seq = String(head.seq);
    found.set(seq, (found.get(seq) ?? new Set()).add(head.seal.toString('hex')));
  }
  return found;
}

/** Rows that waited because no api ran are older than their seal, but not than the seal before theirs. */
function isLate(row: { at: string; sealed_at: string }, before: string | null): boolean {
  const [at, sealedAt] = [Date.parse(row.at), Date.parse(row.sealed_at)];
  return at > sealedAt + LATE_AFTER_MS || (before !== null && at < Date.parse(before) - LATE_AFTER_MS);
}
