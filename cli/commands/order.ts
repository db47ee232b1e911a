import { answerOf, RefusedError } from '../../client/client.ts';
import { languages } from '../../shared/texts/languages.ts';
import { orderStatusTexts } from '../../shared/texts/tables.ts';
import { renderText } from '../../shared/texts/text.ts';
import { type Command, EXIT, type Run } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { tableText, timeText } from '../output.ts';
import { shown } from '../../shared/texts/shown.ts';
import { SOURCES } from '../../client/vocabulary.ts';
import { worded } from '../texts.ts';

/** `order NUMBER`: one order with its records and the reason for its status. */
export const order: Command = {
  name: 'order',
  usage: 'order NUMBER',
  options: {},
  async run(run) {
    const { args, lang } = run;
    const [number, ...more] = args;
    if (number === undefined || more.length > 0)
      throw new UsageError(worded('needsArgument', lang, { what: 'NUMBER' }));
    const id = await idOf(run, number);
    const found = await answerOf(run.client().GET('/api/v1/orders/{id}', { params: { path: { id } } }));
    if (run.json) {
      run.print(found);
      return EXIT.done;
    }
    run.say(`${shown(found.orderNumber ?? number)}  ${renderText(orderStatusTexts, found.status, {}, lang)}`);
    const what = [found.machineName ?? found.machineCode, found.goodsName].filter(Boolean).join(', ');
    run.say(`${timeText(found.time)}  ${found.price} UZS  ${found.paymentType}  ${shown(what)}`.trimEnd());
    run.say(shown(found.why.message));
    for (const { message } of [...found.why.issues, ...found.why.differences]) run.say(`- ${shown(message)}`);
    const legs = SOURCES.flatMap((source) => {
      const leg = found.legs[source];
      return leg === null ? [] : [[source, leg.key, leg.fileName, leg.row]];
    });
    if (legs.length > 0) run.say(`\n${tableText(languages[lang].tableHeads.legs, legs)}`);
    return EXIT.done;
  },
};

/** By exactly this number; the search finds parts of numbers too. */
async function idOf(run: Run, number: string): Promise<string> {
  const query = { q: number, limit: 100 };
  const { items } = await answerOf(run.client().GET('/api/v1/orders', { params: { query } }));
  const exact = items.find(({ orderNumber }) => orderNumber?.toLowerCase() === number.trim().toLowerCase());
  if (exact === undefined)
    throw new RefusedError(404, 'not_found', worded('noOrder', run.lang, { number: shown(number) }), null);
  return exact.id;
}
