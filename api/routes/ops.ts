/**
 * /ops/queues: Bull Board for admins. It has no login and no mercy of its own: hiding a button refuses nothing. So the
 * routes that change something are listed here, and every other is refused before Bull Board sees it. A retry starts a
 * new run of the file by the same function as POST /files/:id/retry; BullMQ's own would redeliver a job whose row has
 * ended.
 */
import { createHash } from 'node:crypto';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import type { Job } from 'bullmq';
import { Router, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { recordAudit } from '../../shared/audit/audit.ts';
import { AppError, unavailable } from '../../shared/errors.ts';
import { withDeadline } from '../../shared/lifecycle.ts';
import type { ApiResources } from '../../shared/resources.ts';
import { retryFile } from '../../shared/uploads/file-actions.ts';
import type { Uploader } from '../../shared/uploads/accept-upload.ts';
import { findFile } from '../../shared/uploads/files-repository.ts';
import type { JobData } from '../../shared/queue/bull-queues.ts';
import { clientAddress } from '../client-address.ts';
import type { Principal } from '../route.ts';

export const OPS_PATH = '/ops/queues';
const REDIS_LIMIT_MS = 2_000;
const RETRY_ALL_LIMIT = 100;
/** Of the jobs of a queue, and how many one has. */
const PAGE = /^\d{1,3}$/;
/** All jobs of a queue, or one of ours: a row's UUID and its fence. */
const PROMOTE = /^\/api\/queues\/([a-z-]+)(?:\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-\d{1,18}))?\/promote$/;

/** @param admit checks the ops cookie (and, for what changes something, the Origin); throws otherwise */
export function opsRouter(
  resources: ApiResources,
  admit: (request: Request, response: Response) => Promise<Principal>,
): Router {
  const { queues, redis, db, dispatcher } = resources;
  const router = Router();
  const adapter = new ExpressAdapter();
  adapter.setBasePath(OPS_PATH);
  createBullBoard({
    queues: queues.queues().map((queue) => new BullMQAdapter(queue, { allowRetries: true, readOnlyMode: false })),
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'VHM24R', locale: { lng: 'ru' }, hideRedisDetails: true } },
  });
  // its own answer tells what Redis or Node said
  adapter.setErrorHandler((error) => {
    throw error;
  });

  router.use(async (request, response, next) => {
    const principal = await admit(request, response);
    response.locals['userId'] = principal.userId;
    response.locals['principal'] = principal;
    if (!redis.isUp()) throw unavailable(new Error(redis.state().reason ?? 'redis is down'));
    next();
  });

  const jobOf = async (queueName: string, jobId: string) => {
    const queue = queues.queues().find((candidate) => candidate.name === queueName);
    const job = await withDeadline(queue?.getJob(jobId) ?? Promise.resolve(undefined), REDIS_LIMIT_MS, 'reading a job');
    if (job === undefined) throw new AppError('not_found');
    return job as Job<JobData>;
  };
  const byWhom = (request: Request, response: Response): Uploader => ({
    userId: (response.locals['principal'] as Principal).userId,
    requestId: response.locals['requestId'] as string,
    address: clientAddress(request),
  });

  /**
   * Writes down who pressed what, before it is done; what it does to a file has an entry of its own, with the same
   * request id.
   */
  const pressed = async (
    request: Request,
    response: Response,
    details: { action: string } & Record<string, string>,
  ): Promise<void> => {
    const { userId, requestId, address } = byWhom(request, response);
    const job = param(request, 'jobId');
    const subject = `queue:${param(request, 'queueName')}${job === '' ? '' : `/${job}`}`;
    await recordAudit(db, { actorId: userId, action: 'queue.action', subject, address, requestId, details });
  };

  async function retryOne(job: Job<JobData>, by: Uploader): Promise<void> {
    const { fileId } = job.data;
    if (fileId === undefined) throw new AppError('conflict');
    await retryFile({ db }, fileId, by);
    // the new run has a job of its own
    await withDeadline(job.remove(), REDIS_LIMIT_MS, 'removing a job').catch(() => undefined);
    const file = await findFile(db, fileId);
    if (file !== null)
      await dispatcher.dispatch({ name: 'process-file', id: fileId, fence: file.fence, requestId: by.requestId });
  }

  router.put('/api/queues/:queueName/:jobId/retry{/:status}', async (request, response) => {
    const job = await jobOf(param(request, 'queueName'), param(request, 'jobId'));
    await pressed(request, response, {
      action: 'retry',
      ...(job.data.fileId === undefined ? {} : { fileId: job.data.fileId }),
    });
    await retryOne(job, byWhom(request, response));
    response.status(200).json({});
  });

  router.put('/api/queues/:queueName/retry/:queueStatus', async (request, response) => {
    const queue = queues.queues().find((candidate) => candidate.name === param(request, 'queueName'));
    if (queue === undefined || param(request, 'queueStatus') !== 'failed') throw new AppError('forbidden');
    const failed = await withDeadline(queue.getFailed(0, RETRY_ALL_LIMIT - 1), REDIS_LIMIT_MS, 'reading failed jobs');
    await pressed(request, response, { action: 'retry_all' });
    for (const job of failed) {
      try {
        await retryOne(job as Job<JobData>, byWhom(request, response));
      } catch (error) {
        // its file has moved on meanwhile: nothing to retry
        if (!(error instanceof AppError) || (error.code !== 'conflict' && error.code !== 'not_found')) throw error;
      }
    }
    response.status(200).json({});
  });

  // What Bull Board may do itself: this method with exactly this path. Its own routes overlap (a job may be called
  // "clean").
  router.use(async (request, response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') return next();
    const [, queueName = '', jobId] = (request.method === 'PUT' ? PROMOTE.exec(request.path) : null) ?? [];
    if (!queues.queues().some(({ name }) => name === queueName)) throw new AppError('forbidden');
    Object.assign(request.params, { queueName, ...(jobId === undefined ? {} : { jobId }) });
    await pressed(request, response, { action: 'promote' });
    next();
  });
  // it hands on any figure to Redis
  router.get('/api/queues', (request, _response, next) => {
    for (const name of ['page', 'jobsPerPage']) {
      const asked = request.query[name];
      if (asked !== undefined && !(typeof asked === 'string' && PAGE.test(asked)))
        throw new AppError('validation_failed', { details: { issues: [{ path: name, message: 'is no page' }] } });
    }
    next();
  });
  router.use(ownContentPolicy);
  router.use(adapter.getRouter() as RequestHandler);
  return router;
}

const param = (request: Request, name: string): string => String(request.params[name] ?? '');

/**
 * Bull Board's page has an inline style and an inline script of data: allowed by their hashes. Its web fonts are not
 * fetched.
 */
function ownContentPolicy(_request: Request, response: Response, next: NextFunction): void {
  const send = response.send.bind(response);
  response.setHeader('Content-Security-Policy', contentPolicy(''));
  response.setHeader('Cache-Control', 'no-store');
  response.send = (body?: unknown) => {
    if (typeof body === 'string' && body.trimStart().startsWith('<!DOCTYPE')) {
      response.setHeader('Content-Security-Policy', contentPolicy(body));
    }
    return send(body);
  };
  next();
}

function contentPolicy(html: string): string {
  const hashes = (pattern: RegExp) =>
    [...html.matchAll(pattern)]
      .map(
        (match) =>
          ` 'sha256-${createHash('sha256')
            .update(match[1] ?? '')
            .digest('base64')}'`,
      )
      .join('');
  const scripts = hashes(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g);
  const styles = hashes(/<style[^>]*>([\s\S]*?)<\/style>/g);
  return [
    "default-src 'self'",
    `script-src 'self'${scripts}`,
    `style-src 'self'${styles}`,
    // style attributes set by its own scripts and page; no rule can name them
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'self'",
    "form-action 'self'",
  ].join('; ');
}
