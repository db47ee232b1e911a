/**
 * The mailbox (docs/intake.md): reports of allowed senders are uploaded, and each message is moved when its session
 * ended.
 */
import type { FetchMessageObject, ImapFlow } from 'imapflow';
import type { ImapAccount } from '../../config-intake.ts';
import type { Db } from '../../db/client.ts';
import { AppError } from '../../errors.ts';
import { transientCause } from '../../faults.ts';
import type { Logger } from '../../logger.ts';
import type { Uploads } from '../../uploads/uploads.ts';
import { createDoor, type Door, type DoorFinding } from '../door.ts';
import { findIntakePerson, type IntakePerson } from '../intake-person.ts';
import { ImapFault, openImap, openMailbox } from './imap-connection.ts';
import { attachmentsOf, WANTED_HEADERS, whyLeft } from './message.ts';
import { closeOldRows, messageRows, noteMoved, type MailboxId, type MessageRow } from './message-rows.ts';
import { takeMessage } from './take-message.ts';

const PAUSE_MS = 5_000;
/** Looked at in one round, so that a full mailbox holds nobody up for long. */
const AT_ONCE = 50;
const KEYWORD = '$vhm24r';

export interface MailDoorDeps {
  db: Db;
  uploads: Uploads;
  logger: Logger;
  account: ImapAccount;
  senders: readonly string[];
  /** email */
  user: string;
}

export function createMailDoor(deps: MailDoorDeps): Door {
  const { db, uploads, logger, account, senders } = deps;
  let client: ImapFlow | null = null;
  /** by UIDVALIDITY and UID; a new process, which may have other senders, looks at them anew */
  const left = new Map<string, DoorFinding>();

  async function leave(): Promise<void> {
    client?.close();
    client = null;
  }

  async function round(signal: AbortSignal): Promise<DoorFinding[]> {
    const stop = () => void leave();
    signal.addEventListener('abort', stop, { once: true });
    try {
      if (client?.usable !== true) client = await openImap(account);
      signal.throwIfAborted();
      return await look(client, signal);
    } catch (error) {
      await leave();
      if (error instanceof ImapFault) return [{ code: error.code, subject: 'INTAKE_IMAP_URL' }];
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  async function look(imap: ImapFlow, signal: AbortSignal): Promise<DoorFinding[]> {
    const { uidValidity } = await openMailbox(imap, account.mailbox);
    const mailbox: MailboxId = { mailbox: account.mailbox, uidValidity };
    const uids = (await imap.search({ deleted: false }, { uid: true })) || [];
    const keyOf = (uid: number) => `${uidValidity}:${uid}`;
    const there = new Set(uids.map(keyOf));
    for (const key of left.keys()) if (!there.has(key)) left.delete(key);
    const findings: DoorFinding[] = [];
    const person = await findIntakePerson(db, deps.user);
    if ('fault' in person) findings.push({ code: person.fault, subject: deps.user });
    else {
      const rows = new Set((await messageRows(db, mailbox, uids)).map(({ uid }) => uid));
      const fresh = uids.filter((uid) => !rows.has(uid) && !left.has(keyOf(uid))).slice(0, AT_ONCE);
      findings.push(...(await takeAll(imap, mailbox, fresh, person, signal)));
    }
    await closeOldRows(db, mailbox);
    for (const row of (await messageRows(db, mailbox, [])).filter(({ ended }) => ended)) {
      signal.throwIfAborted();
      try {
        if (there.has(keyOf(row.uid))) await moveMessage(imap, row);
      } catch (error) {
        findings.push(await stuckMessage(imap, row.uid, error, signal));
        continue;
      }
      await noteMoved(db, row.id);
    }
    return [...findings, ...left.values()];
  }

  async function takeAll(
    imap: ImapFlow,
    mailbox: MailboxId,
    uids: readonly number[],
    person: IntakePerson,
    signal: AbortSignal,
  ): Promise<DoorFinding[]> {
    if (uids.length === 0) return [];
    const findings: DoorFinding[] = [];
    const wanted = { uid: true, envelope: true, bodyStructure: true, headers: WANTED_HEADERS } as const;
    for (const message of await imap.fetchAll(uids.join(), wanted, { uid: true })) {
      signal.throwIfAborted();
      const { reports, others } = attachmentsOf(message.bodyStructure);
      const why = whyLeft(message, senders) ?? (reports.length + others === 0 ? 'no_report' : null);
      if (why !== null) {
        left.set(`${mailbox.uidValidity}:${message.uid}`, { code: why, subject: describe(message) });
        continue;
      }
      try {
        const refused = await takeMessage({ db, uploads, client: imap }, mailbox, message, { reports, person, signal });
        if (refused !== null) findings.push({ code: 'message_refused', subject: `${describe(message)} (${refused})` });
      } catch (error) {
        if (error instanceof AppError && error.code === 'rate_limited') {
          logger.info('the mail waits for its turn to upload', { event: 'intake_rate_limited' });
          break;
        }
        findings.push(await stuckMessage(imap, message.uid, error, signal));
      }
    }
    return findings;
  }

  /**
   * One message's trouble must not hold up the others; it is tried again in the next round.
   * @throws the error where it is not the message's: what stands around it is away, or the connection is
   */
  async function stuckMessage(imap: ImapFlow, uid: number, error: unknown, signal: AbortSignal): Promise<DoorFinding> {
    if (signal.aborted || !imap.usable || error instanceof AppError || transientCause(error) !== null) throw error;
    logger.debug('a message cannot be read or moved', { uid, error });
    const message = await imap.fetchOne(String(uid), { uid: true, envelope: true }, { uid: true });
    return { code: 'message_stuck', subject: message === false ? `UID ${uid}` : describe(message) };
  }

  return createDoor({ door: 'mail', db, logger, pauseMs: PAUSE_MS, round, leave });
}

/** Marks it and moves it; the folder is made where it is missing. */
async function moveMessage(imap: ImapFlow, row: MessageRow): Promise<void> {
  const isRefused = row.refusal !== null || row.session_status === 'failed' || row.session_status === 'cancelled';
  const folder = isRefused ? 'Refused' : 'Processed';
  await imap.mailboxCreate([folder]);
  // a mailbox may allow no keywords; what was taken is known without
  await imap.messageFlagsAdd(String(row.uid), [KEYWORD], { uid: true });
  const moved = await imap.messageMove(String(row.uid), [folder], { uid: true });
  if (moved === false) throw new Error(`a message could not be moved to ${folder}`);
}

/** For people: who sent it and what it is called. */
function describe({ envelope, uid }: FetchMessageObject): string {
  const subject = (envelope?.subject ?? '').replace(/\s+/g, ' ').slice(0, 80);
  return `${envelope?.from?.[0]?.address ?? '?'}: ${subject === '' ? `UID ${uid}` : subject}`;
}
