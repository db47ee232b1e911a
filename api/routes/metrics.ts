import { Router, type RequestHandler } from 'express';
import type { Config } from '../../shared/config.ts';
import { metricsAccess } from '../../shared/metrics/access.ts';
import type { Metrics } from '../../shared/metrics/metrics.ts';
import { routePattern } from '../middleware/route-pattern.ts';

/** GET /metrics for Prometheus. */
export function metricsRouter(metrics: Metrics, config: Pick<Config, 'metricsToken' | 'production'>): Router {
  const router = Router();
  router.get('/metrics', async (request, response, next) => {
    response.locals['route'] = 'health';
    const status = metricsAccess(request.get('authorization'), config);
    if (status === 404) {
      next();
      return;
    }
    if (status === 401) {
      response.setHeader('WWW-Authenticate', 'Bearer');
      response.status(401).json({
        error: {
          code: 'unauthenticated',
          message: 'METRICS_TOKEN as bearer',
          requestId: response.locals['requestId'] as string,
        },
      });
      return;
    }
    response.setHeader('Cache-Control', 'no-store');
    response.type(metrics.contentType).send(await metrics.scrape());
  });
  return router;
}

/**
 * Durations by the pattern of the route that answered; what no route answered is one pattern, so that labels stay few.
 */
export function measureRequests(metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.on('finish', () => {
      metrics.observeRequest(
        request.method,
        routePattern(request),
        response.statusCode,
        (performance.now() - startedAt) / 1000,
      );
    });
    next();
  };
}
