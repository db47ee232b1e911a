/** A real S3 server, Ceph's radosgw, with one user and one bucket; what a test may do to it, and what it holds. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  ListMultipartUploadsCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  type ListMultipartUploadsCommandOutput,
} from '@aws-sdk/client-s3';
import { openCephCluster, type CephCluster } from './cluster.ts';

/** As services are given them. */
export type AwsKeys = Record<'AWS_ACCESS_KEY_ID' | 'AWS_SECRET_ACCESS_KEY', string>;

export interface CephS3 {
  url: string;
  bucket: string;
  env: AwsKeys;
  /** For STORAGE_URL. @param place `bucket` or `bucket/prefix` */
  storageUrl(place?: string): string;
  /** Keys that the server knows and that have no right to the bucket. */
  keysOfAnother(): Promise<AwsKeys>;
  /** A client of the test's own, past the product. */
  client: S3Client;
  /** keys of all objects of the bucket */
  keys(): Promise<string[]>;
  /** keys of uploads in parts that were begun and not ended */
  unfinished(): Promise<string[]>;
  /** How many bytes more the bucket takes, by its quota; null: as many as there are. */
  leaveRoom(bytes: number | null): Promise<void>;
  /** SIGKILL of radosgw; its port then refuses. */
  kill(): Promise<void>;
  /** again on its port, and answering; with options such as `--rgw-print-continue=false` */
  restart(...options: string[]): Promise<void>;
  /** SIGSTOP of radosgw: connections are taken and nothing is answered */
  freeze(): void;
  thaw(): void;
  /** SIGSTOP of the OSD: radosgw lives, and waits for it at each question */
  freezeDisk(): void;
  thawDisk(): void;
  close(): Promise<void>;
}

interface BucketStats {
  usage: Record<string, { size_actual: number }>;
}

const BUCKET = 'reports';
const USER = 'reports';

export async function openCephS3(): Promise<CephS3> {
  const folder = await mkdtemp(join(tmpdir(), 'vhm24r-ceph-'));
  const cluster = await openOnFreePorts(folder);
  const env = await makeUser(cluster, USER);
  const client = new S3Client({
    // any other is said as a place for the bucket, and it knows no other
    region: 'us-east-1',
    endpoint: cluster.url,
    forcePathStyle: true,
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  // the first of each kind make their pools, which takes seconds: no test is to meet that
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
  await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'first', Body: 'first' }));

  const server: CephS3 = {
    url: cluster.url,
    bucket: BUCKET,
    env,
    client,
    keysOfAnother: () => makeUser(cluster, 'another'),
    storageUrl: (place = BUCKET) => `s3://${place}?endpoint=${encodeURIComponent(cluster.url)}`,
    async keys() {
      const found: string[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: BUCKET }))
        found.push(...Contents.map(({ Key = '' }) => Key));
      return found;
    },
    async unfinished() {
      const found: string[] = [];
      let from: { KeyMarker?: string; UploadIdMarker?: string } | null = {};
      while (from !== null) {
        const page: ListMultipartUploadsCommandOutput = await client.send(
          new ListMultipartUploadsCommand({ Bucket: BUCKET, ...from }),
        );
        found.push(...(page.Uploads ?? []).map(({ Key = '' }) => Key));
        const { NextKeyMarker: KeyMarker = '', NextUploadIdMarker: UploadIdMarker = '' } = page;
        from = page.IsTruncated === true ? { KeyMarker, UploadIdMarker } : null;
      }
      return found;
    },
    async leaveRoom(bytes) {
      const limit = bytes === null ? -1 : (await usedBytes(cluster)) + bytes;
      await cluster.admin('quota', 'set', '--quota-scope=bucket', `--bucket=${BUCKET}`, `--max-size=${limit}`);
    },
    async kill() {
      cluster.gateway().signal('SIGKILL');
      await cluster.gateway().exited;
    },
    restart: (...options) => cluster.startGateway(...options),
    freeze: () => void cluster.gateway().signal('SIGSTOP'),
    thaw: () => void cluster.gateway().signal('SIGCONT'),
    freezeDisk: () => void cluster.osd.signal('SIGSTOP'),
    thawDisk: () => void cluster.osd.signal('SIGCONT'),
    async close() {
      client.destroy();
      await cluster.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await server.leaveRoom(null);
  await cluster.admin('quota', 'enable', '--quota-scope=bucket', `--bucket=${BUCKET}`);
  return server;
}

/** A whole cluster once more where somebody was quicker at a port that was free. */
async function openOnFreePorts(folder: string): Promise<CephCluster> {
  try {
    return await openCephCluster(join(folder, 'first'));
  } catch (error) {
    if (!/bind/i.test(String(error))) throw error;
    return openCephCluster(join(folder, 'second'));
  }
}

/** As a quota reckons: each object in whole blocks, the parts of unfinished uploads with them. */
async function usedBytes(cluster: CephCluster): Promise<number> {
  const { usage } = (await cluster.admin('bucket', 'stats', `--bucket=${BUCKET}`)) as BucketStats;
  return Object.values(usage).reduce((sum, { size_actual: bytes }) => sum + bytes, 0);
}

async function makeUser(cluster: CephCluster, name: string): Promise<AwsKeys> {
  const { keys } = (await cluster.admin('user', 'create', '--uid', name, '--display-name', name)) as {
    keys: { access_key: string; secret_key: string }[];
  };
  const [pair] = keys;
  if (pair === undefined) throw new Error(`radosgw-admin made no keys for ${name}`);
  return { AWS_ACCESS_KEY_ID: pair.access_key, AWS_SECRET_ACCESS_KEY: pair.secret_key };
}
