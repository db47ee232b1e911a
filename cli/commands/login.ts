import { answerOf, createContractClient } from '../../client/client.ts';
import { askFor } from '../ask.ts';
import { type Command, EXIT, textOf } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { shown } from '../../shared/texts/shown.ts';
import { requestHeaders } from '../request-headers.ts';
import { keepSettings, serverUrl } from '../settings.ts';
import { worded } from '../texts.ts';

/**
 * `login`: keeps server and token for this user, once they have been tried. A token is asked for, or comes in, and
 * never stands on the command line, where others see it.
 */
export const login: Command = {
  name: 'login',
  usage: 'login [--url URL]   (the token is asked for, or read from stdin)',
  options: { url: { type: 'string' } },
  async run(run) {
    const { lang, io } = run;
    const given = textOf(run.values, 'url') || io.env['VHM24R_URL'];
    const questions = [
      ...(!given ? [{ text: worded('askUrl', lang), hidden: false }] : []),
      { text: worded('askToken', lang), hidden: true },
    ];
    const answers = await askFor(io, questions);
    const token = answers.pop() ?? '';
    const url = serverUrl(given || answers[0] || '', lang);
    if (token === '') throw new UsageError(worded('noTokenGiven', lang));
    const client = createContractClient({ baseUrl: url, headers: requestHeaders(token, lang), signal: io.signal });
    const user = await answerOf(client.GET('/api/v1/auth/me'));
    const path = keepSettings(io.env, { url, token });
    if (run.json) run.print({ url, path, user });
    const name = [user.firstName, user.lastName].filter(Boolean).join(' ') || user.email || user.id;
    run.say(worded('loggedIn', lang, { name: shown(name), role: user.role, path }));
    return EXIT.done;
  },
};
