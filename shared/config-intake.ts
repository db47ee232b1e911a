/** Settings of the doors that need no hands (rules.md 11, docs/intake.md): the watched folder and the mailbox. */
import { domainToASCII } from 'node:url';
import { z } from 'zod';
import type { ConfigFault } from './config-fault.ts';

export interface ImapAccount {
  host: string;
  port: number;
  /** TLS from the first byte; false: STARTTLS, and none at all on loopback alone */
  secure: boolean;
  user: string;
  password: string;
  mailbox: string;
}

export interface IntakeConfig {
  /** email of the person that both doors act as */
  user: string | null;
  folder: string | null;
  mail: { account: ImapAccount; senders: readonly string[] } | null;
}

const FORM = 'has the form imaps://user:password@host/INBOX';

/** An `imaps://` address; `imap://` is TLS by STARTTLS. null where it is none. */
export function parseImapUrl(text: string): ImapAccount | null {
  let parsed: URL;
  try {
    parsed = new URL(text);
    const decode = (part: string) => decodeURIComponent(part);
    const account = {
      host: parsed.hostname.replace(/^\[|\]$/g, ''),
      port: parsed.port === '' ? (parsed.protocol === 'imaps:' ? 993 : 143) : Number(parsed.port),
      secure: parsed.protocol === 'imaps:',
      user: decode(parsed.username),
      password: decode(parsed.password),
      mailbox: decode(parsed.pathname.slice(1)) || 'INBOX',
    };
    const isComplete = account.host !== '' && account.user !== '' && account.password !== '';
    return isComplete && ['imaps:', 'imap:'].includes(parsed.protocol) ? account : null;
  } catch {
    return null;
  }
}

/** `name@host` or `host`, lower case, host as DNS has it; null where it is neither. */
function senderOf(text: string): string | null {
  const at = text.lastIndexOf('@');
  const host = domainToASCII(text.slice(at + 1).toLowerCase());
  if (host === '' || !/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(host)) return null;
  const name = at > 0 ? text.slice(0, at).toLowerCase() : '';
  return name === '' ? host : `${name}@${host}`;
}

/** Variables of the environment. */
export const intakeShape = {
  INTAKE_DIR: z.string().optional(),
  INTAKE_USER: z.email().optional(),
  INTAKE_IMAP_URL: z
    .string()
    .transform((text, context) => {
      const account = parseImapUrl(text);
      if (account === null) context.addIssue({ code: 'custom', message: FORM });
      return account;
    })
    .optional(),
  INTAKE_MAIL_FROM: z
    .string()
    .transform((text, context) => {
      const parts = text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '');
      const senders = parts.map(senderOf);
      if (senders.length === 0 || senders.includes(null))
        context.addIssue({ code: 'custom', message: 'is a list of addresses and domains: buh@example.uz,example.com' });
      return senders.filter((sender) => sender !== null);
    })
    .optional(),
};

/** A door without the settings that it cannot do without. */
export function intakeFaults(given: Readonly<Record<string, unknown>>): ConfigFault[] {
  const faults: ConfigFault[] = [];
  const door = ['INTAKE_DIR', 'INTAKE_IMAP_URL'].find((name) => given[name] !== undefined);
  if (door !== undefined && given['INTAKE_USER'] === undefined)
    faults.push({
      variable: 'INTAKE_USER',
      code: 'incomplete',
      message: `is required by ${door}: the email of the person it acts as`,
    });
  if (given['INTAKE_IMAP_URL'] !== undefined && given['INTAKE_MAIL_FROM'] === undefined)
    faults.push({
      variable: 'INTAKE_MAIL_FROM',
      code: 'incomplete',
      message: 'is required by INTAKE_IMAP_URL: the addresses and domains whose mail is taken',
    });
  return faults;
}

export function intakeConfig(value: {
  INTAKE_DIR?: string | undefined;
  INTAKE_USER?: string | undefined;
  INTAKE_IMAP_URL?: ImapAccount | null | undefined;
  INTAKE_MAIL_FROM?: readonly string[] | undefined;
}): IntakeConfig {
  const account = value.INTAKE_IMAP_URL ?? null;
  return {
    user: value.INTAKE_USER ?? null,
    folder: value.INTAKE_DIR ?? null,
    mail: account === null ? null : { account, senders: value.INTAKE_MAIL_FROM ?? [] },
  };
}
