/** viewer < operator < finance < admin; a personal API token besides needs the scope of the route's role. */
import { AppError } from '../../shared/errors.ts';
import { reaches, SCOPE_OF_ROLE, type Principal } from '../../shared/auth/principal.ts';
import type { Route } from '../route.ts';

/** @throws AppError forbidden */
export function assertMayUse(principal: Principal, route: Pick<Route, 'role' | 'method'>): void {
  if (route.role === 'public') return;
  if (route.role !== 'any' && !reaches(principal.role, route.role)) {
    throw new AppError('forbidden', { details: { needed: route.role } });
  }
  if (principal.scopes === null) return;
  // a script may see who it is, yet neither sign anybody out nor make itself further tokens
  const scope = route.role === 'any' ? (route.method === 'get' ? 'read' : null) : SCOPE_OF_ROLE[route.role];
  if (scope === null || !principal.scopes.includes(scope)) {
    throw new AppError('forbidden', { details: scope === null ? { reason: 'not_with_a_personal_token' } : { scope } });
  }
}

/**
 * A link that sets a password is a way in for as long as its account lasts: whoever holds a script's token gets none.
 * @throws AppError forbidden
 */
export function assertSignedIn(principal: Principal): void {
  if (principal.scopes !== null) throw new AppError('forbidden', { details: { reason: 'not_with_a_personal_token' } });
}
