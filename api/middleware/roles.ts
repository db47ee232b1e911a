/** viewer < operator < finance < admin; a personal API token besides needs the scope of the route's role. */
import { AppError } from '../../shared/errors.ts';
import { reaches, SCOPE_OF_ROLE, type Principal } from '../../shared/auth/principal.ts';
import type { Route } from '../route.ts';

/** @throws AppError forbidden */
export function assertMayUse(principal: Principal, route: Pick<Route, 'role' | 'method' | 'signInOnly'>): void {
  if (route.role === 'public') return;
  if (route.role !== 'any' && !reaches(principal.role, route.role)) {
    throw new AppError('forbidden', { details: { needed: route.role } });
  }
  if (principal.scopes === null) return;
  // a script may see who it is, yet neither sign anybody out nor make itself further tokens
  const ofAnybody = route.method === 'get' ? 'read' : null;
  const ofRoute = route.role === 'any' ? ofAnybody : SCOPE_OF_ROLE[route.role];
  const scope = route.signInOnly === true ? null : ofRoute;
  if (scope === null || !principal.scopes.includes(scope)) {
    throw new AppError('forbidden', { details: scope === null ? { reason: 'not_with_a_personal_token' } : { scope } });
  }
}
