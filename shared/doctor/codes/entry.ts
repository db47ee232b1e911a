/**
 * What a code of the doctor is worth. What it says stands in the folders of the languages: a table takes only codes
 * that are worded there, a step of a ladder with a title alone, a problem with cause, effect and mend.
 */
import type { Texts } from '../../texts/en/index.ts';
import type { Area, Severity } from '../finding.ts';

/** A step of a ladder: shown as ok or skipped. */
interface Rung {
  readonly severity: 'ok';
}

/** Something that is wrong, or worth knowing. */
interface Problem {
  readonly severity: Exclude<Severity, 'ok' | 'skipped'>;
  readonly commands: readonly string[];
}

export type CodeEntry = Rung | Problem;

/** What PostgreSQL and Redis say in the same words. */
export type Store = 'postgres' | 'redis';
export type NetworkCode = keyof Texts['doctor']['network'];

export type OwnTables = Omit<Texts['doctor'], 'anyArea' | 'away' | 'network' | 'report'>;
type OwnWords = { [Name in keyof OwnTables]: (words: OwnTables[Name]) => void }[keyof OwnTables] extends (
  words: infer All,
) => void
  ? All
  : never;
type StoreWords = {
  [Code in `${Store}.${NetworkCode}`]: Code extends `${Store}.${infer Name extends NetworkCode}`
    ? Texts['doctor']['network'][Name]
    : never;
};
type AreaWords = { [Code in `${Area}.${keyof Texts['doctor']['anyArea']}`]: { cause: string } };
type Worded = OwnWords & StoreWords & AreaWords;

/** Every code that a check may say: the compiler refuses any other, and one that is misspelt. */
export type DoctorCode = keyof Worded;

export type CodeTable = {
  readonly [Code in DoctorCode]?: Worded[Code] extends { cause: string } ? Problem : Rung;
};

export const rung: Rung = { severity: 'ok' };

/** @param commands what mends it, or shows more of it */
export const problem = (severity: Problem['severity'], commands: readonly string[] = []): Problem => ({
  severity,
  commands,
});
