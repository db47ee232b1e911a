import type { Db } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import type { AuditAction } from './audit.ts';

export interface AuditRow {
  id: string;
  at: Date;
  actorId: string | null;
  actorName: string | null;
  action: AuditAction;
  subject: string | null;
  address: string | null;
  requestId: string | null;
  details: Record<string, unknown>;
  sealed: boolean;
}

export interface AuditFilter {
  actions?: readonly AuditAction[] | undefined;
  actorId?: string | undefined;
  subject?: string | undefined;
  address?: string | undefined;
  requestId?: string | undefined;
  /** inclusive */
  from?: Date | undefined;
  /** exclusive */
  to?: Date | undefined;
  /** ids below this one */
  before?: string | undefined;
  limit: number;
}

/** Newest first. Gives one more than asked where there is one. */
export function listAudit(db: Db, filter: AuditFilter): Promise<AuditRow[]> {
  const conditions: string[] = [];
  const bindings: unknown[] = [];
  const add = (condition: string, value: unknown) => {
    if (value === undefined) return;
    conditions.push(condition);
    bindings.push(value);
  };
  add('a.action = any(?::text[])', filter.actions);
  add('a.actor_id = ?', filter.actorId);
  add('a.subject = ?', filter.subject);
  add('a.address = ?', filter.address);
  add('a.request_id = ?', filter.requestId);
  add('a.at >= ?', filter.from);
  add('a.at < ?', filter.to);
  add('a.id < ?', filter.before);
  return selectRows<AuditRow>(
    db,
    `select a.id::text, a.at, a.actor_id::text as "actorId",
            coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.username, u.email) as "actorName",
            a.action, a.subject, a.address, a.request_id as "requestId", a.details, s.seq is not null as sealed
     from audit_log a left join users u on u.id = a.actor_id left join audit_seals s on s.audit_id = a.id
     ${conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`}
     order by a.id desc limit ?`,
    [...bindings, filter.limit + 1],
  );
}
