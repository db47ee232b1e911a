/** The doors that look by themselves, as far as they are set up. */
import type { Config } from '../config.ts';
import type { Db } from '../db/client.ts';
import type { Logger } from '../logger.ts';
import type { Uploads } from '../uploads/uploads.ts';
import type { Door } from './door.ts';
import { createFolderDoor } from './folder/folder-door.ts';
import { createMailDoor } from './mail/mail-door.ts';

export interface IntakeDeps {
  db: Db;
  uploads: Uploads;
  logger: Logger;
  config: Pick<Config, 'intake' | 'publicUrl'>;
}

export type Intake = Door;

export function createIntake({ db, uploads, logger, config }: IntakeDeps): Intake {
  const { user, folder, mail } = config.intake;
  const doors: Door[] = [];
  const { publicUrl } = config;
  if (user !== null && folder !== null) doors.push(createFolderDoor({ db, uploads, logger, folder, user, publicUrl }));
  if (user !== null && mail !== null) doors.push(createMailDoor({ db, uploads, logger, user, ...mail }));
  return {
    start() {
      for (const door of doors) door.start();
    },
    async stop() {
      await Promise.all(doors.map((door) => door.stop()));
    },
  };
}
