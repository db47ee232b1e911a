/** The connection to the mail server, and what its failures mean. The only place that knows the library's errors. */
import type { ImapFlow, ImapFlowError } from 'imapflow';
import type { ImapAccount } from '../../config-intake.ts';
import type { IntakeFindingCode } from '../../texts/tables.ts';

const CONNECT_LIMIT_MS = 10_000;
const SILENCE_LIMIT_MS = 60_000;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);

/**
 * Signed in, without a mailbox. Errors after that end the connection (`usable` is false); the library's log is left
 * out, since it shows what is sent.
 * @throws ImapFault
 */
export async function openImap(account: ImapAccount, limitMs = CONNECT_LIMIT_MS): Promise<ImapFlow> {
  // half a second of a core and a hundred modules, which who watches no mailbox does not pay for at each start
  const library = await import('imapflow');
  const client = new library.ImapFlow({
    host: account.host,
    port: account.port,
    secure: account.secure,
    // the password never crosses the wire in the clear, except to this machine itself
    ...(account.secure || LOOPBACK.has(account.host) ? {} : { doSTARTTLS: true }),
    auth: { user: account.user, pass: account.password },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: limitMs,
    greetingTimeout: limitMs,
    socketTimeout: SILENCE_LIMIT_MS,
  });
  // who waits for a command hears of it there
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.close();
    throw imapFault(error);
  }
}

/** Opens the mailbox for writing. @throws ImapFault */
export async function openMailbox(client: ImapFlow, mailbox: string) {
  try {
    return await client.mailboxOpen(mailbox);
  } catch (error) {
    const { mailboxMissing, responseStatus } = error as Partial<ImapFlowError>;
    if (mailboxMissing === true || responseStatus === 'NO') throw new ImapFault('mailbox_missing', { cause: error });
    throw imapFault(error);
  }
}

/** The mail server cannot be used, by code; never with what was said to it. */
export class ImapFault extends Error {
  readonly code: Extract<IntakeFindingCode, 'unreachable' | 'login_failed' | 'mailbox_missing'>;
  /** the system's or the library's code, for the doctor */
  readonly detail: string;
  constructor(code: ImapFault['code'], options: { cause: unknown }) {
    const { code: inner, serverResponseCode } = options.cause as Partial<ImapFlowError>;
    super(code);
    this.name = 'ImapFault';
    this.code = code;
    this.detail = serverResponseCode ?? inner ?? 'unknown';
  }
}

function imapFault(error: unknown): ImapFault {
  const isRefused = (error as Partial<ImapFlowError>).authenticationFailed === true;
  return new ImapFault(isRefused ? 'login_failed' : 'unreachable', { cause: error });
}
