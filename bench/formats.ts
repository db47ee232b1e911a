import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { tell, type Bench, type BenchResult } from './bench.ts';
import { FORMAT_SAMPLES } from './format-samples.ts';

/** Rows of the samples; formats whose writer or reader is slow have fewer. */
const ROWS = 20_000;

/** Each reader in a process of its own beside the bare library on the same file: rows a second and peak memory. */
export const formatsBench: Bench = {
  name: 'formats',
  about: 'every reader beside the bare library: rows a second, peak memory',
  async run(context) {
    const results: BenchResult[] = [];
    for (const sample of FORMAT_SAMPLES) {
      const rows = Math.max(100, Math.round(ROWS * sample.share * context.scale));
      for (const way of ['reader', ...sample.bare]) {
        const measured = await measure(sample.name, way, rows);
        results.push(
          tell(
            `${sample.name}, ${way}`,
            `${perSecond(measured.rows, measured.ms)} rows/s (${perSecond(measured.rows, measured.cpuMs)} of ` +
              `processor time), ${Math.round(measured.peakMb)} MB`,
          ),
        );
        context.say(results.at(-1)!.what + ': ' + results.at(-1)!.measured);
      }
    }
    return results;
  },
};

const perSecond = (rows: number, ms: number): number => Math.round(rows / (ms / 1000));

interface Measured {
  rows: number;
  ms: number;
  /** what the process took of all cores: what else the machine does changes it little */
  cpuMs: number;
  peakMb: number;
}

async function measure(name: string, way: string, rows: number): Promise<Measured> {
  const script = fileURLToPath(new URL('read-format.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, name, way, String(rows)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`reading ${name} by ${way} ended with ${code}`);
  return JSON.parse(output) as Measured;
}
