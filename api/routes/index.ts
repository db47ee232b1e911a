/** The table of routes below /api/v1: everything this api can do. A further route is an entry of one of these lists. */
import type { ApiResources } from '../../shared/resources.ts';
import type { Route } from '../route.ts';
import { createAuthRoutes } from './auth.ts';
import { createFileRoutes } from './files.ts';
import { createLimitRoutes } from './limits.ts';
import { createSessionRoutes } from './sessions.ts';

export function createRoutes(resources: ApiResources): Route[] {
  return [
    ...createAuthRoutes(resources),
    ...createLimitRoutes(resources),
    ...createFileRoutes(resources),
    ...createSessionRoutes(resources),
  ];
}
