import type { Shape } from '../../../client/shapes.ts';
import type { Role } from './types.ts';

/** People, their tokens and the audit log. */
export type UserAccount = Shape<'User'>;

export const ROLES: readonly Role[] = ['viewer', 'operator', 'finance', 'admin'];

/** What a personal token may be used for, each as far as its owner's role reaches. */
export const SCOPES = [
  { name: 'read', role: 'viewer' },
  { name: 'upload', role: 'operator' },
  { name: 'decide', role: 'finance' },
  { name: 'admin', role: 'admin' },
] as const satisfies readonly { name: string; role: Role }[];

export type ApiToken = Shape<'ApiToken'>;

export const AUDIT_ACTIONS = [
  'auth.signed_in',
  'auth.sign_in_failed',
  'auth.locked_out',
  'auth.signed_out',
  'auth.signed_out_everywhere',
  'auth.refresh_reused',
  'auth.password_changed',
  'auth.ops_opened',
  'auth.guessed_often',
  'audit.chain_broken',
  'users.applied',
  'users.created',
  'users.approved',
  'users.blocked',
  'users.role_changed',
  'users.password_reset',
  'users.renamed',
  'users.invited',
  'users.invitation_used',
  'users.telegram_bound',
  'users.telegram_unbound',
  'tokens.created',
  'tokens.revoked',
  'tokens.confirmed',
  'downloads.created',
  'keys.in_use',
  'keys.rotated',
  'cache.cleared',
  'files.uploaded',
  'files.mapped',
  'files.retried',
  'files.cancelled',
  'files.undo_asked',
  'files.undone',
  'files.applied',
  'decisions.made',
  'decisions.withdrawn',
  'reconciliation.run',
  'queue.action',
  'exports.created',
  'exports.cancelled',
  'diagnostics.run',
  'monitor.changed',
] as const;

export type AuditEntry = Shape<'AuditEntry'>;
