/** A parent to be killed: starts a reader child that waits for an answer, prints its process id and never answers. */
import { runLoad } from '../../shared/ingest/child/run-reader.ts';
import { DEFAULT_READ_LIMITS } from '../../shared/ingest/readers/limits.ts';

const [path = '', size = '0'] = process.argv.slice(2);
let pid = 0;
const never = (): Promise<never> => new Promise(() => {});
await runLoad({
  path,
  name: path,
  sizeBytes: Number(size),
  limits: DEFAULT_READ_LIMITS,
  signal: new AbortController().signal,
  overrides: {},
  onPid: (started) => (pid = started),
  onProbe: () => {
    console.log(pid);
    return never();
  },
  openRows: never,
  openRejects: never,
  onRestart: never,
});
