import type { UserRef } from '../api/types.ts';

/** Who made a file, a session or a decision. */
export function authorOf(thing: { createdBy: string | UserRef | null; createdByName?: string | null }): string {
  return thing.createdByName ?? nameOf(thing.createdBy);
}

/** Whom to show for "who did it": the name, else the address; a bare id says nothing to a reader and is left out. */
export function nameOf(person: string | UserRef | null | undefined): string {
  if (!person) return '';
  if (typeof person === 'string') return /^\d+$|^[0-9a-f-]{36}$/.test(person) ? '' : person;
  return person.name || person.email || '';
}
