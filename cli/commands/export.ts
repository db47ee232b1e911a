import { answerOf, RefusedError } from '../../client/client.ts';
import type { paths } from '../../client/contract.ts';
import { type Command, EXIT, type Run, textOf } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { FILTER_USAGE, filterOf, filterOptions } from '../order-filter.ts';
import { untilEnded } from '../poll.ts';
import { createProgress } from '../progress.ts';
import { assertFree, saveStream } from '../save-file.ts';
import { bytesText, worded } from '../texts.ts';

type Wanted = NonNullable<paths['/api/v1/exports']['post']['requestBody']>['content']['application/json'];
const KINDS = ['orders', 'changes', 'errors', 'analytics'] as const satisfies readonly Wanted['kind'][];
const FORMATS = ['csv', 'xlsx', 'xls', 'json', 'pdf'] as const satisfies readonly Wanted['format'][];

/** `export KIND`: a file made by the server, as the page makes it. */
export const exportTo: Command = {
  name: 'export',
  usage: `export ${KINDS.join('|')} --format ${FORMATS.join('|')} --out FILE|- [--force] [--group G] ${FILTER_USAGE}`,
  options: {
    ...filterOptions,
    format: { type: 'string' },
    out: { type: 'string' },
    group: { type: 'string' },
    force: { type: 'boolean' },
  },
  async run(run) {
    const { lang, values, io } = run;
    const wanted = wantedBy(run);
    const out = textOf(values, 'out') ?? `${wanted.kind}.${wanted.format}`;
    assertFree(out, values['force'] === true, lang);
    const client = run.client();
    const progress = createProgress(run);
    const asked = await answerOf(client.POST('/api/v1/exports', { body: wanted }));
    const path = { id: asked.id };
    const made = await untilEnded(asked, () => answerOf(client.GET('/api/v1/exports/{id}', { params: { path } })), {
      signal: io.signal,
      onChange: (seen) => progress.show(seen.progress, worded('processing', lang)),
    });
    progress.clear();
    if (made.status === 'failed')
      throw new RefusedError(200, made.error?.code ?? 'failed', made.error?.message ?? made.status, null);
    const body = await answerOf(client.GET('/api/v1/exports/{id}/download', { params: { path }, parseAs: 'stream' }));
    await saveStream(body, out, io);
    if (run.json && out !== '-') run.print({ ...made, out });
    run.note(worded('saved', lang, { path: out, rows: made.rows, bytes: bytesText(made.sizeBytes ?? 0, lang) }));
    return EXIT.done;
  },
};

/** What the words ask for; the server says what is wrong with a filter. @throws UsageError */
function wantedBy(run: Run): Wanted {
  const { args, values, lang } = run;
  const kind = KINDS.find((one) => one === args[0]);
  if (kind === undefined || args.length > 1)
    throw new UsageError(worded('oneOf', lang, { option: 'KIND', values: KINDS.join(', ') }));
  const format = FORMATS.find((one) => one === (textOf(values, 'format') ?? 'xlsx'));
  if (format === undefined)
    throw new UsageError(worded('oneOf', lang, { option: '--format', values: FORMATS.join(', ') }));
  const filter = filterOf(run);
  if (kind === 'errors') {
    if (filter.file === undefined) throw new UsageError(worded('needsArgument', lang, { what: '--file FILE_ID' }));
    return { kind, format, filter: { fileId: filter.file } };
  }
  if (kind === 'analytics') {
    const { from, to } = filter;
    return { kind, format, filter: { from, to, group: textOf(values, 'group') as 'day' | undefined } };
  }
  return { kind, format, filter };
}
