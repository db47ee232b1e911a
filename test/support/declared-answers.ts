/** Holds the answers of an api in this process to what its routes declare (api.md section 4), whoever asks. */
import { channel } from 'node:diagnostics_channel';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { API_PREFIX } from '../../api/app.ts';
import { routePattern } from '../../api/middleware/route-pattern.ts';
import { documentRoutes, faultSchema } from '../../api/openapi.ts';
import { type DescribedRoute, jsonOf, type Route } from '../../api/route.ts';
import { healthRoutes } from '../../api/routes/health.ts';

/** What Node tells of a request when it begins. */
interface Started {
  request: Request;
  response: Response;
  socket: { localPort?: number };
}

export interface DeclaredAnswers {
  /**
   * Stops listening.
   * @throws Error with every difference that was found
   */
  close(): void;
}

/**
 * Every JSON answer of the api at this port is compared with the schema of its route, strictly: an unknown key is a
 * difference. An answer that differs is replaced by a 500 that names the place, so that the test that asked fails
 * there; `close` fails besides, whatever that test looked at.
 */
export function holdToDeclared(port: number, routes: readonly Route[]): DeclaredAnswers {
  const declared = new Map<string, DescribedRoute>();
  const add = (base: string, more: readonly DescribedRoute[]) => {
    for (const route of more) declared.set(`${route.method.toUpperCase()} ${base}${route.path}`, route);
  };
  add(API_PREFIX, routes);
  add('/api', documentRoutes(routes, API_PREFIX, 'test'));
  add('', healthRoutes);
  const found: string[] = [];

  function onStart(message: unknown): void {
    const { request, response, socket } = message as Started;
    if (socket.localPort !== port) return;
    const nameOf = () => `${request.method} ${routePattern(request)}`;
    // set before Express gives the response its methods, and so before them
    response.json = (body: unknown) => {
      const sent = JSON.parse(JSON.stringify(body)) as unknown;
      const { statusCode } = response;
      const differences = checkJson(declared.get(nameOf()), nameOf(), statusCode, sent);
      const plain = (what: unknown) => (Object.getPrototypeOf(response) as Response).json.call(response, what);
      if (differences.length === 0) return plain(body);
      const text = `${nameOf()} ${statusCode}: ${differences.slice(0, 10).join('; ')}`;
      found.push(text);
      response.status(500);
      return plain({ error: { code: 'not_as_declared', message: text } });
    };
    response.once('finish', () => {
      const route = declared.get(nameOf());
      const { statusCode } = response;
      if (route === undefined || statusCode >= 400) return;
      const answer = route.responses[statusCode];
      const type = String(response.getHeader('content-type') ?? '').split(';')[0] ?? '';
      if (answer === undefined) found.push(`${nameOf()} ${statusCode}: the status is not declared`);
      else if (type === '' || request.method === 'HEAD') return;
      else if (!mediaOf(answer).includes(type)) found.push(`${nameOf()} ${statusCode}: ${type} is not declared`);
    });
  }

  const started = channel('http.server.request.start');
  started.subscribe(onStart);
  return {
    close() {
      started.unsubscribe(onStart);
      if (found.length > 0) throw new Error(`answers are not as declared:\n${[...new Set(found)].join('\n')}`);
    },
  };
}

/** A fault is the same everywhere; what lies outside the table (the board of queues) declares nothing. */
function checkJson(route: DescribedRoute | undefined, name: string, status: number, sent: unknown): string[] {
  const answer = route?.responses[status];
  if (answer === undefined && status >= 400) return name.includes(' /ops/') ? [] : differencesFrom(faultSchema, sent);
  if (route === undefined) return name.includes(' /api/') ? ['the route declares nothing'] : [];
  if (answer === undefined) return ['the status is not declared'];
  const schema = jsonOf(answer);
  return schema === null ? ['no JSON is declared'] : differencesFrom(schema, sent);
}

function mediaOf(answer: DescribedRoute['responses'][number]): string[] {
  const media = answer !== null && 'media' in answer ? answer.media : [];
  return [...media.map((type) => type.split(';')[0] ?? ''), ...(jsonOf(answer) === null ? [] : ['application/json'])];
}

/** Where a value is not what the schema says, one line a place; keys that the schema does not know are differences. */
export function differencesFrom(schema: z.ZodType, value: unknown): string[] {
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);
  return unknownKeys(value, parsed.data, '');
}

/** Reading by a schema leaves out what it does not know. */
function unknownKeys(value: unknown, known: unknown, path: string): string[] {
  if (value === null || typeof value !== 'object' || known === null || typeof known !== 'object') return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const place = path === '' ? key : `${path}.${key}`;
    return Object.hasOwn(known, key)
      ? unknownKeys(part, (known as Record<string, unknown>)[key], place)
      : [`${place}: is not declared`];
  });
}
