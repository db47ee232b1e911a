/**
 * The body of POST /files: streamed straight into the store, hashed and counted on the way; no temporary file, no
 * buffer.
 *
 * multer answers a refusal only when the body has ended, so a client that stalls would never hear it. The engine
 * therefore tells every refusal itself, at once; whoever sends on is read out for a while by the error handler
 * (discard-body.ts).
 */
import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { Request, Response } from 'express';
import multer from 'multer';
import { AppError } from '../shared/errors.ts';
import { cleanFileName } from '../shared/uploads/file-name.ts';
import { removeStored, type StoredUpload } from '../shared/uploads/upload-service.ts';
import { holdErrors, type FileStore } from '../shared/storage/file-store.ts';
import { newStorageKey } from '../shared/storage/storage-key.ts';

/** Part headers, boundaries and the field `source`, beyond the bytes of the files. */
const SLACK_BYTES = 1024 * 1024;
const MAX_FIELDS = 5;
/** A sender that is silent for so long has gone. */
const STALL_LIMIT_MS = 30_000;

export interface UploadLimits {
  maxFileBytes: number;
  maxFiles: number;
}

export interface ReceivedUpload {
  files: StoredUpload[];
  fields: Record<string, string>;
}

/** Refuses by the headers alone, before any byte of the body is read. */
export function assertAcceptable(request: Request, limits: UploadLimits): void {
  if (request.is('multipart/form-data') === false || request.is('multipart/form-data') === null) {
    throw new AppError('unsupported_media_type');
  }
  const declared = Number(request.get('content-length') ?? 0);
  if (declared > limits.maxFileBytes * limits.maxFiles + SLACK_BYTES) throw tooLarge(limits);
}

/**
 * Receives the whole body. When it rejects, nothing of it remains stored.
 * @throws AppError validation_failed, file_too_large, too_many_files
 */
export async function receiveUpload(
  request: Request,
  response: Response,
  store: FileStore,
  limits: UploadLimits,
): Promise<ReceivedUpload> {
  const controller = new AbortController();
  const stored: StoredUpload[] = [];
  /** those whose bytes are whole; a put that failed has taken its own back */
  const kept: StoredUpload[] = [];
  const puts: Promise<unknown>[] = [];
  let fileCount = 0;
  let refuse: (error: Error) => void = () => undefined;
  const refused = new Promise<never>((_resolve, reject) => {
    refuse = reject;
  });
  refused.catch(() => undefined);

  async function take(file: Express.Multer.File): Promise<void> {
    fileCount += 1;
    // the parser may still hand over parts it had read when another was refused
    controller.signal.throwIfAborted();
    if (file.fieldname !== 'files') throw invalid('files', 'files are sent in the field "files"');
    if (fileCount > limits.maxFiles) throw new AppError('too_many_files', { params: { maxFiles: limits.maxFiles } });
    const storageKey = newStorageKey('files');
    const place = stored.length;
    const upload: StoredUpload = { storageKey, name: cleanFileName(file.originalname), sizeBytes: 0, sha256: '' };
    stored[place] = upload;
    const hash = createHash('sha256');
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, callback) {
        upload.sizeBytes += chunk.length;
        if (upload.sizeBytes > limits.maxFileBytes) {
          callback(tooLarge(limits));
          return;
        }
        hash.update(chunk);
        callback(null, chunk);
      },
    });
    // a client that goes ends both at any moment, also before the store reads and after it has ended
    holdErrors(meter);
    file.stream.on('error', (error: Error) => meter.destroy(error));
    file.stream.once('close', () => {
      if (!meter.writableEnded) meter.destroy(new Error('the sender went away'));
    });
    const abort = () => meter.destroy(controller.signal.reason as Error);
    controller.signal.addEventListener('abort', abort, { once: true });
    const put = store.put(storageKey, file.stream.pipe(meter), controller.signal);
    puts.push(put.catch(() => undefined));
    try {
      await put;
    } finally {
      controller.signal.removeEventListener('abort', abort);
      // what the parser still has of this part must not block it
      file.stream.unpipe(meter);
      file.stream.resume();
    }
    upload.sha256 = hash.digest('hex');
    kept.push(upload);
  }

  const engine: multer.StorageEngine = {
    _handleFile(_request, file, callback) {
      take(file).then(
        () => callback(null, {}),
        (error: Error) => {
          file.stream.resume();
          refuse(error);
          callback(error);
        },
      );
    },
    // removal is done below, once, for everything
    _removeFile: (_request, _file, callback) => callback(null),
  };

  const receive = multer({
    storage: engine,
    defParamCharset: 'utf8',
    limits: {
      // one beyond each, so that the engine and not the parser refuses, at once and by the right code
      files: limits.maxFiles + 1,
      fileSize: limits.maxFileBytes + 1,
      fields: MAX_FIELDS,
      parts: limits.maxFiles + 1 + MAX_FIELDS,
      fieldNameSize: 100,
      fieldSize: 1_024,
      headerPairs: 20,
      fieldNestingDepth: 0,
      fieldArrayIndexLimit: 0,
    },
  }).any();

  const parsed = new Promise<void>((resolve, reject) => {
    receive(request, response, (error: unknown) =>
      error === undefined || error === null ? resolve() : reject(multipartFault(error, limits)),
    );
  });
  parsed.catch(() => undefined);
  const onGone = () => {
    if (!request.complete) refuse(new AppError('validation_failed', { details: { reason: 'aborted' } }));
  };
  request.once('close', onGone);
  const stall = watchStall(request, () => {
    refuse(new AppError('validation_failed', { details: { reason: 'stalled' } }));
    request.socket.destroy();
  });

  try {
    await Promise.race([parsed, refused]);
    if (stored.length === 0) throw invalid('files', 'no file was sent');
    return { files: stored, fields: textFields(request.body) };
  } catch (error) {
    controller.abort(error);
    await Promise.allSettled(puts);
    await removeStored(store, kept);
    throw error;
  } finally {
    stall.stop();
    request.off('close', onGone);
  }
}

function tooLarge(limits: UploadLimits): AppError {
  return new AppError('file_too_large', { params: { maxMb: Math.floor(limits.maxFileBytes / 1024 / 1024) } });
}

function invalid(path: string, message: string): AppError {
  return new AppError('validation_failed', { details: { issues: [{ path, message }] } });
}

function multipartFault(error: unknown, limits: UploadLimits): unknown {
  if (error instanceof multer.MulterError) {
    if (error.code === 'LIMIT_FILE_SIZE') return tooLarge(limits);
    if (error.code === 'LIMIT_FILE_COUNT' || error.code === 'LIMIT_PART_COUNT') {
      return new AppError('too_many_files', { params: { maxFiles: limits.maxFiles }, cause: error });
    }
    return new AppError('validation_failed', { details: { reason: error.code.toLowerCase() }, cause: error });
  }
  if (error instanceof AppError) return error;
  // busboy: malformed part header, unexpected end of form, no boundary; a storage fault has come by way of refuse()
  if (error instanceof Error && (error as { code?: unknown }).code === undefined) {
    return new AppError('validation_failed', { details: { reason: 'malformed_multipart' }, cause: error });
  }
  return error;
}

function textFields(body: unknown): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>)) {
    if (typeof value !== 'string') throw invalid(name, 'occurs more than once');
    fields[name] = value;
  }
  return fields;
}

/** Calls back once when nothing has come for a while although there is room for more. */
function watchStall(request: Request, onStall: () => void): { stop(): void } {
  const { socket } = request;
  let seenBytes = socket.bytesRead;
  const timer = setInterval(() => {
    if (socket.bytesRead === seenBytes && !request.isPaused() && !request.complete) {
      clearInterval(timer);
      onStall();
    }
    seenBytes = socket.bytesRead;
  }, STALL_LIMIT_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
