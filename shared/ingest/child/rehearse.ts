/**
 * What a child does while it waits for its file: it reads one of its own, whose rows go nowhere, so that what reading
 * takes is loaded and compiled when the file comes.
 */
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { DEFAULT_READ_LIMITS } from '../readers/limits.ts';
import type { ChildIo } from './child-io.ts';
import { runLoadTask } from './load-task.ts';
import type { ChildMessage } from './protocol.ts';

/** A few sales of an invented month, in the two formats that most reports have. */
const SAMPLES = ['report.csv', 'report.xlsx'];

/**
 * Bytes of bytecode that a function runs before it is compiled again, faster: eleven times what V8 waits by itself. A
 * small file is read before that has paid, and the compiler takes more of the cores than the reading. Not never: what a
 * small file unpacks to may be large.
 */
const COMPILE_AFTER = 1_500_000;

export function compileLater(): void {
  setFlagsFromString(`--interrupt-budget=${COMPILE_AFTER}`);
}

/** @returns rows of all samples */
export async function rehearse(): Promise<number> {
  let rows = 0;
  for (const name of SAMPLES) {
    const path = fileURLToPath(new URL(`./rehearsal/${name}`, import.meta.url));
    await runLoadTask(
      { task: 'load', path, name, overrides: {}, limits: DEFAULT_READ_LIMITS },
      undefined,
      audience((read) => (rows += read)),
    );
  }
  return rows;
}

/** Has every sheet loaded as it is recognised. */
function audience(onEnd: (rowsRead: number) => void): ChildIo {
  let probe: Extract<ChildMessage, { type: 'probe' }> | null = null;
  return {
    async send(message) {
      if (message.type === 'probe') probe = message;
      if (message.type === 'end') onEnd(message.rowsRead);
    },
    async receive() {
      const source = probe?.tables[0]?.source ?? null;
      if (probe === null || source === null) throw new Error('the sample of the rehearsal is no report');
      return { type: 'plan', source, sheets: probe.tables.map(({ sheet }) => sheet) };
    },
    async writeRows() {},
    async writeRejects() {},
    async endOutput() {},
  };
}
