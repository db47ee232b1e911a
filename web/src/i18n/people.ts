import type { Shape } from '../../../client/shapes.ts';

/** Who made a file, a session or a decision: the name; an id alone says nothing to a reader and is left out. */
export function authorOf(thing: { createdByName: string | null }): string {
  return thing.createdByName ?? '';
}

/** Who sent it, and by which door where that is not the page itself. @param word of a door, in the reader's language */
export function cameBy(
  thing: Pick<Shape<'Session'>, 'createdByName' | 'door'>,
  word: (door: Shape<'Session'>['door']) => string,
): string {
  return [authorOf(thing), thing.door === 'page' ? '' : word(thing.door)].filter(Boolean).join(' · ');
}
