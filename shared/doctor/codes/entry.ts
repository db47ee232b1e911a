import type { CodeEntry, Severity, Words } from '../finding.ts';

/** Entry of a catalogue for something that is wrong or worth knowing. */
export function problem(
  severity: Extract<Severity, 'info' | 'warn' | 'error'>,
  said: { title: Words; cause: Words; effect: Words; fix: Words; commands?: readonly string[] },
): CodeEntry {
  return {
    severity,
    title: said.title,
    cause: said.cause,
    effect: said.effect,
    fix: { text: said.fix, commands: said.commands ?? [] },
  };
}
