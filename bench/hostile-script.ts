/**
 * The script of one person who means no good, in a process of its own: what it does with its answers must not hold up
 * the process that measures what another person waits for. It is told what to ask, and says what it was answered.
 */
import { createApiClient } from '../scripts/api-client.ts';
import { createRandom } from '../scripts/make-month/random.ts';
import { sleep } from '../shared/lifecycle.ts';
import { hostileReads, type Targets } from './hostile-reads.ts';

/** One read after the other; `name` is of `hostileReads`. */
export interface ScriptOrder {
  url: string;
  token: string;
  targets: Targets;
  name: string;
  seed: number;
  ms: number;
}

/** What one script asks for at once; the api lets two of the expensive ones through. */
const IN_FLIGHT = 40;
/** Being refused costs little; what is measured is not how much of that a core bears. */
const REFUSED_PAUSE_MS = 200;
/** No answer: the connection was refused, or ended. */
const NO_ANSWER = 0;

async function hammer({
  url,
  token,
  targets,
  name,
  seed,
  ms,
}: ScriptOrder): Promise<[status: number, count: number][]> {
  const next = hostileReads(targets)[name];
  if (next === undefined) throw new Error(`no read is called ${name}`);
  const random = createRandom(seed);
  const client = createApiClient(url);
  client.token = token;
  const counts = new Map<number, number>();
  const endMs = performance.now() + ms;
  const ask = async (): Promise<void> => {
    while (performance.now() < endMs) {
      const status = await client.get(next(random)).then(
        (answer) => answer.status,
        () => NO_ANSWER,
      );
      counts.set(status, (counts.get(status) ?? 0) + 1);
      if (status === 429) await sleep(REFUSED_PAUSE_MS);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, ask));
  return [...counts];
}

process.on('message', (order: ScriptOrder) => {
  void hammer(order).then((counts) => process.send?.(counts));
});
process.once('disconnect', () => process.exit());
