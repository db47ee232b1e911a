import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Who may read the metrics (api.md section 4): the bearer METRICS_TOKEN; without that variable everybody, but nobody in
 * production.
 */
export function metricsAccess(
  authorization: string | undefined,
  config: { metricsToken: string | null; production: boolean },
): 200 | 401 | 404 {
  if (config.metricsToken === null) return config.production ? 404 : 200;
  const given = /^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(config.metricsToken)) ? 200 : 401;
}
