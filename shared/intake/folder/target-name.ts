/** Names under which files are put away. */
import { extname } from 'node:path';
import { cutToBytes } from '../../uploads/file-name.ts';

/** What stands beside a file that was put away. */
export const RESULT_ENDINGS = ['.result.json', '.result.txt'] as const;

/** 255 bytes less the longest ending and what it is called while it is written. */
const MAX_BYTES = 230;

/** The name itself, then with (2), (3) …; cut where the names beside it would be too long, its ending kept. */
export function targetName(name: string, attempt: number): string {
  const ending = extname(name);
  const mark = attempt === 1 ? '' : ` (${attempt})`;
  const room = MAX_BYTES - Buffer.byteLength(mark + ending);
  return cutToBytes(name.slice(0, name.length - ending.length), room) + mark + ending;
}
