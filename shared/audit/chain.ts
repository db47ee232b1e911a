/**
 * The keyed chain over the audit log: each seal is an HMAC over the seal before it, the row and the time of sealing,
 * with a key kept outside the database. Changing, removing, reordering or cutting off rows cannot be made good without
 * the key.
 */
import { createHash, createHmac } from 'node:crypto';

/**
 * A row as text, the same for everybody who reads it: times in UTC to the microsecond, details as PostgreSQL spells
 * jsonb.
 */
export interface SealedRow {
  id: string;
  at: string;
  actorId: string | null;
  action: string;
  subject: string | null;
  address: string | null;
  requestId: string | null;
  details: string;
}

/** SQL that spells a time as SealedRow does. */
export const textOfTime = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Columns that make a SealedRow; `a` is audit_log. */
export const SEALED_COLUMNS = `a.id::text, ${textOfTime('a.at')} as at, a.actor_id::text as "actorId",
  a.action, a.subject, a.address, a.request_id as "requestId", a.details::text as details`;

/** Whoever writes seals, or removes some, holds this advisory lock. */
export const SEAL_LOCK = `hashtextextended('vhm24r audit seal', 0)`;

/** Where a chain ends, or ended once. */
export interface Head {
  seq: bigint;
  seal: Buffer;
}

/** A head as people and logs write it. */
export const headText = (head: Head): string => `${head.seq}:${head.seal.toString('hex')}`;

/** Reads what headText wrote; null for anything else. */
export function readHead(text: string): Head | null {
  const [, seq, seal] = /^(\d{1,18}):([0-9a-f]{64})$/.exec(text) ?? [];
  return seq === undefined || seal === undefined ? null : { seq: BigInt(seq), seal: Buffer.from(seal, 'hex') };
}

export interface Chain {
  /** tells keys apart without telling the key */
  keyId: string;
  /** what the first seal stands on */
  genesis: Buffer;
  /** @param sealedAt the database's time as textOfTime spells it; null = a seal of before times were sealed */
  seal(previous: Buffer, seq: bigint, row: SealedRow, sealedAt: string | null): Buffer;
  /** What the first seal after a break stands on: the head that was remembered, or nothing. */
  restart(remembered: string | null): Buffer;
  /** what proves where the chain ends */
  headMac(seq: bigint, seal: Buffer): Buffer;
  /** what proves where it begins, once its oldest part went after its time */
  baseMac(seq: bigint, seal: Buffer): Buffer;
}

export function createChain(auditKey: string): Chain {
  const mac = (label: string, ...parts: (string | Buffer)[]): Buffer => {
    const hmac = createHmac('sha256', auditKey).update(label);
    // lengths between the parts: no two lists of parts read the same
    for (const part of parts) {
      const bytes = Buffer.from(part);
      hmac.update(`\0${bytes.length}\0`).update(bytes);
    }
    return hmac.digest();
  };
  const textOf = (row: SealedRow) =>
    JSON.stringify([row.id, row.at, row.actorId, row.action, row.subject, row.address, row.requestId, row.details]);
  return {
    keyId: createHash('sha256').update(`audit key id\0${auditKey}`).digest('hex').slice(0, 16),
    genesis: mac('genesis'),
    seal: (previous, seq, row, sealedAt) =>
      sealedAt === null
        ? mac('row', previous, String(seq), textOf(row))
        : mac('timed row', previous, String(seq), sealedAt, textOf(row)),
    restart: (remembered) => mac('restart', remembered ?? ''),
    headMac: (seq, seal) => mac('head', String(seq), seal),
    baseMac: (seq, seal) => mac('base', String(seq), seal),
  };
}
