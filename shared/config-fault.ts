import type { Texts } from './texts/en/index.ts';

/** What is wrong with a variable. */
export interface ConfigFault {
  variable: string;
  code: string;
  message: string;
  /** what a command of the shell says of it in other words; none: by code and variable */
  says?: { key: keyof Texts['operations']['configuration']; kid?: string; why?: string };
}
