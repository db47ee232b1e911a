import type { Role } from './types.ts';

/** People, their tokens and the audit log. */
export type UserStatus = 'pending' | 'approved' | 'blocked';

export interface UserAccount {
  id: string;
  email: string | null;
  telegramId: string | null;
  username: string | null;
  name: string | null;
  status: UserStatus;
  role: Role;
  createdAt: string;
  approvedAt: string | null;
  lastActiveAt: string | null;
}

export const ROLES: readonly Role[] = ['viewer', 'operator', 'finance', 'admin'];

/** What a personal token may be used for, each as far as its owner's role reaches. */
export const SCOPES = [
  { name: 'read', role: 'viewer' },
  { name: 'upload', role: 'operator' },
  { name: 'decide', role: 'finance' },
  { name: 'admin', role: 'admin' },
] as const satisfies readonly { name: string; role: Role }[];

export interface ApiToken {
  id: string;
  name: string;
  /** its end, to tell tokens apart */
  hint: string;
  scopes: string[];
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
}

export const AUDIT_ACTIONS = [
  'auth.signed_in',
  'auth.sign_in_failed',
  'auth.locked_out',
  'auth.signed_out',
  'auth.signed_out_everywhere',
  'auth.refresh_reused',
  'auth.password_changed',
  'auth.ops_opened',
  'users.applied',
  'users.created',
  'users.approved',
  'users.blocked',
  'users.role_changed',
  'users.password_reset',
  'tokens.created',
  'tokens.revoked',
  'downloads.created',
  'keys.in_use',
  'keys.rotated',
  'cache.cleared',
  'files.uploaded',
  'files.mapped',
  'files.retried',
  'files.cancelled',
  'decisions.made',
  'decisions.withdrawn',
  'reconciliation.run',
  'queue.action',
  'exports.created',
  'diagnostics.run',
  'monitor.changed',
] as const;

export interface AuditEntry {
  id: string;
  at: string;
  actorId: string | null;
  actorName: string | null;
  action: string;
  subject: string | null;
  address: string | null;
  requestId: string | null;
  details: Record<string, unknown>;
  /** chained and signed already, so that a later change would show */
  sealed: boolean;
}
