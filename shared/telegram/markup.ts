/**
 * HTML of the Bot API. Our own words are markup; whatever a person or a file wrote passes `foreign`, after which it is
 * plain text to every client of Telegram.
 */
import { cleanFileName } from '../uploads/file-name.ts';

/** Markup that may be sent as it is; only this module and the texts make it. */
export interface Html {
  readonly html: string;
}

export const html = (text: string): Html => ({ html: text });

/** Shown to nobody, and no part of a name, a command or an address to Telegram's parser. */
const JOINER = '\u2060';
/** Behind these a client finds mentions, tags, commands, addresses and telephone numbers. */
const STARTS = /[@#$/\\.:+](?=[\p{L}\p{N}_/@.-])/gu;
/** What acts or hides: controls, overrides of the writing direction, invisible joints, lone surrogates. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;
const LONGEST = 200;

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Text of a file, a cell or a person as markup in which nothing formats, mentions, links or commands. */
export function foreign(text: string): string {
  const plain = text.replace(UNSAFE, ' ').trim();
  const short = plain.length > LONGEST ? `${plain.slice(0, LONGEST - 1).toWellFormed()}…` : plain;
  // long runs of digits are made telephone and card numbers by clients
  const broken = short.replace(STARTS, `$&${JOINER}`).replace(/\d{4}(?=\d)/g, `$&${JOINER}`);
  return escapeHtml(broken);
}

/** Sentences of ours with foreign words in them, whole and with their lines, as harmless as those. */
export const foreignLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => escapeHtml(line.replace(UNSAFE, ' ').replace(STARTS, `$&${JOINER}`)))
    .join('\n');

/** A file's name, short and harmless. */
export const fileName = (name: string): string => foreign(cleanFileName(name));

/** A link of our own. @param href made by us, never taken from a file */
export const link = (href: string, words: string): string => `<a href="${escapeHtml(href)}">${escapeHtml(words)}</a>`;
