/**
 * The few calls of S3 that are needed here; Railway buckets, R2, MinIO and Amazon alike.
 * docs/decisions/0004-s3-client.md says why by this library.
 */
import { Readable } from 'node:stream';
import { withVariable } from '../config.ts';
import { holdErrors, StoredFileMissingError } from './file-store.ts';
import { isStatus, s3Fault } from './s3-faults.ts';
import { createS3Handler } from './s3-handler.ts';
import { createUnfinishedUploads, type OpenedS3, type UnfinishedUploads } from './s3-unfinished.ts';
import type { S3Options } from './s3-url.ts';

export interface S3Object {
  key: string;
  sizeBytes: number;
}

/** Every call rejects with StorageUnavailableError when the bucket cannot be used, whatever the cause. */
export interface S3Client extends UnfinishedUploads {
  /** Stores a stream of unknown length, whole or not at all; returns its bytes. */
  put(key: string, stream: Readable, signal?: AbortSignal): Promise<number>;
  putBytes(key: string, bytes: Buffer): Promise<void>;
  /** Rejects with StoredFileMissingError when the key is unknown. */
  read(key: string, range?: { start: number; end: number }): Promise<Readable>;
  exists(key: string): Promise<boolean>;
  /** In the order of their keys. @param most how many are enough */
  list(prefix: string, most?: number): Promise<S3Object[]>;
  remove(key: string): Promise<void>;
}

/** Amazon wants parts of 5 MiB at least; one is sent while the next is filled. */
const PART_BYTES = 8 * 1024 * 1024;

/**
 * The version is pinned to one for Node 20: its word that later ones will want more is nothing for whoever runs a
 * service.
 */
const quietly = <T>(open: () => T): T => withVariable('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true', open);

/**
 * The SDK takes a fifth of the start of a service, most of which keep their files elsewhere: it is loaded by the first
 * call.
 */
async function openS3(options: S3Options): Promise<OpenedS3> {
  const sdk = await import('./s3-sdk.ts');
  const client = quietly(
    () =>
      new sdk.AwsClient({
        region: options.region,
        endpoint: options.endpoint,
        forcePathStyle: options.pathStyle,
        credentials: {
          accessKeyId: options.accessKeyId,
          secretAccessKey: options.secretAccessKey,
          ...(options.sessionToken === null ? {} : { sessionToken: options.sessionToken }),
        },
        maxAttempts: 2,
        // not every server knows the newer checksums
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
        // no waiting for a word to go on (`Expect: 100-continue`): some servers never give it, and one that gives it
        // and then refuses cuts the line, on which its answer is lost
        expectContinueHeader: false,
        requestHandler: createS3Handler(sdk.NodeHttpHandler),
      }),
  );
  return { sdk, client };
}

export function createS3Client(options: S3Options): S3Client {
  const Bucket = options.bucket;
  let opened: Promise<OpenedS3> | null = null;
  const open = (): Promise<OpenedS3> => (opened ??= openS3(options));

  /** HEAD has no body to tell a missing key from a missing bucket. */
  async function assertBucket(): Promise<void> {
    const { sdk, client } = await open();
    try {
      await client.send(new sdk.HeadBucketCommand({ Bucket }));
    } catch (error) {
      throw s3Fault(error, 'NoSuchBucket');
    }
  }

  return {
    ...createUnfinishedUploads(open, Bucket),

    async put(key, stream, signal) {
      // before anything is waited for: nobody else hears its errors
      holdErrors(stream);
      const { sdk, client } = await open();
      let sizeBytes = 0;
      let sourceError: { error: unknown } | null = null;
      async function* counted(): AsyncGenerator<Buffer> {
        try {
          for await (const piece of stream.iterator({ destroyOnReturn: true })) {
            signal?.throwIfAborted();
            sizeBytes += (piece as Buffer).length;
            yield piece as Buffer;
          }
        } catch (error) {
          sourceError = { error };
          throw error;
        }
      }
      const Body = Readable.from(counted(), { objectMode: false });
      holdErrors(Body);
      const upload = new sdk.Upload({ client, params: { Bucket, Key: key, Body }, partSize: PART_BYTES, queueSize: 1 });
      const onAbort = () => void upload.abort().catch(() => undefined);
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        signal?.throwIfAborted();
        await upload.done();
        signal?.throwIfAborted();
        return sizeBytes;
      } catch (error) {
        stream.destroy();
        Body.destroy();
        if (signal?.aborted === true) throw signal.reason;
        const source = sourceError as { error: unknown } | null;
        // a request that fails ends the source, too, which then says no more than that it was ended
        throw source?.error === error ? error : s3Fault(error);
      } finally {
        signal?.removeEventListener('abort', onAbort);
      }
    },

    async putBytes(key, bytes) {
      const { sdk, client } = await open();
      try {
        await client.send(new sdk.PutObjectCommand({ Bucket, Key: key, Body: bytes }));
      } catch (error) {
        throw s3Fault(error);
      }
    },

    async read(key, range) {
      const { sdk, client } = await open();
      try {
        const Range = range === undefined ? undefined : `bytes=${range.start}-${range.end}`;
        const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket, Key: key, Range }));
        const body = Body as unknown as Readable;
        return Readable.from(readable(body), { objectMode: false }).once('close', () => body.destroy());
      } catch (error) {
        // a range behind the end is no bytes
        if (isStatus(error, 416)) return Readable.from([]);
        throw s3Fault(error);
      }
    },

    async exists(key) {
      const { sdk, client } = await open();
      try {
        await client.send(new sdk.HeadObjectCommand({ Bucket, Key: key }));
        return true;
      } catch (error) {
        if (!isStatus(error, 404)) throw s3Fault(error);
      }
      await assertBucket();
      return false;
    },

    async list(prefix, most = Number.POSITIVE_INFINITY) {
      const { sdk, client } = await open();
      const found: S3Object[] = [];
      try {
        for await (const page of sdk.paginateListObjectsV2({ client }, { Bucket, Prefix: prefix })) {
          for (const { Key, Size } of page.Contents ?? [])
            if (Key !== undefined) found.push({ key: Key, sizeBytes: Size ?? 0 });
          if (found.length >= most) break;
        }
      } catch (error) {
        throw s3Fault(error);
      }
      return found.slice(0, most);
    },

    async remove(key) {
      const { sdk, client } = await open();
      try {
        await client.send(new sdk.DeleteObjectCommand({ Bucket, Key: key }));
      } catch (error) {
        const fault = s3Fault(error);
        if (!(fault instanceof StoredFileMissingError)) throw fault;
      }
    },
  };
}

/** The bytes; a connection that ends under way comes out as a fault of the storage. */
async function* readable(body: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body) yield chunk as Buffer;
  } catch (error) {
    throw s3Fault(error);
  }
}
