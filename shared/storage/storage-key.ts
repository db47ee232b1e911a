import { randomUUID } from 'node:crypto';

const KEY = /^(files|exports|checks)\/(\d{8})\/(\d{6})-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export type StorageArea = 'files' | 'exports' | 'checks';

/**
 * A new key. It carries its time (UTC), so that every driver can tell old from new without a clock of its own, and a random id,
 * so that nothing a person typed is in it.
 */
export function newStorageKey(area: StorageArea, now: Date = new Date()): string {
  const digits = now.toISOString().replace(/\D/g, '');
  return `${area}/${digits.slice(0, 8)}/${digits.slice(8, 14)}-${randomUUID()}`;
}

/** Throws for anything newStorageKey did not make: keys become paths. */
export function assertStorageKey(key: string): void {
  if (!KEY.test(key)) throw new TypeError('not a storage key');
}

/** When the key was made, or null for something else. */
export function storageKeyTime(key: string): Date | null {
  const match = KEY.exec(key);
  const day = match?.[2];
  const time = match?.[3];
  if (day === undefined || time === undefined) return null;
  return new Date(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4, 6)}Z`);
}
