/**
 * Where a person is in the list of orders, kept for this tab: for previous and next, and for the way back to the same
 * row.
 */
const storedKey = 'vhm24r.list-place';

export interface ListPlace {
  /** the list's address */
  query: Record<string, string>;
  /** of the order that was looked at last; null: none yet */
  orderId: string | null;
}

export function keepPlace(place: ListPlace): void {
  sessionStorage.setItem(storedKey, JSON.stringify(place));
}

export function keptPlace(): ListPlace | null {
  try {
    const place = JSON.parse(sessionStorage.getItem(storedKey) ?? 'null') as ListPlace | null;
    return place !== null && typeof place.query === 'object' ? place : null;
  } catch {
    return null;
  }
}
