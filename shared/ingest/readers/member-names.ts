import { FileFault } from './reader.ts';

/** What systems put into archives beside the user's files; passed over without a word. */
export function isSystemMember(name: string): boolean {
  const base = name.slice(name.lastIndexOf('/') + 1);
  return (
    /^(__MACOSX)(\/|$)/.test(name) || /^(\.DS_Store|Thumbs\.db|desktop\.ini)$/i.test(base) || base.startsWith('._')
  );
}

/**
 * Throws FileFault `archive_path` for names that would lead out of a folder. Nothing is ever written under them all the
 * same.
 */
export function assertHarmlessPath(name: string): void {
  const parts = name.split('/');
  if (name === '' || name.startsWith('/') || /^[a-z]:/i.test(name) || parts.includes('..') || /\p{Cc}/u.test(name)) {
    throw new FileFault('archive_path', { path: shownPath(name) });
  }
}

/** A member's name as it may be stored and shown: no control or bidi characters, not endless. */
export function shownPath(name: string): string {
  return name
    .normalize('NFC')
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '�')
    .slice(0, 500);
}
