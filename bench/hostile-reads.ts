/** Every read of the product, as somebody asks who means no good: never the same twice, so that no answer is kept. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Random } from '../scripts/make-month/random.ts';
import type { Product } from './product.ts';

/** What reads of one thing are asked for. */
export interface Targets {
  fileId: string;
  sessionId: string;
  /** an order with a row of origin */
  orderId: string;
  exportId: string;
}

const EXAMPLE = join(fileURLToPath(new URL('..', import.meta.url)), 'examples', 'happy_workers.csv');

/** Loads an example and has it written out, for reads that need a file, a session, a row of origin or an export. */
export async function makeTargets({ client }: Product): Promise<Targets> {
  const { body } = await client.upload([{ path: EXAMPLE }]);
  const session = await client.waitForSession(body.session.id);
  const fileId = session.files[0]?.id ?? '';
  const [, first = ''] = (await readFile(EXAMPLE, 'utf8')).split('\n');
  const orders = await client.get<{ items: { id: string }[] }>(`/orders?limit=1&q=${first.split(',')[0]}`);
  const made = await client.post<{ id: string }>('/exports', {
    kind: 'orders',
    format: 'csv',
    filter: { file: fileId },
  });
  return { fileId, sessionId: session.id, orderId: orders.body.items[0]?.id ?? '', exportId: made.body.id };
}

const day = (random: Random): string =>
  `2025-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`;
const instant = (random: Random): string =>
  `${day(random)}T${String(random.int(10, 23))}:${random.int(10, 59)}:${random.int(10, 59)}.${random.int(100, 999)}Z`;
const sorts = [
  ...(['time', 'order', 'place', 'goods', 'price', 'payment', 'legs'] as const),
  ...(['status', 'issues', 'difference', 'why'] as const),
] as const;
const statuses = ['fully_matched', 'price_mismatch', 'hw_only', 'vendhub_only', 'time_out_of_range'] as const;

const filter = (random: Random): string =>
  random.pick([
    `from=${instant(random)}`,
    `from=${instant(random)}&status=${random.pick(statuses)}`,
    `amountFrom=${random.int(5, 20)}000&amountTo=${random.int(21, 44)}000.${random.int(10, 99)}`,
    `q=${random.hex(4)}`,
    `q=${random.int(1, 28)}.0${random.int(1, 9)} ${random.int(10, 23)}:${random.int(10, 59)}`,
    `q=${random.int(10, 23)}:${random.int(10, 59)}`,
    `machine=machine000${random.int(10, 39)}&q=${random.int(1, 24)}`,
    `machine=${random.int(10, 39)},ташкент ${random.hex(2)}`,
    `reason=no_receipt&to=${instant(random)}`,
    `source=payme,fiscal_bills&from=${instant(random)}`,
    `changeType=changed,filled&to=${instant(random)}`,
    `issue=price_mismatch&pending=false&to=${instant(random)}`,
    `settled=true&from=${instant(random)}`,
    `paymentType=cash,payme&from=${day(random)}&to=${day(random)}`,
    `q=Напиток ${random.int(1, 24)}`,
  ]);

const ANALYTICS = [
  ...(['summary', 'payment-types', 'machines', 'products', 'time-series', 'hour-weekday'] as const),
  ...(['machine-months', 'gateway-totals'] as const),
];

/** By the route that is asked. */
export function hostileReads({ fileId, sessionId, orderId, exportId }: Targets): Record<string, (r: Random) => string> {
  const page = (random: Random): string => `limit=${random.int(1, 1_000)}`;
  return {
    '/orders': (random) => `/orders?limit=1000&sort=${random.pick(['', '-'])}${random.pick(sorts)}&${filter(random)}`,
    '/orders/totals': (random) => `/orders/totals?${filter(random)}`,
    '/orders/machines': (random) => `/orders/machines?${filter(random)}`,
    '/orders/:id/changes': (random) => `/orders/${random.int(1, 10_000)}/changes?${page(random)}`,
    '/orders/:id': (random) => `/orders/${random.int(1, 10_000)}`,
    '/orders/:id/raw/:source': () => `/orders/${orderId}/raw/happy_workers`,
    '/reconciliation/summary': (random) => `/reconciliation/summary?from=${instant(random)}&to=${instant(random)}`,
    '/coverage/missing': (random) => `/coverage/missing?from=${instant(random)}`,
    ...Object.fromEntries(
      ANALYTICS.map((name) => [
        `/analytics/${name}`,
        (random: Random) =>
          `/analytics/${name}?from=${instant(random)}&group=${random.pick(['hour', 'day', 'week', 'month'])}`,
      ]),
    ),
    '/files': (random) => `/files?${page(random)}`,
    '/files/:id': () => `/files/${fileId}`,
    '/files/:id/content': () => `/files/${fileId}/content`,
    '/files/:id/errors': (random) =>
      `/files/${fileId}/errors?format=${random.pick(['json', 'csv', 'xlsx'])}&${page(random)}`,
    '/files/:id/errors/groups': () => `/files/${fileId}/errors/groups`,
    '/templates/:name': () => '/templates/happy_workers.xlsx',
    '/sessions': (random) => `/sessions?${page(random)}`,
    '/sessions/:id': () => `/sessions/${sessionId}`,
    '/exports/:id': () => `/exports/${exportId}`,
    '/exports/:id/download': () => `/exports/${exportId}/download`,
    '/audit': (random) => `/audit?limit=1000&subject=${random.hex(8)}&to=${instant(random)}`,
    'what is small': (random) =>
      random.pick(['/auth/me', '/tokens', '/users', '/limits', '/auth/notices', '/system/queue', '/system/cache']),
    'outside the table': (random) => random.pick(['/readyz', '/livez', '/api/openapi.json', '/metrics', '/']),
  };
}
