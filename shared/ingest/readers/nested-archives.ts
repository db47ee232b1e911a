import { detectFormat, type DetectedFormat, type DetectOptions } from '../detect-format.ts';
import { FileFault } from './reader.ts';

const ARCHIVE_FORMATS: ReadonlySet<DetectedFormat> = new Set(['zip', 'rar', '7z', 'gzip', 'bzip2', 'xz']);

/** Told by content; a member that only looks like a damaged archive goes on as a file and gets its own answer. */
export async function assertNotNested(path: string, options: DetectOptions): Promise<void> {
  const format = await detectFormat(path, options).catch((error: unknown) => {
    if (error instanceof FileFault) return null;
    throw error;
  });
  if (format !== null && ARCHIVE_FORMATS.has(format)) throw new FileFault('archive_nested');
}
