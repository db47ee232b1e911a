import type { UserRef } from '../api/types.ts';

/** Whom to show for "who did it": the name, else the address; a bare id says nothing to a reader and is left out. */
export function nameOf(person: string | UserRef | null | undefined): string {
  if (!person) return '';
  if (typeof person === 'string') return /^\d+$|^[0-9a-f-]{36}$/.test(person) ? '' : person;
  return person.name || person.email || '';
}
