/** How a service runs as a process: configuration or all its faults, start, and one ordered end. */
import { ConfigError, loadServiceConfig, type Config } from './config.ts';
import { bindSignals, DeadlineError, withDeadline } from './lifecycle.ts';
import type { Logger } from './logger.ts';

/** From the first signal to the end of the process, whatever hangs. */
const SHUTDOWN_LIMIT_MS = 25_000;
/**
 * Work at hand has ended or was given back long before. What still waits then is the farewell of connections to something that does not
 * answer, and each has its own limit; together they may take longer than is worth waiting for.
 */
const ORDERLY_LIMIT_MS = 22_000;

export interface RunningService {
  logger: Logger;
  close(): Promise<void>;
}

/** Exits with 1 and all faults on stderr when the configuration is not valid. */
export async function runService(service: 'api' | 'worker', start: (config: Config) => Promise<RunningService>): Promise<void> {
  let running: RunningService;
  try {
    running = await start(loadServiceConfig(service));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const fault of error.faults) process.stderr.write(`${fault.variable}: ${fault.message}\n`);
    process.exitCode = 1;
    return;
  }
  const { logger } = running;
  bindSignals(
    async (reason) => {
      logger.info('closing', { reason });
      try {
        await withDeadline(running.close(), ORDERLY_LIMIT_MS, 'closing');
        logger.info('closed');
      } catch (error) {
        if (!(error instanceof DeadlineError)) throw error;
        logger.warn('closed without waiting for everything: something does not answer', { event: 'closed_late' });
      }
    },
    { forceAfterMs: SHUTDOWN_LIMIT_MS, onFault: (error) => logger.error('fault', { error }) },
  );
}
