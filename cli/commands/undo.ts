import { answerOf } from '../../client/client.ts';
import { type Command, EXIT, textOf } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { shown } from '../../shared/texts/shown.ts';
import { untilEnded } from '../poll.ts';
import { createProgress } from '../progress.ts';
import { stateText, worded } from '../texts.ts';

const REASON_MIN_CHARS = 10;

/** `undo FILE_ID`: takes an import back (docs/undo.md), or says what that would do. */
export const undo: Command = {
  name: 'undo',
  usage: 'undo FILE_ID [--dry-run] [--reason "…"]',
  options: { 'dry-run': { type: 'boolean' }, reason: { type: 'string' } },
  async run(run) {
    const { args, values, lang, io } = run;
    const [id, ...more] = args;
    if (id === undefined || more.length > 0) throw new UsageError(worded('needsArgument', lang, { what: 'FILE_ID' }));
    const dryRun = values['dry-run'] === true;
    const given = textOf(values, 'reason')?.trim();
    if (given !== undefined && given.length < REASON_MIN_CHARS) throw new UsageError(worded('needsReason', lang));
    const reason = given ?? (dryRun ? undefined : worded('undoReason', lang));
    const client = run.client();
    const progress = createProgress(run);
    const body = { dryRun, ...(reason === undefined ? {} : { reason }) };
    const asked = await answerOf(client.POST('/api/v1/files/{id}/undo', { params: { path: { id } }, body }));
    const path = { id: asked.id };
    const done = await untilEnded(asked, () => answerOf(client.GET('/api/v1/undos/{id}', { params: { path } })), {
      signal: io.signal,
      onChange: (seen) => progress.show(seen.progress, worded('processing', lang)),
    });
    progress.clear();
    if (run.json) run.print(done);
    run.say(stateText(done.status, lang));
    if (done.blockedBy !== null) run.say(`${shown(done.blockedBy.message)} [${done.blockedBy.code}]`);
    if (done.blockedBy?.hint) run.say(shown(done.blockedBy.hint));
    if (done.receipt !== null) {
      run.say(worded('undoRows', lang, done.receipt.rows));
      run.say(worded('undoOrders', lang, done.receipt.orders));
    }
    if (dryRun && done.status === 'completed') run.say(worded('undoDry', lang));
    return done.status === 'completed' ? EXIT.done : EXIT.failed;
  },
};
