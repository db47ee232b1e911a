import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Command, type Run, textOf } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import type { FileToSend } from '../send-files.ts';
import { sessionText, worded } from '../texts.ts';
import { exitOf, fileText, type Session, uploadSession } from '../upload-session.ts';
import { SOURCES } from '../../client/vocabulary.ts';

/** As the server takes in one request unless its administrator has set another limit. */
const FILES_AT_ONCE = 10;

/** `upload FILE…|-`: sends reports; more than ten go as several sessions, one after the other. */
export const upload: Command = {
  name: 'upload',
  usage: 'upload FILE…|- [--wait] [--preview] [--source S] [--name NAME]',
  options: {
    wait: { type: 'boolean' },
    preview: { type: 'boolean' },
    source: { type: 'string' },
    name: { type: 'string' },
  },
  async run(run) {
    const { args, values, lang } = run;
    if (args.length === 0) throw new UsageError(worded('needsArgument', lang, { what: 'FILE' }));
    const source = textOf(values, 'source');
    if (source !== undefined && !SOURCES.some((one) => one === source))
      throw new UsageError(worded('oneOf', lang, { option: '--source', values: SOURCES.join(', ') }));
    run.settings();
    const fields = {
      ...(source === undefined ? {} : { source }),
      ...(values['preview'] === true ? { preview: 'true' } : {}),
    };
    const sessions: Session[] = [];
    const wait = values['wait'] === true;
    await withFiles(run, async (files) => {
      for (let at = 0; at < files.length; at += FILES_AT_ONCE) {
        const session = await uploadSession(run, files.slice(at, at + FILES_AT_ONCE), { fields, wait });
        sessions.push(session);
        if (!wait) for (const file of session.files) run.say(fileText(file, run));
        const { url } = run.settings();
        for (const { id, status } of session.files)
          if (status === 'needs_mapping') run.say(worded('lookThere', lang, { url, id }));
        run.say(worded('session', lang, { id: session.id, status: sessionText(session, lang) }));
      }
    });
    if (run.json) run.print({ sessions });
    return exitOf(sessions);
  },
};

/** `-` is what comes in, kept on the disk first: it must be sent again when the server asks for that. */
async function withFiles({ args, values, io }: Run, work: (files: FileToSend[]) => Promise<void>): Promise<void> {
  if (!args.includes('-')) return work(args.map((path) => ({ path })));
  const folder = await mkdtemp(join(tmpdir(), 'vhm24r-upload-'));
  try {
    const path = join(folder, 'stdin');
    await pipeline(io.stdin, createWriteStream(path, { mode: 0o600 }), { signal: io.signal });
    const name = textOf(values, 'name') ?? 'stdin';
    await work(args.map((one) => (one === '-' ? { path, name } : { path: one })));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
