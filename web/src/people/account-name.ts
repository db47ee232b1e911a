import type { UserAccount } from '../api/admin-types.ts';

/** By what an account is called, and what else it is known by. */
export const nameOf = (user: UserAccount): string => user.name || user.email || user.username || `№ ${user.id}`;
export const otherName = (user: UserAccount): string => (user.name ? (user.email ?? user.username ?? '') : '');
