/** The ways by which reports come in; all of them end in uploads.ts. */
export const DOORS = ['page', 'api', 'cli', 'telegram', 'folder', 'mail'] as const;
export type Door = (typeof DOORS)[number];

/** Who asks over HTTP says so by this User-Agent. */
export const CLI_AGENT = 'vhm24r-cli';

/** @param kind of the credentials of a request */
export function doorOfRequest(kind: string, userAgent: string | undefined): Door {
  if (userAgent?.startsWith(`${CLI_AGENT}/`) === true) return 'cli';
  return kind === 'api_token' ? 'api' : 'page';
}
