import type { Shape } from '../../../client/shapes.ts';
import type { Role } from './types.ts';

/** People, their tokens and the audit log. */
export type UserAccount = Shape<'User'>;

/** What a personal token may be used for, each as far as its owner's role reaches. */
export const SCOPES = [
  { name: 'read', role: 'viewer' },
  { name: 'upload', role: 'operator' },
  { name: 'decide', role: 'finance' },
  { name: 'admin', role: 'admin' },
] as const satisfies readonly { name: string; role: Role }[];

export type ApiToken = Shape<'ApiToken'>;

export type AuditEntry = Shape<'AuditEntry'>;
