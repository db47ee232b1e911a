import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { answerOf } from '../../client/client.ts';
import { type Command, EXIT, textOf } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { assertFree, saveStream } from '../save-file.ts';
import { SOURCES } from '../../client/vocabulary.ts';
import { worded } from '../texts.ts';

const FORMATS = ['csv', 'xlsx'] as const;

/** `templates [SOURCE…]`: an example of each report that loads cleanly. */
export const templates: Command = {
  name: 'templates',
  usage: `templates [${SOURCES.join('|')}…] [--format csv|xlsx] [--out DIR] [--force]`,
  options: { format: { type: 'string' }, out: { type: 'string' }, force: { type: 'boolean' } },
  async run(run) {
    const { args, values, lang, io } = run;
    const unknown = args.some((arg) => !SOURCES.some((one) => one === arg));
    if (unknown) throw new UsageError(worded('oneOf', lang, { option: 'SOURCE', values: SOURCES.join(', ') }));
    const format = FORMATS.find((one) => one === (textOf(values, 'format') ?? 'csv'));
    if (format === undefined)
      throw new UsageError(worded('oneOf', lang, { option: '--format', values: FORMATS.join(', ') }));
    const names = (args.length > 0 ? args : SOURCES).map((source) => `${source}.${format}`);
    const paths = names.map((name) => join(textOf(values, 'out') ?? '.', name));
    for (const path of paths) assertFree(path, values['force'] === true, lang);
    const client = run.client();
    await mkdir(textOf(values, 'out') ?? '.', { recursive: true });
    for (const [at, name] of names.entries()) {
      const path = paths[at] ?? name;
      const call = client.GET('/api/v1/templates/{name}', { params: { path: { name } }, parseAs: 'stream' });
      await saveStream(await answerOf(call), path, io);
      run.say(worded('savedFile', lang, { path }));
    }
    if (run.json) run.print({ files: paths });
    return EXIT.done;
  },
};
