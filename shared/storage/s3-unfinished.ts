/**
 * Uploads in parts that were begun and never ended: their process died. They are no objects and stand in no listing of
 * objects, but their parts are kept, and paid for, until somebody ends them.
 */
import { createHash } from 'node:crypto';
import type { S3Client as AwsClient } from '@aws-sdk/client-s3';
import { isStatus, s3Fault } from './s3-faults.ts';
import type * as Sdk from './s3-sdk.ts';

export interface UnfinishedUpload {
  /** of the object it was to become */
  key: string;
  uploadId: string;
}

export interface UnfinishedUploads {
  /** Those below a prefix; none where the server has no such call. Rejects with StorageUnavailableError. */
  listUnfinished(prefix: string): Promise<UnfinishedUpload[]>;
  /** Ends it and drops its parts; one that has ended meanwhile, well or not, is no fault. */
  abort(upload: UnfinishedUpload): Promise<void>;
}

/** The name by which a sweep suspects it: the same in each look, short whatever the server calls its uploads. */
export function nameOfUnfinished(key: string, { uploadId }: UnfinishedUpload): string {
  return `unfinished/${key}/${createHash('sha256').update(uploadId).digest('hex').slice(0, 32)}`;
}

/** The SDK and a client of it, once somebody has asked for them. */
export interface OpenedS3 {
  sdk: typeof Sdk;
  client: AwsClient;
}

export function createUnfinishedUploads(open: () => Promise<OpenedS3>, Bucket: string): UnfinishedUploads {
  return {
    async listUnfinished(prefix) {
      const { sdk, client } = await open();
      const found: UnfinishedUpload[] = [];
      let from: { KeyMarker?: string; UploadIdMarker?: string } = {};
      try {
        for (;;) {
          const page = await client.send(new sdk.ListMultipartUploadsCommand({ Bucket, Prefix: prefix, ...from }));
          for (const { Key, UploadId } of page.Uploads ?? []) {
            if (Key !== undefined && UploadId !== undefined) found.push({ key: Key, uploadId: UploadId });
          }
          if (page.IsTruncated !== true || page.NextKeyMarker === undefined) return found;
          const { NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = page;
          from = UploadIdMarker === undefined ? { KeyMarker } : { KeyMarker, UploadIdMarker };
        }
      } catch (error) {
        // some servers of this kind do not know the call: what they keep is theirs to expire
        if (isStatus(error, 501)) return [];
        throw s3Fault(error);
      }
    },

    async abort({ key, uploadId }) {
      const { sdk, client } = await open();
      try {
        await client.send(new sdk.AbortMultipartUploadCommand({ Bucket, Key: key, UploadId: uploadId }));
      } catch (error) {
        if (!(error instanceof Error && error.name === 'NoSuchUpload')) throw s3Fault(error);
      }
    },
  };
}
