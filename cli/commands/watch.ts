import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwayError } from '../../client/away-error.ts';
import { type Command, EXIT, type ExitCode, type Run, textOf } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { shown } from '../../shared/texts/shown.ts';
import { watchFolder } from '../standing-still.ts';
import { sessionText, worded } from '../texts.ts';
import { exitOf, uploadSession } from '../upload-session.ts';

const FILES_AT_ONCE = 10;
/** What stood still for so long is whole, unless --every says otherwise. */
const LOOK_EVERY_S = 3;

/**
 * `watch DIR`: uploads what is put there, and leaves it where it is. The server knows the same bytes, so a second start
 * loads nothing twice. For a folder that must be emptied the server has one of its own.
 */
export const watch: Command = {
  name: 'watch',
  usage: 'watch DIR [--once] [--every SECONDS]',
  options: { once: { type: 'boolean' }, every: { type: 'string' } },
  async run(run) {
    const { args, values, lang, io } = run;
    const [folder, ...more] = args;
    if (folder === undefined || more.length > 0) throw new UsageError(worded('needsArgument', lang, { what: 'DIR' }));
    const everyS = Number(textOf(values, 'every') ?? LOOK_EVERY_S);
    if (!(everyS > 0 && everyS <= 86_400))
      throw new UsageError(worded('oneOf', lang, { option: '--every', values: '1, 2, 3 …' }));
    run.settings();
    const watched = watchFolder(folder);
    run.note(worded('watching', lang, { path: shown(resolve(folder)) }));
    let worst: ExitCode = EXIT.done;
    for (;;) {
      const { ready, waiting } = await watched.look().catch((error: NodeJS.ErrnoException) => {
        throw new UsageError(worded('noFile', lang, { path: shown(folder), reason: error.code ?? error.message }));
      });
      const batch = ready.slice(0, FILES_AT_ONCE);
      if (batch.length > 0) worst = worse(worst, await uploadBatch(run, batch, watched.take));
      else if (values['once'] === true && !waiting) return worst;
      if (ready.length > FILES_AT_ONCE) continue;
      try {
        await sleep(everyS * 1_000, undefined, { signal: io.signal });
      } catch {
        return worst;
      }
    }
  },
};

const worse = (a: ExitCode, b: ExitCode): ExitCode => (a === EXIT.done || b === EXIT.failed ? b : a);

/** What could not be sent because the server is away is tried again at the next look. */
async function uploadBatch(run: Run, paths: string[], take: (paths: readonly string[]) => void): Promise<ExitCode> {
  const { lang } = run;
  try {
    const session = await uploadSession(
      run,
      paths.map((path) => ({ path })),
      { fields: {}, wait: true },
    );
    take(paths);
    run.say(worded('session', lang, { id: session.id, status: sessionText(session, lang) }));
    if (run.json) run.print(session);
    return exitOf([session]);
  } catch (error) {
    if (!(error instanceof AwayError) || run.values['once'] === true) throw error;
    run.note(worded('away', lang, { url: run.settings().url, reason: error.message }));
    return EXIT.done;
  }
}
