/** The api as a running service: resources -> app -> listen, and the ordered way down. */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { ensureFirstAdmin } from '../shared/auth/first-admin.ts';
import { type Config, ConfigError } from '../shared/config.ts';
import { sleep } from '../shared/lifecycle.ts';
import type { Logger } from '../shared/logger.ts';
import { closePolitely, closeServer, listen } from '../shared/http-server.ts';
import { projectRoot } from '../shared/project.ts';
import type { Overrides } from '../shared/resource-parts.ts';
import { openResources, type ApiResources, type Opened } from '../shared/resources.ts';
import { createApp } from './app.ts';
import { readDocsCookie } from './auth-cookies.ts';
import { authenticateOps, createRouteGuard } from './middleware/authenticate.ts';

const REQUEST_GRACE_MS = 5_000;
const WORK_GRACE_MS = 8_000;
const HEADERS_TIMEOUT_MS = 20_000;
/** A whole upload over a slow line; silence ends it sooner (multipart.ts). */
const REQUEST_TIMEOUT_MS = 30 * 60_000;
const KEEP_ALIVE_MS = 65_000;
const ADMIN_RETRY_MS = 1_000;

export interface RunningApi {
  port: number;
  logger: Logger;
  opened: Opened<ApiResources>;
  /** Not ready -> stop accepting -> finish requests -> let work finish, else give it back -> close everything. */
  close(): Promise<void>;
}

export async function startApi(config: Config, overrides?: Overrides): Promise<RunningApi> {
  const opened = await openResources(config, 'api', overrides);
  const { resources } = opened;
  const { logger } = resources;
  let draining = false;
  const stopping = new AbortController();
  try {
    for (const warning of config.warnings)
      logger.warn(`${warning.variable} ${warning.message}`, { event: 'config_warning' });
    const app = createApp({
      resources,
      guard: createRouteGuard(resources),
      admitToDocs: (request) => resources.auth.authenticateDocs(readDocsCookie(request)),
      admitToOps: (request, response) => authenticateOps(resources.auth, request, response, config),
      webFolder: join(projectRoot(), 'dist', 'web'),
      isDraining: () => draining,
    });
    const server = createServer(
      { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: HEADERS_TIMEOUT_MS, keepAliveTimeout: KEEP_ALIVE_MS },
      app,
    );
    const admin = makeFirstAdmin(resources, stopping.signal);
    admin.catch((error: unknown) =>
      logger.error('the first admin was not made', { event: 'first_admin_refused', error }),
    );
    // before the api listens when PostgreSQL answers, else as soon as it does
    await Promise.race([admin, sleep(2 * ADMIN_RETRY_MS)]);
    const port = await listen(server, config.port, config.host);
    opened.start();
    logger.info('listening', { port, service: 'api', host: config.host });
    let closing: Promise<void> | null = null;
    return {
      port,
      logger,
      opened,
      close() {
        closing ??= (async () => {
          draining = true;
          if (config.drainMs > 0) {
            // balancers ask /readyz and send no more; who still comes is served and logged to connect elsewhere
            closePolitely(server);
            await sleep(config.drainMs);
          }
          // live streams would never end by themselves; their readers come back elsewhere
          resources.feed.close();
          stopping.abort(new Error('the service is shutting down'));
          await Promise.all([closeServer(server, REQUEST_GRACE_MS + WORK_GRACE_MS), opened.stopWork(WORK_GRACE_MS)]);
          for (const report of await opened.close()) {
            if (report.outcome !== 'closed') logger.warn('did not close in order', { ...report });
          }
        })();
        return closing;
      },
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function makeFirstAdmin({ db, config, logger }: ApiResources, signal: AbortSignal): Promise<void> {
  for (let logged = false; !signal.aborted; logged = true) {
    try {
      await ensureFirstAdmin(db, config.auth.admin, logger);
      return;
    } catch (error) {
      if (error instanceof ConfigError) throw error;
      if (!logged) logger.warn('the first admin could not be looked for yet', { error });
      await sleep(ADMIN_RETRY_MS, signal).catch(() => undefined);
    }
  }
}
