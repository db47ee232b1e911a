import { readVersion } from '../shared/project.ts';
import type { Lang } from '../shared/texts/languages.ts';

/** Of every request; the server knows the door by the agent. */
export function requestHeaders(token: string, lang: Lang): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    'accept-language': lang,
    'user-agent': `vhm24r-cli/${readVersion()}`,
  };
}
