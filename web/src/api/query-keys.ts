import { useQueryClient, type QueryClient, type QueryKey } from '@tanstack/vue-query';

/**
 * What the page reads, by the first part of each key; further parts are what it was asked for. A reading whose key is
 * not here cannot be told that it is out of date.
 */
export const QUERY_ROOTS = [
  'limits',
  'sessions',
  'session',
  'files',
  'file',
  'file-errors',
  'undo',
  'orders',
  'totals',
  'machines',
  'order',
  'summary',
  'missing',
  'analytics',
  'users',
  'tokens',
  'notices',
  'audit',
  'readyz',
  'doctor',
  'system-monitor',
  'system-queue',
  'system-cache',
  'system-blacklist',
] as const;
export type QueryRoot = (typeof QUERY_ROOTS)[number];

/** Everything worked out from the rows of the reports. */
const figures: readonly QueryRoot[] = ['orders', 'totals', 'machines', 'order', 'summary', 'missing', 'analytics'];
const uploads: readonly QueryRoot[] = ['sessions', 'session', 'files', 'file', 'file-errors', 'system-queue'];

/** What is out of date once something was done, here or by the server. */
export const OUT_OF_DATE_AFTER = {
  /** files were sent: nothing is loaded yet */
  upload: ['sessions', 'files', 'system-queue', 'audit'],
  /** an upload came to its end: whatever was shown before it */
  uploadEnded: [...uploads, ...figures],
  /** a file was asked about, tried again or cancelled */
  file: [...uploads, 'audit'],
  /** files were taken back: what they brought is gone */
  undo: [...uploads, ...figures, 'audit'],
  /** a decision was made or withdrawn: an order may count otherwise from now on */
  decision: [...figures, 'audit'],
  /** the orders of a period were reconciled again */
  run: [...figures, 'audit'],
  user: ['users', 'audit'],
  token: ['tokens', 'audit'],
  notices: ['notices', 'audit'],
  cache: ['system-cache', 'audit'],
  /** files go another way than before */
  mode: ['readyz', 'system-queue'],
} as const satisfies Record<string, readonly QueryRoot[]>;
export type Deed = keyof typeof OUT_OF_DATE_AFTER;

/** A tab of another version may do what this one does not know. */
const isDeed = (name: unknown): name is Deed => typeof name === 'string' && Object.hasOwn(OUT_OF_DATE_AFTER, name);

let tellOthers: (deed: Deed) => void = () => undefined;

/** What is done in one tab is out of date in all others of this browser, too; for the start of the page. */
export function shareChanges(client: QueryClient): void {
  if (!('BroadcastChannel' in globalThis)) return;
  const tabs = new BroadcastChannel('vhm24r-changed');
  tabs.addEventListener('message', (event: Event & { data?: unknown }) => {
    if (isDeed(event.data)) void readAgain(client, event.data);
  });
  tellOthers = (deed) => tabs.postMessage(deed);
}

/** Reads again what is shown and marks the rest as out of date. Resolves when what is shown has been read. */
export async function changed(client: Pick<QueryClient, 'invalidateQueries'>, deed: Deed): Promise<void> {
  tellOthers(deed);
  await readAgain(client, deed);
}

async function readAgain(client: Pick<QueryClient, 'invalidateQueries'>, deed: Deed): Promise<void> {
  await Promise.all(
    OUT_OF_DATE_AFTER[deed].map((root) => client.invalidateQueries({ queryKey: [root] satisfies QueryKey })),
  );
}

/** For components: `await changed('decision')`. */
export function useChanged(): (deed: Deed) => Promise<void> {
  const client = useQueryClient();
  return (deed) => changed(client, deed);
}
