import type { Manifest } from '../../backup/manifest.ts';
import { createBackupPlace, listBackups } from '../../backup/place.ts';
import { backupCodes } from '../codes/backup.ts';
import type { AreaCheck } from '../context.ts';
import { Trouble } from '../ladder.ts';
import { errorCode } from '../wire.ts';

const STALE_MS = 26 * 3_600_000;

export const backupCheck: AreaCheck = {
  area: 'backup',
  needs: [],
  codes: backupCodes,
  async run(context, ladder) {
    const url = context.env['BACKUP_URL'] ?? '';
    await ladder.rung(
      'backup.place',
      async () => {
        if (url === '') throw new Trouble('backup.not_configured', 'BACKUP_URL is empty');
        let place;
        try {
          place = createBackupPlace(url, context.env);
        } catch (error) {
          throw new Trouble('backup.url_invalid', 'BACKUP_URL=***', { cause: error });
        }
        let backups: Manifest[];
        try {
          backups = await listBackups(place);
        } catch (error) {
          throw new Trouble('backup.unreachable', `list=${errorCode(error)}`, { cause: error });
        }
        const newest = backups[0];
        if (newest === undefined) throw new Trouble('backup.none', 'backups=0');
        const ageMs = Date.now() - Date.parse(newest.createdAt);
        const facts = `backups=${backups.length} newest=${newest.name} age=${Math.round(ageMs / 3_600_000)}h`;
        if (ageMs > STALE_MS) ladder.note('backup.stale', facts);
        const verified = backups.find(({ verifiedAt }) => verifiedAt !== null);
        if (verified === undefined) ladder.note('backup.unverified', facts);
        return `${facts} verified=${verified?.name ?? 'none'}`;
      },
      { limitMs: 6_000, late: 'backup.unreachable' },
    );
  },
};
