/** Questions on a terminal, or a line of what comes in. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Io } from './command.ts';

/** Asks in turn; an answer to a hidden question is not shown. Where nothing more comes in the answer is ''. */
export async function askFor(io: Io, questions: readonly { text: string; hidden: boolean }[]): Promise<string[]> {
  const isTerminal = io.stdin.isTTY === true;
  let hidden = false;
  const echo = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (isTerminal && !hidden) io.stderr.write(chunk.toString());
      done();
    },
  });
  const lines = createInterface({ input: io.stdin, output: echo, terminal: isTerminal });
  const next = lines[Symbol.asyncIterator]();
  try {
    const answers: string[] = [];
    for (const { text, hidden: secret } of questions) {
      if (isTerminal) io.stderr.write(text);
      hidden = secret;
      const { value, done } = await next.next();
      if (isTerminal && secret) io.stderr.write('\n');
      answers.push(done === true ? '' : String(value).trim());
    }
    return answers;
  } finally {
    lines.close();
  }
}
