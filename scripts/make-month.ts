import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isMainModule } from '../shared/main-module.ts';
import { planInventedSales, planRealSales } from './make-month/sales.ts';
import { parseWallTime } from './make-month/wall-clock.ts';
import { writeMonth, type MonthOptions } from './make-month/write-month.ts';
import { runTool, ToolUsageError } from './run-tool.ts';

const USAGE = `usage: npm run make-month -- --out DIR [options]
  Writes one period of the six reports, in the shapes of the real exports, and truth.json: what reconciliation must
  find.
  --orders N          invented sales (default 1000); above 100 000 csv alone is advised
  --days N            over so many days (default 350), --from YYYY-MM-DD (default 2025-01-01)
  --base FILE.csv     instead: sales from a file with the columns date,datetime,cash_type,card,money,coffee_name
  --seed N            another seed, another month (default 1)
  --anomalies SHARE   how often something is wrong, 0 to 1 (default 0.08)
  --machines N        default 12
  --first-report-id N VendHub's number of the first row (default 8774)
  --format csv|xlsx|both   default csv`;

/** @throws ToolUsageError */
function readOptions(args: string[]): MonthOptions {
  const { values } = parseArgs({
    args,
    options: {
      out: { type: 'string' },
      orders: { type: 'string' },
      days: { type: 'string', default: '350' },
      from: { type: 'string', default: '2025-01-01' },
      base: { type: 'string' },
      seed: { type: 'string', default: '1' },
      anomalies: { type: 'string', default: '0.08' },
      machines: { type: 'string', default: '12' },
      'first-report-id': { type: 'string', default: '8774' },
      format: { type: 'string', default: 'csv' },
    },
  });
  if (!values.out) throw new ToolUsageError('--out DIR is needed');
  if (values.base && values.orders) throw new ToolUsageError('--base and --orders exclude each other');
  const seed = numberOf('seed', values.seed, 0, 2 ** 32 - 1);
  const formats = formatsOf(values.format);
  const from = timeOf(values.from);
  if (values.base && !existsSync(values.base)) throw new ToolUsageError(`there is no file ${values.base}`);
  const plan = values.base
    ? planRealSales({ seed, path: values.base })
    : planInventedSales({
        seed,
        count: numberOf('orders', values.orders ?? '1000', 1, 50_000_000),
        days: numberOf('days', values.days, 1, 10_000),
        from,
      });
  const anomalyShare = Number(values.anomalies);
  if (!(anomalyShare >= 0 && anomalyShare <= 1)) throw new ToolUsageError('--anomalies is a share between 0 and 1');
  return {
    outFolder: values.out,
    plan,
    seed,
    machineCount: numberOf('machines', values.machines, 1, 100_000),
    anomalyShare,
    formats,
    firstReportId: numberOf('first-report-id', values['first-report-id'], 1, Number.MAX_SAFE_INTEGER),
  };
}

function numberOf(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max)
    throw new ToolUsageError(`--${name} is a whole number from ${min} to ${max}`);
  return value;
}

function timeOf(text: string): ReturnType<typeof parseWallTime> {
  try {
    return parseWallTime(text);
  } catch (error) {
    throw new ToolUsageError('--from is a day, YYYY-MM-DD', { cause: error });
  }
}

function formatsOf(text: string): MonthOptions['formats'] {
  if (text === 'both') return ['csv', 'xlsx'];
  if (text === 'csv' || text === 'xlsx') return [text];
  throw new ToolUsageError('--format is csv, xlsx or both');
}

async function main(args: string[]): Promise<number> {
  const options = readOptions(args);
  const { counts, byStatus } = await writeMonth(options);
  console.log(JSON.stringify({ out: options.outFolder, counts, byStatus }));
  return 0;
}

if (isMainModule(import.meta.url)) await runTool(USAGE, main);
