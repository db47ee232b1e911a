import { z } from 'zod';
import { count } from '../../shared/answer-parts.ts';
import { readableFormats } from '../../shared/ingest/readers/index.ts';
import { SOURCE_NAMES } from '../../shared/ingest/sources/index.ts';
import type { ApiResources } from '../../shared/resources.ts';
import { defineRoute, type Route } from '../route.ts';

const limitsView = z
  .object({
    maxFiles: count,
    maxFileBytes: count,
    maxRequestBytes: count,
    formats: z.array(z.string()),
    sources: z.array(z.enum(SOURCE_NAMES)),
  })
  .meta({ id: 'Limits' });

export function createLimitRoutes({ config }: ApiResources): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/limits',
      role: 'viewer',
      summary: 'What the page checks before sending',
      responses: { 200: limitsView },
      handler: () => ({
        maxFiles: config.uploads.maxFiles,
        maxFileBytes: config.uploads.maxFileBytes,
        maxRequestBytes: config.uploads.maxFiles * config.uploads.maxFileBytes,
        formats: [...readableFormats],
        sources: [...SOURCE_NAMES],
      }),
    }),
  ];
}
