/**
 * The keyed chain over the audit log: each seal is an HMAC over the seal before it and the row, with a key kept outside the database. Changing,
 * removing, reordering or cutting off rows cannot be made good without the key.
 */
import { createHash, createHmac } from 'node:crypto';

/** A row as text, the same for everybody who reads it: times in UTC to the microsecond, details as PostgreSQL spells jsonb. */
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

/** Columns that make a SealedRow; `a` is audit_log. */
export const SEALED_COLUMNS = `a.id::text, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, a.actor_id::text as "actorId",
  a.action, a.subject, a.address, a.request_id as "requestId", a.details::text as details`;

export interface Chain {
  /** tells keys apart without telling the key */
  keyId: string;
  /** what the first seal stands on */
  genesis: Buffer;
  seal(previous: Buffer, seq: bigint, row: SealedRow): Buffer;
  /** what proves where the chain ends */
  headMac(seq: bigint, seal: Buffer): Buffer;
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
  return {
    keyId: createHash('sha256').update(`audit key id\0${auditKey}`).digest('hex').slice(0, 16),
    genesis: mac('genesis'),
    seal: (previous, seq, row) =>
      mac(
        'row',
        previous,
        String(seq),
        JSON.stringify([row.id, row.at, row.actorId, row.action, row.subject, row.address, row.requestId, row.details]),
      ),
    headMac: (seq, seal) => mac('head', String(seq), seal),
  };
}
