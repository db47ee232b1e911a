/** Who made a file, a session or a decision: the name; an id alone says nothing to a reader and is left out. */
export function authorOf(thing: { createdByName: string | null }): string {
  return thing.createdByName ?? '';
}
