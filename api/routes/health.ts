import { Router } from 'express';
import { liveness, readiness, type HealthDeps } from '../../shared/health.ts';

export function healthRouter(deps: HealthDeps): Router {
  const router = Router();
  router.use(['/livez', '/readyz'], (_request, response, next) => {
    response.locals['route'] = 'health';
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  router.get('/livez', (_request, response) => {
    response.json(liveness(deps.service));
  });
  router.get('/readyz', async (_request, response) => {
    const { httpStatus, body } = await readiness(deps);
    response.status(httpStatus).json(body);
  });
  return router;
}
