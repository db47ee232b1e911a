/** What the doctor finds in the rows themselves: the audit log and records that point nowhere. */
import { problem, type CodeTable } from './entry.ts';

export const recordCodes = {
  'postgres.audit_broken': problem('error', ['npm run audit:verify']),
  'postgres.audit_unsealed': problem('warn', ['railway variables --set "AUDIT_KEY=$(openssl rand -base64 32)"']),
  'postgres.dangling_records': problem('error', ['npm run restore -- --check', 'npm run restore']),
} as const satisfies CodeTable;
