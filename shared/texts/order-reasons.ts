import type { Lang } from './languages.ts';
import { amountText } from './shown-params.ts';
import { issueTexts, orderReasonTexts, orderStatusTexts, type TextTable } from './tables.ts';
import { renderText, type TextParams } from './text.ts';

/** Reasons of their own, else the words of the status or issue that the code is. */
export function reasonText(code: string, params: TextParams, lang: Lang): string {
  const table: TextTable = orderReasonTexts;
  // every figure of a reason is an amount, the machine's price too
  const machine = params['machine'];
  if (Object.hasOwn(table, code))
    return renderText(
      table,
      code,
      machine === undefined ? params : { ...params, machine: amountText(String(machine)) },
      lang,
    );
  return renderText(Object.hasOwn(issueTexts, code) ? issueTexts : orderStatusTexts, code, params, lang);
}
