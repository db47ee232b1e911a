import type { Words } from '../finding.ts';

/** A finding that a person has to do something about. */
export function problem(
  severity: 'info' | 'warn' | 'error',
  title: Words,
  cause: Words,
  effect: Words,
  fix: Words,
  commands: readonly string[] = [],
) {
  return { severity, title, cause, effect, fix: { text: fix, commands } } as const;
}
