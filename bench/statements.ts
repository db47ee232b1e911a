import { createReadStream } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { seconds, type BenchContext } from './bench.ts';

/** Where the server's time goes: statements that took long, summed by their text, from the server's own log. */
const LIST = { log_min_duration_statement: '20', log_checkpoints: 'on' };

/** Settings of the server for each choice of --statements. */
export const LOG_SETTINGS: Record<BenchContext['statements'], Readonly<Record<string, string>>> = {
  no: {},
  list: LIST,
  explain: {
    ...LIST,
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '300',
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_buffers': 'on',
    // The clock of this machine is slow to read: times of single nodes would swell what they measure.
    'auto_explain.log_timing': 'off',
    'auto_explain.log_wal': 'on',
  },
};

const SHOWN = 25;
const TEXT_MAX = 150;

/** Prints the longest statements; with `explain` also keeps the log with the plans. */
export async function reportStatements(context: BenchContext, logPath: string): Promise<void> {
  const byText = new Map<string, { ms: number; count: number }>();
  for await (const { text, ms } of statementsOf(logPath)) {
    const sum = byText.get(text) ?? { ms: 0, count: 0 };
    byText.set(text, { ms: sum.ms + ms, count: sum.count + 1 });
  }
  for (const [text, { ms, count }] of [...byText].toSorted(([, a], [, b]) => b.ms - a.ms).slice(0, SHOWN))
    context.say(`${seconds(ms).padStart(8)}  ${`x ${count}`.padStart(6)}  ${text}`);
  if (context.statements !== 'explain') return;
  const kept = join(context.cacheFolder, 'statements.log');
  await copyFile(logPath, kept);
  context.say(`plans are in ${kept}`);
}

async function* statementsOf(logPath: string): AsyncGenerator<{ text: string; ms: number }> {
  let open: { ms: number; text: string } | null = null;
  for await (const line of createInterface({ input: createReadStream(logPath), crlfDelay: Infinity })) {
    const begins = /^\d{4}-\d\d-\d\d /.test(line);
    if (!begins) {
      if (open !== null && open.text.length < TEXT_MAX) open.text += ` ${line.trim()}`;
      continue;
    }
    if (open !== null) yield { ms: open.ms, text: normalised(open.text) };
    const found = /duration: ([\d.]+) ms {2}(?:statement|execute [^:]*): (.*)$/.exec(line);
    open = found === null ? null : { ms: Number(found[1]), text: found[2] ?? '' };
  }
  if (open !== null) yield { ms: open.ms, text: normalised(open.text) };
}

/** Names of staging tables differ from file to file. */
function normalised(text: string): string {
  return text
    .replaceAll(/staging\.([fe])_[0-9a-f]+_\d+/g, 'staging.$1')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, TEXT_MAX);
}
