/**
 * The body of POST /files: streamed straight into the store, hashed and counted on the way; no temporary file, no
 * buffer.
 *
 * multer answers a refusal only when the body has ended, so a client that stalls would never hear it. The engine
 * therefore tells every refusal itself, at once; whoever sends on is read out for a while by the error handler
 * (discard-body.ts).
 */
import type { Request, Response } from 'express';
import multer from 'multer';
import { AppError } from '../shared/errors.ts';
import { tooLarge, tooMany, type StoredUpload, type UploadLimits } from '../shared/uploads/store-file.ts';
import type { Uploads } from '../shared/uploads/uploads.ts';

/** Part headers, boundaries and the field `source`, beyond the bytes of the files. */
const SLACK_BYTES = 1024 * 1024;
const MAX_FIELDS = 5;
/** A sender that is silent for so long has gone. */
const STALL_LIMIT_MS = 30_000;

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
  uploads: Pick<Uploads, 'limits' | 'store' | 'discard'>,
): Promise<ReceivedUpload> {
  const { limits } = uploads;
  const controller = new AbortController();
  /** in the order of their parts; a put that fails takes its own back */
  const puts: Promise<StoredUpload>[] = [];
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
    if (fileCount > limits.maxFiles) throw tooMany(limits);
    const put = uploads.store({ name: file.originalname, bytes: file.stream }, controller.signal);
    puts.push(put);
    try {
      await put;
    } finally {
      // what the parser still has of this part must not block it
      file.stream.resume();
    }
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
    if (puts.length === 0) throw invalid('files', 'no file was sent');
    return { files: await Promise.all(puts), fields: textFields(request.body) };
  } catch (error) {
    controller.abort(error);
    const ends = await Promise.allSettled(puts);
    await uploads.discard(ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : [])));
    throw error;
  } finally {
    stall.stop();
    request.off('close', onGone);
  }
}

function invalid(path: string, message: string): AppError {
  return new AppError('validation_failed', { details: { issues: [{ path, message }] } });
}

function multipartFault(error: unknown, limits: UploadLimits): unknown {
  if (error instanceof multer.MulterError) {
    if (error.code === 'LIMIT_FILE_SIZE') return tooLarge(limits);
    if (error.code === 'LIMIT_FILE_COUNT' || error.code === 'LIMIT_PART_COUNT') {
      return tooMany(limits, error);
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
