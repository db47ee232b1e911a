import { randomUUID } from 'node:crypto';

const KEY = /^(?:files|exports|checks)\/\d{8}\/\d{6}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export type StorageArea = 'files' | 'exports' | 'checks';

/**
 * A new key. It carries the time of the process that made it (UTC), for whoever looks into the store and for folders of
 * a bearable size; nothing is decided by it, as that clock may be off. The rest is a random id, so that nothing a
 * person typed is in it.
 */
export function newStorageKey(area: StorageArea): string {
  const digits = new Date().toISOString().replace(/\D/g, '');
  return `${area}/${digits.slice(0, 8)}/${digits.slice(8, 14)}-${randomUUID()}`;
}

export const isStorageKey = (text: string): boolean => KEY.test(text);

/** Throws for anything newStorageKey did not make: keys become paths. */
export function assertStorageKey(key: string): void {
  if (!isStorageKey(key)) throw new TypeError('not a storage key');
}
