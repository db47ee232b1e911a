/** Tells a client how often it may ask, and stops it at the limit. Only what lies below /api/v1 comes here. */
import type { Request, Response } from 'express';
import { rateLimited, type RateLimits } from '../../shared/limits/rate-limits.ts';
import type { LimitState } from '../../shared/limits/limiter.ts';
import { clientAddress } from '../client-address.ts';
import type { Principal, Route } from '../route.ts';

function tell(response: Response, state: LimitState | null): void {
  if (state === null) return;
  response.setHeader('X-RateLimit-Limit', String(state.limit));
  response.setHeader('X-RateLimit-Remaining', String(state.remaining));
  // epoch seconds
  response.setHeader('X-RateLimit-Reset', String(Math.ceil((Date.now() + state.resetMs) / 1000)));
  if (!state.allowed) throw rateLimited(state);
}

/** @throws AppError rate_limited */
export async function limitAnonymous(limits: RateLimits, request: Request, response: Response): Promise<void> {
  tell(response, await limits.takeAnonymous(clientAddress(request)));
}

/** @throws AppError rate_limited */
export async function limitUser(
  limits: RateLimits,
  principal: Principal,
  route: Route,
  response: Response,
): Promise<void> {
  tell(response, await limits.takeUser(principal.userId, { upload: route.multipart === true }));
}
