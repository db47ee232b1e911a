/** The tools of those who build the product, from their options to an exit code. */
import { allowClosedPipe } from '../shared/closed-pipe.ts';

/** The tool was used wrongly: its usage is shown, exit 3. */
export class ToolUsageError extends Error {
  override readonly name = 'ToolUsageError';
}

/** Runs it as the program that was started, to its exit code; --help is 0, an option that nobody knows 3. */
export async function runTool(usage: string, run: (args: string[]) => Promise<number>): Promise<void> {
  allowClosedPipe();
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage);
    return;
  }
  try {
    process.exitCode = await run(args);
  } catch (error) {
    if (!isUsageFault(error)) throw error;
    console.error(`${error.message}\n${usage}`);
    process.exitCode = 3;
  }
}

const isUsageFault = (error: unknown): error is Error =>
  error instanceof ToolUsageError ||
  (error instanceof Error && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS'));
