import { answerOf } from '../../client/client.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { sessionText, worded } from '../texts.ts';
import { exitOf, fileText } from '../upload-session.ts';

/** `status SESSION`: how an upload is getting on; exits as `upload --wait` would. */
export const status: Command = {
  name: 'status',
  usage: 'status SESSION',
  options: {},
  async run(run) {
    const { args, lang } = run;
    const [id, ...more] = args;
    if (id === undefined || more.length > 0) throw new UsageError(worded('needsArgument', lang, { what: 'SESSION' }));
    const session = await answerOf(run.client().GET('/api/v1/sessions/{id}', { params: { path: { id } } }));
    for (const file of session.files) run.say(fileText(file, run));
    run.say(worded('session', lang, { id: session.id, status: sessionText(session, lang) }));
    if (run.json) run.print(session);
    return exitOf([session]);
  },
};
