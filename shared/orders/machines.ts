/**
 * Which machines a text names. Machines are few, so their table is read exact and compared here: letters of every
 * alphabet fold alike, whatever the collation of the database.
 */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';

interface Machine {
  code: string;
  /** its last address in HW, else VendHub's category; folded */
  name: string;
}

const MACHINE_CODE = /^[0-9a-f]{12}$/;

/**
 * An operator has some hundreds. Of a report that gives each row a machine of its own so many are listed, those with
 * the most first: a list of all would hold up the service and every page that shows it.
 */
export const MOST_LISTED = 5_000;
/** So many are compared by name. */
const MOST_COMPARED = 20_000;

export const fold = (text: string): string => text.trim().toLowerCase();

async function allMachines(db: DbOrTransaction): Promise<Machine[]> {
  const rows = await selectRows<{ machine_code: string; name: string | null }>(
    db,
    `select machine_code, coalesce(address, category) as name from machines limit ${MOST_COMPARED}`,
  );
  return rows.map((row) => ({ code: row.machine_code, name: fold(row.name ?? '') }));
}

/**
 * Codes of the machines that `machine=` names: one code or name as a exact (a name may hold commas), else each
 * comma-separated part by itself, exactly or as part of a name. What names no known machine stands for itself.
 */
export async function machineCodesNamed(db: DbOrTransaction, text: string): Promise<string[]> {
  const machines = await allMachines(db);
  const exactly = (part: string) =>
    machines.filter(({ code, name }) => code === part || name === part).map(({ code }) => code);
  const exact = exactly(fold(text));
  if (exact.length > 0) return exact;
  const codes = text
    .split(',')
    .map(fold)
    .filter((part) => part !== '')
    .flatMap((part) => {
      const exact = exactly(part);
      if (exact.length > 0 || MACHINE_CODE.test(part)) return [part, ...exact];
      return [part, ...machines.filter(({ name }) => name.includes(part)).map(({ code }) => code)];
    });
  return [...new Set(codes)];
}

/** Codes of machines whose code begins with the text or whose name holds it, and the text itself where it is a code. */
export async function machineCodesLike(db: DbOrTransaction, text: string): Promise<string[]> {
  const part = fold(text);
  const codes = (await allMachines(db))
    .filter(({ code, name }) => code.startsWith(part) || name.includes(part))
    .map(({ code }) => code);
  return MACHINE_CODE.test(part) ? [...new Set([part, ...codes])] : codes;
}
