import { Router } from 'express';
import { liveness, livenessSchema, readiness, readinessSchema, type HealthDeps } from '../../shared/health.ts';
import type { DescribedRoute } from '../route.ts';

/** Outside the prefix and the table: they need neither a sign-in nor the database. */
export const healthRoutes: readonly DescribedRoute[] = [
  {
    method: 'get',
    path: '/livez',
    role: 'public',
    summary: 'The process is alive',
    responses: { 200: livenessSchema },
  },
  {
    method: 'get',
    path: '/readyz',
    role: 'public',
    summary: 'The service can do its work; 503 otherwise',
    responses: { 200: readinessSchema, 503: readinessSchema },
  },
];

export function healthRouter(deps: HealthDeps): Router {
  const router = Router();
  // anybody may ask, as often as he likes: who asks meanwhile gets the same answer
  let asking: ReturnType<typeof readiness> | null = null;
  const ask = () => (asking ??= readiness(deps).finally(() => (asking = null)));
  router.use(['/livez', '/readyz'], (_request, response, next) => {
    response.locals['route'] = 'health';
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  router.get('/livez', (_request, response) => {
    response.json(liveness(deps.service));
  });
  router.get('/readyz', async (_request, response) => {
    const { httpStatus, body } = await ask();
    response.status(httpStatus).json(body);
  });
  return router;
}
