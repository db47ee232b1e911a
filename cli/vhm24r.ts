#!/usr/bin/env node
/** The command line `vhm24r` (docs/cli.md): speaks HTTP alone, as the person whose token it has. */
import { allowClosedPipe } from '../shared/closed-pipe.ts';
import { runCli } from './run.ts';

const stop = new AbortController();
let asked = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // whoever asks twice does not want to wait
    if (asked) process.exit(130);
    asked = true;
    stop.abort(new DOMException('stopped', 'AbortError'));
  });
}
allowClosedPipe();

try {
  const { stdin, stdout, stderr, env } = process;
  process.exitCode = await runCli(process.argv.slice(2), { stdin, stdout, stderr, env, signal: stop.signal });
} catch (error) {
  if (!stop.signal.aborted) throw error;
  process.exitCode = 130;
}
