import { z } from 'zod';
import { recordAudit } from '../../shared/audit/audit.ts';
import type { Auth } from '../../shared/auth/auth.ts';
import { DOWNLOAD_LINK_PARAMETER, linkTarget } from '../../shared/auth/download-links.ts';
import type { Db } from '../../shared/db/client.ts';
import { AppError } from '../../shared/errors.ts';
import { tashkentIso } from '../../shared/tashkent-time.ts';
import { assertMayUse } from '../middleware/roles.ts';
import { defineRoute, type Route } from '../route.ts';
import { actorOf } from './users.ts';

const PREFIX = '/api/v1';

export interface DownloadRouteDeps {
  auth: Pick<Auth, 'downloadLinks'>;
  db: Db;
}

/** @param routes all routes of the table; links are made only to those that say `downloadable` */
export function createDownloadRoutes({ auth, db }: DownloadRouteDeps, routes: readonly Route[]): Route[] {
  const targets = routes
    .filter((route) => route.downloadable === true)
    .map((route) => ({ route, pattern: patternOf(route.path) }));
  return [
    defineRoute({
      method: 'post',
      path: '/downloads',
      role: 'viewer',
      summary: 'A link that a browser can follow without a header: once, within 60 s',
      body: z.strictObject({ path: z.string().min(2).max(2_000).startsWith('/') }),
      responses: { 201: z.object({ url: z.string(), expiresAt: z.string() }) },
      async handler(asked) {
        const url = readPath(asked.body.path);
        const target = targets.find(({ pattern }) => pattern.test(url.pathname));
        if (target === undefined) throw new AppError('not_found');
        assertMayUse(asked.principal, target.route);
        const { secret, expiresAt } = await auth.downloadLinks.create(asked.principal, linkTarget(url));
        await recordAudit(db, { ...actorOf(asked), action: 'downloads.created', subject: `path:${url.pathname}` });
        asked.response.status(201);
        const query = `${url.search === '' ? '?' : `${url.search}&`}${DOWNLOAD_LINK_PARAMETER}=${secret}`;
        return { url: `${PREFIX}${url.pathname}${query}`, expiresAt: tashkentIso(expiresAt) };
      },
    }),
  ];
}

/** An Express pattern of the table, which knows `:name` and nothing else. */
function patternOf(path: string): RegExp {
  const parts = path.split('/').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+'));
  return new RegExp(`^${parts.join('/')}$`);
}

/** The address below /api/v1, given with that prefix or without. */
function readPath(given: string): URL {
  const host = 'http://localhost';
  const below = given.startsWith(`${PREFIX}/`) ? given.slice(PREFIX.length) : given;
  const url = URL.canParse(below, host) ? new URL(below, host) : null;
  if (url === null || url.origin !== host || url.hash !== '' || url.searchParams.has(DOWNLOAD_LINK_PARAMETER))
    throw new AppError('not_found');
  return url;
}
