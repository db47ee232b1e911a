import { readableFormats } from '../../shared/ingest/readers/index.ts';
import { SOURCE_NAMES } from '../../shared/ingest/sources/source.ts';
import type { ApiResources } from '../../shared/resources.ts';
import { defineRoute, type Route } from '../route.ts';

export function createLimitRoutes({ config }: ApiResources): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/limits',
      role: 'viewer',
      summary: 'What the page checks before sending',
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
