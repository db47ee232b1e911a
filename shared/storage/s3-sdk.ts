/**
 * What is used of the AWS SDK. Only types of this module may be imported at a start: it is loaded when a bucket is
 * first asked (s3-client.ts).
 */
export {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client as AwsClient,
} from '@aws-sdk/client-s3';
export { Upload } from '@aws-sdk/lib-storage';
export { NodeHttpHandler } from '@smithy/node-http-handler';
