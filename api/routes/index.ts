/** The table of routes below /api/v1: everything this api can do. A further route is an entry of one of these lists. */
import type { ApiResources } from '../../shared/resources.ts';
import { createCursors } from '../keyset.ts';
import type { Route } from '../route.ts';
import { createStreamSender } from '../send-stream.ts';
import { createAnalyticsRoutes } from './analytics.ts';
import { createAuditRoutes } from './audit.ts';
import { createAuthRoutes } from './auth.ts';
import { createCoverageRoutes } from './coverage.ts';
import { createDownloadRoutes } from './downloads.ts';
import { createExportRoutes } from './exports.ts';
import { createFileErrorRoutes } from './file-errors.ts';
import { createFileRoutes } from './files.ts';
import { createLimitRoutes } from './limits.ts';
import { createNoticeRoutes } from './notices.ts';
import { createOrderRoutes } from './orders.ts';
import { createReconciliationRoutes } from './reconciliation.ts';
import { createSessionRoutes } from './sessions.ts';
import { createBlacklistRoutes } from './system-blacklist.ts';
import { createCacheRoutes } from './system-cache.ts';
import { createDiagnosticsRoutes } from './system-diagnostics.ts';
import { createMonitorRoutes } from './system-monitor.ts';
import { createQueueRoutes } from './system-queue.ts';
import { createTokenRoutes } from './tokens.ts';
import { createUndoRoutes } from './undos.ts';
import { createUserRoutes } from './users.ts';
import { createWebhookRoutes } from './webhooks.ts';

export function createRoutes(given: ApiResources): Route[] {
  const resources = {
    ...given,
    streams: createStreamSender(given),
    cursors: createCursors(given.config.auth.secrets),
  };
  const routes = [
    ...createAuthRoutes(resources),
    ...createUserRoutes(resources),
    ...createTokenRoutes(resources),
    ...createLimitRoutes(resources),
    ...createFileRoutes(resources),
    ...createFileErrorRoutes(resources),
    ...createUndoRoutes(resources),
    ...createSessionRoutes(resources),
    ...createOrderRoutes(resources),
    ...createReconciliationRoutes(resources),
    ...createCoverageRoutes(resources),
    ...createAnalyticsRoutes(resources),
    ...createExportRoutes(resources),
    ...createAuditRoutes(resources),
    ...createBlacklistRoutes(resources),
    ...createCacheRoutes(resources),
    ...createDiagnosticsRoutes(resources),
    ...createMonitorRoutes(resources),
    ...createQueueRoutes(resources),
    ...createNoticeRoutes(resources),
    ...createWebhookRoutes(resources),
  ];
  // links are made only to routes of the table
  return [...routes, ...createDownloadRoutes(resources, routes)];
}
