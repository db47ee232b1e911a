import type { MatchingConfig } from '../config.ts';
import type { Db } from '../db/client.ts';
import { sleep } from '../lifecycle.ts';
import type { Logger } from '../logger.ts';
import { queueRunOnChangedSettings } from './run-period.ts';

const RETRY_MS = 2_000;

export interface SettingsCheck {
  start(): void;
  stop(): Promise<void>;
}

/** At the start of a service, as soon as the database answers: changed windows or tolerance queue a full re-run. */
export function createSettingsCheck(deps: {
  db: Db;
  matching: MatchingConfig;
  logger: Logger;
  onQueued(): void;
}): SettingsCheck {
  const { db, matching, logger, onQueued } = deps;
  const stopping = new AbortController();
  let running: Promise<void> | null = null;

  async function check(): Promise<void> {
    for (let logged = false; !stopping.signal.aborted; logged = true) {
      try {
        const runId = await queueRunOnChangedSettings(db, matching);
        if (runId === null) return;
        logger.info('windows or tolerance changed: everything is reconciled again', {
          event: 'settings_changed',
          runId,
        });
        onQueued();
        return;
      } catch (error) {
        if (!logged) logger.debug('the settings of the last run could not be compared yet', { error });
        await sleep(RETRY_MS, stopping.signal).catch(() => undefined);
      }
    }
  }

  return {
    start() {
      running ??= check();
    },
    async stop() {
      stopping.abort(new Error('the service is shutting down'));
      await running;
    },
  };
}
