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
  /** what a person calls it: an order's number, the name of a file, person or token */
  subjectName: string | null;
  /** of a decision: what was written to it */
  note: string | null;
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

/** The name behind `named`, the subject's kind and id. */
const SUBJECT_NAME = `case named.kind
              when 'order' then coalesce((select o.order_number from orders o where o.id = named.number),
                (select x.order_number from undone_orders x where x.order_id = named.number))
              when 'file' then (select f.name from uploaded_files f where f.id = named.uuid)
              when 'user' then (select coalesce(nullif(concat_ws(' ', p.first_name, p.last_name), ''), p.username,
                p.email) from users p where p.id = named.number)
              when 'api_token' then (select k.name from user_tokens k where k.id = named.uuid)
            end`;

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
            a.action, a.subject, ${SUBJECT_NAME} as "subjectName",
            (select d.note from manual_decisions d
              where d.id = case when a.details->>'decisionId' ~ '^\\d{1,18}$'
                then (a.details->>'decisionId')::bigint end) as note,
            a.address, a.request_id as "requestId", a.details, seal.seq is not null as sealed
     from audit_log a cross join lateral (
       select split_part(a.subject, ':', 1) as kind, substr(a.subject, strpos(a.subject, ':') + 1) as key
     ) s cross join lateral (
       select s.kind, case when s.key ~ '^\\d{1,18}$' then s.key::bigint end as number,
         case when s.key ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then s.key::uuid end as uuid
     ) named left join users u on u.id = a.actor_id left join audit_seals seal on seal.audit_id = a.id
     ${conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`}
     order by a.id desc limit ?`,
    [...bindings, filter.limit + 1],
  );
}
