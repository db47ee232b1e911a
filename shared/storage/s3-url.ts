export interface S3Options {
  bucket: string;
  prefix: string;
  endpoint: string;
  region: string;
  /** the bucket in the path, not in the host's name */
  pathStyle: boolean;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string | null;
}

/**
 * `s3://bucket/prefix?endpoint=https://…&region=…&style=path|virtual`; credentials from AWS_ACCESS_KEY_ID and
 * AWS_SECRET_ACCESS_KEY.
 * @throws TypeError saying what is missing, without any value
 */
export function readS3Url(text: string, env: Readonly<Record<string, string | undefined>>): S3Options {
  const url = new URL(text);
  const accessKeyId = env['AWS_ACCESS_KEY_ID'] ?? '';
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'] ?? '';
  if (accessKeyId === '' || secretAccessKey === '')
    throw new TypeError('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are needed for s3://');
  const region = url.searchParams.get('region') ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? 'auto';
  const endpoint =
    url.searchParams.get('endpoint') ??
    env['AWS_ENDPOINT_URL_S3'] ??
    env['AWS_ENDPOINT_URL'] ??
    `https://s3.${region}.amazonaws.com`;
  const style = url.searchParams.get('style');
  if (style !== null && style !== 'path' && style !== 'virtual') throw new TypeError('style= is path or virtual');
  return {
    bucket: url.hostname,
    prefix: decodeURIComponent(url.pathname.replace(/^\//, '')),
    endpoint: endpoint.replace(/\/$/, ''),
    region,
    // Amazon wants the bucket in the host's name; of the others each takes it in the path
    pathStyle: style === null ? !new URL(endpoint).hostname.endsWith('.amazonaws.com') : style === 'path',
    accessKeyId,
    secretAccessKey,
    sessionToken: env['AWS_SESSION_TOKEN'] ?? null,
  };
}
