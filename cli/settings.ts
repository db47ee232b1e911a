/**
 * Where the server is and who asks: VHM24R_URL and VHM24R_TOKEN, or what `vhm24r login` has kept. A kept token goes to
 * the server that it was kept for and to no other.
 */
import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { UsageError } from './usage-error.ts';
import type { Lang } from '../shared/texts/languages.ts';
import { worded } from './texts.ts';

export interface Settings {
  /** without a slash at its end */
  url: string;
  token: string;
}

/** Below XDG_CONFIG_HOME. */
export function settingsPath(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config'), 'vhm24r', 'settings.json');
}

/** @throws UsageError */
export function readSettings(env: NodeJS.ProcessEnv, lang: Lang): Settings {
  const kept = env['VHM24R_URL'] && env['VHM24R_TOKEN'] ? null : readKept(env, lang);
  const url = env['VHM24R_URL'] ? serverUrl(env['VHM24R_URL'], lang) : kept?.url;
  if (url === undefined) throw new UsageError(worded('noServer', lang));
  const token = env['VHM24R_TOKEN'] || (kept?.url === url ? kept.token : undefined);
  if (token === undefined) throw new UsageError(worded('noToken', lang, { url }));
  return { url, token };
}

/** The address without a path of its own. @throws UsageError */
export function serverUrl(text: string, lang: Lang): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new UsageError(worded('badUrl', lang, { url: text }));
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function readKept(env: NodeJS.ProcessEnv, lang: Lang): Settings | null {
  const path = settingsPath(env);
  let text: string;
  try {
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
      throw new UsageError(worded('openSettings', lang, { path }));
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const { url, token } = JSON.parse(text) as Partial<Settings>;
    if (typeof url === 'string' && typeof token === 'string') return { url, token };
  } catch {
    // told below
  }
  throw new UsageError(worded('brokenSettings', lang, { path }));
}

/** Keeps them for this user alone; whole or not at all. @returns where */
export function keepSettings(env: NodeJS.ProcessEnv, settings: Settings): string {
  const path = settingsPath(env);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.part`;
  writeFileSync(draft, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  // a draft that was left behind keeps the mode that it had
  chmodSync(draft, 0o600);
  renameSync(draft, path);
  return path;
}
