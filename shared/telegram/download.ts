/** The bytes of a document, from Telegram into the store. */
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { Config } from '../config.ts';
import type { StoredUpload } from '../uploads/store-file.ts';
import type { Uploads } from '../uploads/uploads.ts';
import { type BotApi, faultOf, MAX_DOWNLOAD_BYTES } from './bot-api.ts';

const DOWNLOAD_LIMIT_MS = 60_000;

/** Telegram does not give it now: it is asked again. */
export class DownloadDelayed extends Error {
  readonly code: string;
  readonly afterS: number;
  /** it was refused, not put off: asking again hardly helps */
  readonly isRefusal: boolean;
  constructor(code: string, afterS: number, isRefusal = false) {
    super(`a document could not be fetched: ${code}`);
    this.name = 'DownloadDelayed';
    this.code = code;
    this.afterS = afterS;
    this.isRefusal = isRefusal;
  }
}

export interface DownloadDeps {
  api: BotApi;
  telegram: Config['telegram'];
  uploads: Uploads;
}

/**
 * @returns the stored bytes, or why there will never be any
 * @throws DownloadDelayed; what Uploads.store throws
 */
export async function download(
  { api, telegram, uploads }: DownloadDeps,
  document: { fileId: string; name: string; sizeBytes: number | null },
  stopped: AbortSignal,
): Promise<StoredUpload | 'too_big'> {
  if ((document.sizeBytes ?? 0) > MAX_DOWNLOAD_BYTES) return 'too_big';
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(DOWNLOAD_LIMIT_MS)]);
  let path: string | undefined;
  try {
    path = (await api.getFile(document.fileId)).file_path;
  } catch (error) {
    const fault = faultOf(error);
    if (fault.kind === 'refused' && fault.code === 'too_big') return 'too_big';
    if (fault.kind === 'later') throw new DownloadDelayed(fault.code, fault.afterS);
    throw new DownloadDelayed('code' in fault ? fault.code : fault.kind, 2, true);
  }
  if (path === undefined) throw new DownloadDelayed('no_path', 2);
  const bytes = await open(telegram, path, signal);
  try {
    return await uploads.store({ name: document.name, bytes }, signal);
  } catch (error) {
    // the line, not the store: its own faults have codes
    if (bytes.errored !== null || signal.aborted) throw new DownloadDelayed('cut', 2);
    throw error;
  } finally {
    bytes.destroy();
  }
}

/** The address holds the bot's token: nothing of it, nor of fetch's error, goes further. */
async function open({ apiRoot, botToken }: Config['telegram'], path: string, signal: AbortSignal): Promise<Readable> {
  const name = path.split('/').map(encodeURIComponent).join('/');
  const address = `${apiRoot.replace(/\/$/, '')}/file/bot${botToken ?? ''}/${name}`;
  const response = await fetch(address, { signal }).catch(() => null);
  if (response === null) throw new DownloadDelayed('unreachable', 2);
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new DownloadDelayed(`http_${response.status}`, Number(response.headers.get('retry-after') ?? 2));
  }
  return Readable.fromWeb(response.body as ReadableStream);
}
