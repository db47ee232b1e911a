/** What a message says of itself: who sent it, whether it may be taken, and which of its parts look like reports. */
import { domainToASCII } from 'node:url';
import type { FetchMessageObject, MessageStructureObject } from 'imapflow';
import { FILE_FORMATS } from '../../ingest/readers/reader.ts';
import type { IntakeFindingCode } from '../../texts/tables.ts';
import { failsDmarc, headerValues } from './authentication-results.ts';

/** Headers that must be fetched for it. */
export const WANTED_HEADERS = ['from', 'message-id', 'authentication-results'];

export interface MessagePart {
  /** number of IMAP: `1.2` */
  part: string;
  name: string;
}

/** Types under which reports are sent, where the name does not say what they are. */
const REPORT_TYPES: Readonly<Record<string, string>> = {
  'text/csv': 'csv',
  'text/tab-separated-values': 'tsv',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/pdf': 'pdf',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/json': 'json',
  'application/xml': 'xml',
  'text/xml': 'xml',
  'application/zip': 'zip',
  'application/x-zip-compressed': 'zip',
  'application/vnd.rar': 'rar',
  'application/x-rar-compressed': 'rar',
};

/** @returns why the message is left alone, or null */
export function whyLeft(message: FetchMessageObject, senders: readonly string[]): IntakeFindingCode | null {
  const headers = message.headers?.toString('utf8') ?? '';
  const from = message.envelope?.from ?? [];
  if (headerValues(headers, 'from').length !== 1 || from.length !== 1) return 'sender_unclear';
  if (!isAllowed(from[0]?.address ?? '', senders)) return 'sender_not_allowed';
  return failsDmarc(headers) ? 'dmarc_failed' : null;
}

/** The whole address, or its domain; a domain does not stand for those below it. */
export function isAllowed(address: string, senders: readonly string[]): boolean {
  const at = address.lastIndexOf('@');
  if (at < 1) return false;
  const domain = domainToASCII(address.slice(at + 1).toLowerCase());
  return (
    domain !== '' && (senders.includes(domain) || senders.includes(`${address.slice(0, at).toLowerCase()}@${domain}`))
  );
}

/**
 * Attachments of the message, those of messages inside it too. Pictures are left out, as is what is the message's own
 * text; a report that the mail program shows inline is one all the same.
 */
export function attachmentsOf(structure: MessageStructureObject | undefined): {
  reports: MessagePart[];
  others: number;
} {
  const reports: MessagePart[] = [];
  let others = 0;
  const visit = (node: MessageStructureObject) => {
    for (const child of node.childNodes ?? []) visit(child);
    if (node.childNodes !== undefined && node.childNodes.length > 0) return;
    const type = node.type.toLowerCase();
    const named = node.dispositionParameters?.['filename'] ?? node.parameters?.['name'] ?? '';
    const isAttachment = node.disposition?.toLowerCase() === 'attachment' || named !== '';
    if (!isAttachment || type.startsWith('image/') || type.startsWith('multipart/')) return;
    const ending = /\.([a-z0-9]+)$/i.exec(named)?.[1]?.toLowerCase() ?? '';
    const byType = REPORT_TYPES[type];
    if ((FILE_FORMATS as readonly string[]).includes(ending)) reports.push({ part: node.part ?? '1', name: named });
    else if (byType !== undefined)
      reports.push({ part: node.part ?? '1', name: named === '' ? `attachment-${node.part ?? '1'}.${byType}` : named });
    else others += 1;
  };
  if (structure !== undefined) visit(structure);
  return { reports, others };
}
