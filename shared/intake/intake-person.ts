/** The person as whom folder and mailbox upload. */
import { reaches, type Role } from '../auth/principal.ts';
import type { Db } from '../db/client.ts';
import { selectRow } from '../db/rows.ts';
import { UPLOAD_ROLE } from '../uploads/uploads.ts';

export interface IntakePerson {
  userId: string;
  role: Role;
}

/** Asked before every upload, so that who is blocked or lowered uploads no more. */
export async function findIntakePerson(
  db: Db,
  email: string,
): Promise<IntakePerson | { fault: 'user_unknown' | 'user_not_allowed' }> {
  const row = await selectRow<{ id: string; role: Role; status: string }>(
    db,
    'select id::text, role, status from users where lower(email) = lower(?)',
    [email],
  );
  if (row === null) return { fault: 'user_unknown' };
  if (row.status !== 'approved' || !reaches(row.role, UPLOAD_ROLE)) return { fault: 'user_not_allowed' };
  return { userId: row.id, role: row.role };
}
