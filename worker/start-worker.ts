/** The worker as a running service: resources -> consumer, with a small HTTP port for health only. */
import { createServer, type ServerResponse } from 'node:http';
import type { Config } from '../shared/config.ts';
import { liveness, readiness } from '../shared/health.ts';
import { closeServer, listen } from '../shared/http-server.ts';
import { metricsAccess } from '../shared/metrics/access.ts';
import type { Logger } from '../shared/logger.ts';
import type { Overrides } from '../shared/resource-parts.ts';
import { openResources, type Opened, type WorkerResources } from '../shared/resources.ts';

/** Files at work may finish for so long; then their claims are given back and they go on elsewhere. */
const WORK_GRACE_MS = 10_000;
const HTTP_GRACE_MS = 1_000;

export interface RunningWorker {
  port: number;
  logger: Logger;
  opened: Opened<WorkerResources>;
  close(): Promise<void>;
}

export async function startWorker(config: Config, overrides?: Overrides): Promise<RunningWorker> {
  const opened = await openResources(config, 'worker', overrides);
  const { resources } = opened;
  const { logger, db, watch, redis, storage, version } = resources;
  let draining = false;
  try {
    const server = createServer((request, response) => {
      const path = request.url?.split('?')[0];
      if (path === '/livez') send(response, 200, liveness('worker'));
      else if (path === '/readyz') {
        void readiness({ service: 'worker', version, db, watch, redis, storage, isDraining: () => draining }).then(
          ({ httpStatus, body }) => send(response, httpStatus, body),
        );
      } else if (path === '/metrics' && metricsAccess(request.headers.authorization, config) !== 404) {
        if (metricsAccess(request.headers.authorization, config) === 401)
          send(response, 401, { error: { code: 'unauthenticated', message: 'METRICS_TOKEN as bearer' } });
        else {
          void resources.metrics.scrape().then((text) => {
            response.writeHead(200, { 'Content-Type': resources.metrics.contentType, 'Cache-Control': 'no-store' });
            response.end(text);
          });
        }
      } else send(response, 404, { error: { code: 'not_found', message: 'Not found' } });
    });
    const port = await listen(server, config.port, config.host);
    opened.start();
    logger.info('listening', { port, service: 'worker', host: config.host });
    let closing: Promise<void> | null = null;
    return {
      port,
      logger,
      opened,
      close() {
        closing ??= (async () => {
          draining = true;
          await opened.stopWork(WORK_GRACE_MS);
          await closeServer(server, HTTP_GRACE_MS);
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

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}
