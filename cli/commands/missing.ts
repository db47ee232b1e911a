import { answerOf } from '../../client/client.ts';
import { missingSentence } from '../../shared/texts/missing.ts';
import { type Command, EXIT, textOf } from '../command.ts';
import { worded } from '../texts.ts';

/** `missing`: which exports to fetch, and from where. */
export const missing: Command = {
  name: 'missing',
  usage: 'missing [--from DAY] [--to DAY]',
  options: { from: { type: 'string' }, to: { type: 'string' } },
  async run(run) {
    const [from, to] = [textOf(run.values, 'from'), textOf(run.values, 'to')];
    const query = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    const answer = await answerOf(run.client().GET('/api/v1/coverage/missing', { params: { query } }));
    if (run.json) run.print(answer);
    for (const item of answer.items) run.say(missingSentence(run.lang, item));
    if (answer.items.length === 0) run.say(worded('nothingMissing', run.lang));
    return EXIT.done;
  },
};
