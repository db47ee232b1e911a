/** How a service runs as a process: configuration or all its faults, start, and one ordered end. */
import { ConfigError, loadServiceConfig, type Config } from './config.ts';
import { bindSignals, DeadlineError, withDeadline } from './lifecycle.ts';
import type { EarlySignals } from './early-signals.ts';
import { createLogger, type Logger } from './logger.ts';

/** From the first signal to the end of the process, whatever hangs; what the api drains (DRAIN_MS) comes on top. */
const SHUTDOWN_LIMIT_MS = 25_000;
/**
 * Work at hand has ended or was given back long before. What still waits then is the farewell of connections to
 * something that does not answer, and each has its own limit; together they may take longer than is worth waiting for.
 */
const ORDERLY_LIMIT_MS = 22_000;

export interface RunningService {
  logger: Logger;
  close(): Promise<void>;
}

/**
 * Exits with 1 and all faults on stderr when the configuration is not valid. Signals are handled from here on: one that
 * comes while the service starts is answered by letting it start and closing it at once, so that nothing half open is
 * left to the platform's SIGKILL.
 * @param early signals since the process began; one that came by now ends it before anything is opened
 */
export async function runService(
  service: 'api' | 'worker',
  start: (config: Config) => Promise<RunningService>,
  early: EarlySignals,
): Promise<void> {
  let config: Config;
  try {
    config = loadServiceConfig(service);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    tellFaults(error);
    process.exitCode = 1;
    early.release();
    return;
  }
  if (early.received() !== null) process.exit(0);
  // errors before there is a logger of the service, or in a start that never ends
  let logger = createLogger({ ...config.log, service });
  // Some settings show only when they are used: a storage address that names no place for files is one.
  const starting = start(config).catch((error: unknown) => {
    if (!(error instanceof ConfigError)) throw error;
    tellFaults(error);
    process.exit(1);
  });
  starting.catch(() => undefined);
  const drainMs = service === 'api' ? config.drainMs : 0;
  bindSignals(
    async (reason) => {
      logger.info('closing', { reason });
      try {
        await withDeadline(
          starting.then((running) => running.close()),
          ORDERLY_LIMIT_MS + drainMs,
          'closing',
        );
        logger.info('closed');
      } catch (error) {
        if (!(error instanceof DeadlineError)) throw error;
        logger.warn('closed without waiting for everything: something does not answer', { event: 'closed_late' });
      }
    },
    { forceAfterMs: SHUTDOWN_LIMIT_MS + drainMs, onFault: (error) => logger.error('fault', { error }) },
  );
  early.release();
  ({ logger } = await starting);
}

function tellFaults({ faults }: ConfigError): void {
  for (const { variable, message } of faults) process.stderr.write(`${variable}: ${message}\n`);
}
