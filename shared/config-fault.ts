/** What is wrong with a variable. */
export interface ConfigFault {
  variable: string;
  code: string;
  message: string;
}
