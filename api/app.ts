/** The Express application: middleware, routes, error handler. It does not listen and reads no environment. */
import express, { Router, type Express } from 'express';
import helmet from 'helmet';
import { createTurns } from '../shared/limits/turns.ts';
import type { ApiResources } from '../shared/resources.ts';
import { PRODUCTION_SETTING } from './auth-cookies.ts';
import { compressAnswers } from './middleware/compress.ts';
import type { RouteGuard } from './middleware/validate.ts';
import { errorHandler, notFound } from './middleware/error-handler.ts';
import { cors } from './middleware/origin.ts';
import { endIdleConnections } from './middleware/idle-connections.ts';
import { requestContext } from './middleware/request-context.ts';
import { mountRoutes, routeHandler } from './middleware/validate.ts';
import { DOCS_PATH, docsRouter } from './docs-page.ts';
import { documentRoutes } from './openapi.ts';
import { createRoutes } from './routes/index.ts';
import { healthRouter } from './routes/health.ts';
import { measureRequests, metricsRouter } from './routes/metrics.ts';
import { OPS_PATH, opsRouter } from './routes/ops.ts';
import type { Principal, Route } from './route.ts';
import { webPageRouter } from './web-page.ts';

export const API_PREFIX = '/api/v1';

/** The page uses none of these; nothing that got into it shall. */
const PERMISSIONS_POLICY = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'serial', 'display-capture']
  .map((feature) => `${feature}=()`)
  .join(', ');

/**
 * A person's expensive requests: a page asks for seven at once, or whether each of ten files is known, and gets them
 * two by two.
 */
const EXPENSIVE = { atOnce: 2, waiting: 24, waitMs: 10_000 };

export interface AppDeps {
  resources: ApiResources;
  guard: RouteGuard;
  /** checks the cookie of POST /auth/ops */
  admitToOps(request: express.Request, response: express.Response): Promise<Principal>;
  /** checks the cookie of POST /auth/docs */
  admitToDocs(request: express.Request): Promise<Principal>;
  /** folder of the built web page */
  webFolder: string;
  isDraining(): boolean;
  /** tests add routes of their own */
  extraRoutes?: readonly Route[];
}

export function createApp(deps: AppDeps): Express {
  const { resources, guard, webFolder } = deps;
  const { config, logger, watch } = resources;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustProxy);
  app.set(PRODUCTION_SETTING, config.production);
  app.set('etag', false);
  app.use(requestContext(logger));
  app.use(endIdleConnections());
  app.use(measureRequests(resources.metrics));
  app.use(compressAnswers());
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          connectSrc: ["'self'"],
          objectSrc: ["'none'"],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
        },
      },
      frameguard: { action: 'deny' },
      // loopback is plain http; behind a proxy the browser must stay on https
      strictTransportSecurity: config.production ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    }),
  );
  app.use((_request, response, next) => {
    response.setHeader('Permissions-Policy', PERMISSIONS_POLICY);
    next();
  });
  app.use(
    healthRouter({
      service: 'api',
      version: resources.version,
      db: resources.db,
      watch,
      redis: resources.redis,
      storage: resources.storage,
      isDraining: deps.isDraining,
    }),
  );

  app.use(metricsRouter(resources.metrics, config));

  app.use(API_PREFIX, cors(config.corsOrigins));
  const api = Router({ caseSensitive: true });
  const routes = [...createRoutes(resources), ...(deps.extraRoutes ?? [])];
  const mounting = {
    guard,
    watch,
    turns: createTurns(EXPENSIVE),
    assertStillIn: (principal: Principal) => resources.auth.assertStillIn(principal),
  };
  mountRoutes(api, routes, mounting);
  app.use(API_PREFIX, api);
  app.use(
    DOCS_PATH,
    docsRouter(routes, API_PREFIX, (request) => watch.guard(() => deps.admitToDocs(request))),
  );
  for (const route of documentRoutes(routes, API_PREFIX, resources.version)) {
    app[route.method](`/api${route.path}`, routeHandler(route, mounting));
  }
  app.use('/api', notFound);

  app.use(
    OPS_PATH,
    opsRouter(resources, (request, response) => watch.guard(() => deps.admitToOps(request, response))),
  );
  app.use('/ops', notFound);

  app.use(webPageRouter(webFolder));
  app.use(notFound);
  app.use(errorHandler(logger));
  return app;
}
