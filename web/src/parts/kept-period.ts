/** The period that was chosen last, for every page of this tab. */
import type { Period } from './periods.ts';

const storedKey = 'vhm24r.period';

export function keepPeriod({ from, to }: Period): void {
  sessionStorage.setItem(storedKey, JSON.stringify({ from, to }));
}

/** As the query of an address. */
export function keptPeriod(): { from?: string; to?: string } {
  try {
    const { from, to } = JSON.parse(sessionStorage.getItem(storedKey) ?? '{}') as Partial<Period>;
    return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
  } catch {
    return {};
  }
}
