/**
 * The OpenAPI 3.1 document, made from the very schemas that validate requests, with an example of everything that is
 * sent and answered.
 */
import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { type Answer, defineRoute, type DescribedRoute, jsonOf, type Route } from './route.ts';
import { docsPage } from './docs-page.ts';
import { addExamples } from './openapi-examples.ts';
import { healthRoutes } from './routes/health.ts';

/** A fault of any route. */
export const faultSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional(), requestId: z.string() }),
});

const FAULTS: Record<number, string> = {
  400: 'The request is not valid',
  401: 'Not signed in, or the sign-in was revoked',
  403: 'The role does not allow it',
  404: 'Not there',
  429: 'Too many requests; see Retry-After',
  503: 'A store is away; see Retry-After',
};

const DESCRIPTIONS: Record<number, string> = {
  202: 'Accepted; Location tells where to look',
  206: 'The range that was asked for',
  301: 'Moved; Location tells where to',
  416: 'The file has no such range',
};

/** @param prefix path under which the routes are mounted; those of the health of the service lie outside it */
export function openApiDocument(routes: readonly Route[], prefix: string, version: string) {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' });
  const { $schema: _dialect, ...fault } = z.toJSONSchema(faultSchema);
  registry.registerComponent('schemas', 'Fault', fault as { type: 'object' });
  for (const [status, description] of Object.entries(FAULTS))
    registry.registerComponent('responses', faultName(status), {
      description,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Fault' } } },
    });
  const mounted = [
    ...routes.map((route) => ({ route, base: prefix })),
    ...healthRoutes.map((route) => ({ route, base: '' })),
  ];
  for (const { route, base } of mounted as { route: DescribedRoute; base: string }[]) {
    registry.registerPath({
      method: route.method,
      path: base + route.path.replace(/:(\w+)/g, '{$1}'),
      summary: route.summary,
      tags: [route.path.split('/')[1] ?? ''],
      ...(route.role === 'public' ? {} : { security: [{ bearer: [] }], description: `Role: ${route.role}` }),
      request: {
        ...(route.params === undefined ? {} : { params: route.params as z.ZodObject }),
        ...(route.query === undefined ? {} : { query: route.query as z.ZodObject }),
        ...requestBody(route),
      },
      responses: { ...(base === '' ? {} : faults(route)), ...successes(route) },
    });
  }
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'VHM24R', version },
  });
  return addExamples(document);
}

function requestBody(route: DescribedRoute) {
  if (route.multipart === true) {
    const schema = {
      type: 'object' as const,
      properties: {
        files: { type: 'array' as const, items: { type: 'string' as const, format: 'binary' } },
        source: { type: 'string' as const },
      },
    };
    return { body: { content: { 'multipart/form-data': { schema } } } };
  }
  return route.body === undefined ? {} : { body: { content: { 'application/json': { schema: route.body } } } };
}

function successes(route: DescribedRoute) {
  return Object.fromEntries(
    Object.entries(route.responses).map(([status, answer]) => {
      const content = contentOf(answer);
      return [
        status,
        {
          description: DESCRIPTIONS[Number(status)] ?? 'Done',
          ...(Object.keys(content).length === 0 ? {} : { content }),
        },
      ];
    }),
  );
}

function contentOf(answer: Answer) {
  const json = jsonOf(answer);
  const media = answer !== null && 'media' in answer ? answer.media.map((type) => type.split(';')[0] ?? type) : [];
  return {
    ...(json === null ? {} : { 'application/json': { schema: json } }),
    ...Object.fromEntries(
      media.map((type) => [
        type,
        { schema: { type: 'string' as const, ...(type.startsWith('text/') ? {} : { format: 'binary' }) } },
      ]),
    ),
  };
}

const faultName = (status: string): string => `Fault${status}`;

function faults(route: DescribedRoute) {
  const statuses = Object.keys(FAULTS).filter(
    (status) => route.role !== 'public' || (status !== '401' && status !== '403'),
  );
  return Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${faultName(status)}` }]),
  );
}

/** GET /api/openapi.json and /api/docs, after sign-in; the document is made once. */
export function documentRoutes(routes: readonly Route[], prefix: string, version: string): Route[] {
  let document: ReturnType<typeof openApiDocument> | null = null;
  return [
    defineRoute({
      method: 'get',
      path: '/openapi.json',
      // it is large, and written and compressed anew for each who asks
      expensive: true,
      role: 'viewer',
      summary: 'This API as OpenAPI 3.1',
      responses: { 200: z.record(z.string(), z.unknown()) },
      handler: () => ({ ...(document ??= openApiDocument(routes, prefix, version)) }),
    }),
    defineRoute({
      method: 'get',
      path: '/docs',
      role: 'viewer',
      summary: 'This API as a page that tries it out',
      responses: { 200: { media: ['text/html'] } },
      handler: ({ response, lang }) => {
        response.type('html').send(docsPage(routes, prefix, lang));
      },
    }),
  ];
}
