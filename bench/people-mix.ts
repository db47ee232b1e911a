/** What people do at this product, in about these shares: look, look closer, upload, take out, follow a load. */
import type { ApiClient, SessionBody } from '../scripts/api-client.ts';
import type { Random } from '../scripts/make-month/random.ts';
import { sleep } from '../shared/lifecycle.ts';

export interface Measure {
  /** one request of a route: how long it took, and its status; 0 = no answer */
  note(route: string, ms: number, status: number): void;
}

export interface Person {
  client: ApiClient;
  signIn(): Promise<void>;
  random: Random;
  /** a small report, another one each time */
  makeReport(random: Random): { name: string; content: string };
}

type Deed = (person: Person, measure: Measure, signal: AbortSignal) => Promise<void>;

const day = (random: Random): string =>
  `2025-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`;

async function ask<T>(
  measure: Measure,
  route: string,
  work: () => Promise<{ status: number; body: T }>,
): Promise<T | null> {
  const startedAt = performance.now();
  try {
    const { status, body } = await work();
    measure.note(route, performance.now() - startedAt, status);
    return status < 300 ? body : null;
  } catch {
    measure.note(route, performance.now() - startedAt, 0);
    return null;
  }
}

const get =
  (route: string, path: (random: Random) => string): Deed =>
  async ({ client, random }, measure) =>
    void (await ask(measure, `GET ${route}`, () => client.get(path(random))));

async function lookCloser({ client, random }: Person, measure: Measure): Promise<void> {
  const list = await ask(measure, 'GET /orders', () =>
    client.get<{ items: { id: string }[] }>(`/orders?limit=50&from=${day(random)}`),
  );
  const id = list?.items[random.int(0, list.items.length - 1)]?.id;
  if (id !== undefined) await ask(measure, 'GET /orders/:id', () => client.get(`/orders/${id}`));
}

async function upload({ client, random, makeReport }: Person, measure: Measure, signal: AbortSignal): Promise<void> {
  const sent = await ask(measure, 'POST /files', () => client.upload([makeReport(random)]));
  const session = (sent as { session?: SessionBody } | null)?.session;
  if (session === undefined) return;
  const startedAt = performance.now();
  const status = await follow(client, session.id, signal);
  measure.note('upload to done (SSE)', performance.now() - startedAt, status);
}

/** Reads the events of a session until it is done. */
async function follow({ baseUrl, token }: Person['client'], id: string, signal: AbortSignal): Promise<number> {
  try {
    const response = await fetch(`${baseUrl}/api/v1/sessions/${id}/events`, {
      headers: { authorization: `Bearer ${token ?? ''}`, accept: 'text/event-stream' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(120_000)]),
    });
    for await (const _piece of response.body ?? []);
    return response.status;
  } catch {
    return signal.aborted ? 200 : 0;
  }
}

async function takeOut({ client, random }: Person, measure: Measure, signal: AbortSignal): Promise<void> {
  const from = day(random);
  const made = await ask(measure, 'POST /exports', () =>
    client.post<{ id: string }>('/exports', {
      kind: 'orders',
      format: random.pick(['csv', 'xlsx']),
      filter: { from, to: from },
    }),
  );
  if (made === null) return;
  const startedAt = performance.now();
  while (!signal.aborted) {
    const now = await ask(measure, 'GET /exports/:id', () => client.get<{ status: string }>(`/exports/${made.id}`));
    if (now?.status === 'completed') {
      measure.note('export to done', performance.now() - startedAt, 200);
      await ask(measure, 'GET /exports/:id/download', () => client.get(`/exports/${made.id}/download`));
      return;
    }
    if (now === null || now.status === 'failed') return;
    await sleep(500);
  }
}

/** Deeds with their weights. */
const DEEDS: readonly (readonly [number, Deed])[] = [
  [30, get('/orders', (random) => `/orders?limit=50&from=${day(random)}`)],
  [20, lookCloser],
  [6, get('/orders?q=', (random) => `/orders?limit=50&q=${random.hex(4)}`)],
  [8, get('/reconciliation/summary', (random) => `/reconciliation/summary?from=${day(random)}`)],
  [
    8,
    get(
      '/analytics/:name',
      (random) => `/analytics/${random.pick(['summary', 'machines', 'time-series'])}?from=${day(random)}`,
    ),
  ],
  [8, get('/files', () => '/files?limit=50')],
  [6, get('/sessions', () => '/sessions?limit=50')],
  [4, get('/auth/me', () => '/auth/me')],
  [7, upload],
  [3, takeOut],
];
const WEIGHT = DEEDS.reduce((sum, [weight]) => sum + weight, 0);
/** A person reads for so long before the next click, ms. */
const THINK_MS = [300, 1_700] as const;
/** Well before the access token of an hour ends. */
const SIGN_IN_EVERY_MS = 45 * 60_000;

/** One person at work until the signal. */
export async function beAtWork(person: Person, measure: Measure, signal: AbortSignal): Promise<void> {
  let signedInAt = performance.now();
  while (!signal.aborted) {
    if (performance.now() - signedInAt > SIGN_IN_EVERY_MS) {
      await person.signIn();
      signedInAt = performance.now();
    }
    let draw = person.random.int(1, WEIGHT);
    const deed = DEEDS.find(([weight]) => (draw -= weight) <= 0)?.[1];
    await deed?.(person, measure, signal);
    await sleep(person.random.int(...THINK_MS));
  }
}
