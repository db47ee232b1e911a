/** The chain as it is stored: its links with their rows, and where it begins. */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRow, selectRows } from '../db/rows.ts';
import { type Chain, type Head, SEALED_COLUMNS, type SealedRow, textOfTime } from './chain.ts';

export interface SealRow {
  seq: string;
  audit_id: string;
  seal: Buffer;
  key_id: string;
  sealed_at: string;
  time_sealed: boolean;
  id: string | null;
  remembered: string | null;
  /** of a row that tells of tampering: whatever stands there, since the application's account can add such a row too */
  tampering: unknown;
  /** sealed longer ago than was asked for */
  old: boolean;
}

/** The links after a place, in order; `old` says which were sealed more than `days` ago. */
export function readSeals(
  db: DbOrTransaction,
  after: bigint,
  count: number,
  days = 0,
): Promise<(SealRow & Omit<SealedRow, 'id'>)[]> {
  return selectRows(
    db,
    `select s.seq::text as seq, s.audit_id::text as audit_id, s.seal, s.key_id, s.time_sealed,
            ${textOfTime('s.sealed_at')} as sealed_at,
              s.sealed_at < clock_timestamp() - make_interval(days => ?) as old,
            case when a.action = 'audit.chain_broken' then coalesce(a.details->>'remembered', '') end as remembered,
            case when a.action = 'audit.tampered' then a.details end as tampering,
            ${SEALED_COLUMNS}
     from audit_seals s left join audit_log a on a.id = s.audit_id
     where s.seq > ?
     order by s.seq
     limit ?`,
    [days, String(after), count],
  );
}

/**
 * What the first link that is there stands on: the chain's own beginning, or the last link that went after its time.
 */
export async function readBase(db: DbOrTransaction, chain: Chain): Promise<Head | 'forged'> {
  const row = await selectRow<{ seq: string; seal: Buffer; mac: Buffer }>(
    db,
    'select seq::text, seal, mac from audit_base',
  );
  if (row === null) return { seq: 0n, seal: chain.genesis };
  const base = { seq: BigInt(row.seq), seal: row.seal };
  return chain.baseMac(base.seq, base.seal).equals(row.mac) ? base : 'forged';
}

/** What a link stands on: the one before it, a break that it names itself, or nothing that is known. */
export function standsOn(
  chain: Chain,
  previous: Buffer,
  seq: bigint,
  row: SealRow & SealedRow,
): 'previous' | 'break' | 'nothing' {
  const sealedAt = row.time_sealed ? row.sealed_at : null;
  if (chain.seal(previous, seq, row, sealedAt).equals(row.seal)) return 'previous';
  if (row.remembered === null) return 'nothing';
  const remembered = row.remembered === '' ? null : row.remembered;
  return chain.seal(chain.restart(remembered), seq, row, sealedAt).equals(row.seal) ? 'break' : 'nothing';
}
