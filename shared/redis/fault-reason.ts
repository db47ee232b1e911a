/** Why Redis counts as down, told by its reply codes and by the errors of the connection (api.md section 3). */
import { DeadlineError } from '../lifecycle.ts';

export type RedisFaultReason =
  | 'not_configured'
  | 'connecting'
  | 'timeout'
  | 'refused'
  | 'readonly'
  | 'oom'
  | 'loading'
  | 'noauth'
  | 'wrongpass'
  | 'noperm'
  | 'cluster'
  | 'sentinel'
  | 'no_database'
  | 'error';

/** Redis states its error code as the first word of the reply; the rest of the text is for people. */
const REPLY_CODES: Record<string, RedisFaultReason> = {
  READONLY: 'readonly',
  OOM: 'oom',
  LOADING: 'loading',
  NOAUTH: 'noauth',
  NOPERM: 'noperm',
  WRONGPASS: 'wrongpass',
  // writes are refused: the disk is full, or too few replicas answer
  MISCONF: 'readonly',
  NOREPLICAS: 'readonly',
  MASTERDOWN: 'readonly',
  // only a node of a Cluster says so
  CLUSTERDOWN: 'cluster',
  MOVED: 'cluster',
  ASK: 'cluster',
  CROSSSLOT: 'cluster',
  UNBLOCKED: 'error',
  BUSY: 'timeout',
  TRYAGAIN: 'cluster',
};

/** Replies that are the command's own fault: Redis itself is well. */
const COMMAND_FAULTS = new Set([
  'ERR',
  'WRONGTYPE',
  'NOSCRIPT',
  'EXECABORT',
  'NOGROUP',
  'BUSYGROUP',
  'BUSYKEY',
  'INVALIDOBJ',
]);

const REFUSALS = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ECONNRESET',
  'EPIPE',
]);

interface FaultLike {
  name?: string;
  code?: unknown;
  message?: string;
  cause?: unknown;
  previousErrors?: unknown[];
}

/** The reason, or null when the error is the command's own fault and says nothing about Redis. */
export function redisFaultReason(error: unknown): RedisFaultReason | null {
  if (error instanceof DeadlineError) return 'timeout';
  const fault = error as FaultLike;
  const code = typeof fault.code === 'string' ? fault.code : '';
  if (code === 'ETIMEDOUT') return 'timeout';
  if (REFUSALS.has(code)) return 'refused';
  const word = /^[A-Z]+/.exec(fault.message ?? '')?.[0] ?? '';
  if (fault.name === 'ReplyError') {
    const known = REPLY_CODES[word];
    if (known !== undefined) return known;
    // an ACL or an old server: "ERR invalid password"
    return COMMAND_FAULTS.has(word) ? null : 'error';
  }
  if (REPLY_CODES[word] !== undefined) return REPLY_CODES[word];
  // what the client itself says: its stream is closed or not writable, its retries are spent, it gave up waiting
  if (fault.name === 'MaxRetriesPerRequestError' || fault.name === 'AbortError') return 'refused';
  if (/^(Connection is closed|Stream isn't writeable)/.test(fault.message ?? '')) return 'refused';
  if (/^(Command timed out|connect ETIMEDOUT|Socket timeout)/.test(fault.message ?? '')) return 'timeout';
  if (fault.cause !== undefined) return redisFaultReason(fault.cause);
  return null;
}
