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
/** Of a sentence of ours with foreign words in it. */
const LONGEST_SENTENCE = 1_000;

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/**
 * Text of a file, a cell or a person as markup in which nothing formats, mentions, links or commands.
 * @param longest in characters, cut before it is escaped, so that no entity is cut
 */
export function foreign(text: string, longest = LONGEST): string {
  return inert(shortened(text.replace(UNSAFE, ' ').trim(), longest));
}

function inert(text: string): string {
  // long runs of digits are made telephone and card numbers by clients
  const broken = text.replace(STARTS, `$&${JOINER}`).replace(/\d{4}(?=\d)/g, `$&${JOINER}`);
  return escapeHtml(broken);
}

/** A sentence of ours, e.g. a refusal or a question, with whatever of a file is in it. */
export const foreignSentence = (text: string): string => foreign(text, LONGEST_SENTENCE);

/** Cut at a whole character. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest - 1);
  // half of a character outside the basic plane is no text
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`;
}

/**
 * Sentences of ours with foreign words in them, with their lines, as harmless as those.
 * @param longest of the markup; lines that do not fit are left out
 */
export function foreignLines(text: string, longest: number): string {
  let room = longest;
  const lines = text.split('\n').map((line) => {
    const harmless = inert(shortened(line.replace(UNSAFE, ' '), LONGEST_SENTENCE));
    room -= harmless.length + 1;
    return room < 2 ? null : harmless;
  });
  const kept = lines.filter((line) => line !== null);
  return (kept.length < lines.length ? [...kept, '…'] : kept).join('\n');
}

/** A file's name, short and harmless. */
export const fileName = (name: string, longest = LONGEST): string => foreign(cleanFileName(name), longest);

/**
 * A link of our own. Its words act no further than it, so that they may stand unbroken: a number can be copied.
 * @param href made by us, never taken from a file
 */
export function link(href: string, words: string): string {
  const shown = shortened(words.replace(UNSAFE, ' ').trim(), LONGEST);
  return `<a href="${escapeHtml(href)}">${escapeHtml(shown)}</a>`;
}
