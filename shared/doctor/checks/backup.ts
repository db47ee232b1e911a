import type { Manifest } from '../../backup/manifest.ts';
import { createBackupPlace, listBackups } from '../../backup/place.ts';
import type { AreaCheck } from '../context.ts';
import { rung, words } from '../finding.ts';
import { Trouble } from '../ladder.ts';
import { errorCode } from '../wire.ts';
import { problem } from './problem.ts';

const STALE_MS = 26 * 3_600_000;

const unsafe = words('При потере базы данные не вернуть.', 'If the database is lost, so is the data.');

export const backupCheck: AreaCheck = {
  area: 'backup',
  needs: [],
  codes: {
    'backup.place': rung('Резервные копии есть, свежие и проверены', 'Backups are there, fresh and verified'),
    'backup.not_configured': problem('info', {
      title: words('Резервное копирование не настроено', 'Backups are not set up'),
      cause: words('BACKUP_URL пуст.', 'BACKUP_URL is empty.'),
      effect: unsafe,
      fix: words('Задайте BACKUP_URL: папку или s3://корзина/путь.', 'Set BACKUP_URL: a folder or s3://bucket/prefix.'),
      commands: ['npm run backup'],
    }),
    'backup.url_invalid': problem('error', {
      title: words('BACKUP_URL не подходит', 'BACKUP_URL cannot be used'),
      cause: words(
        'Нужна папка, file:<папка> или s3://корзина/путь с ключами AWS.',
        'It is a folder, file:<folder> or s3://bucket/prefix with AWS keys.',
      ),
      effect: unsafe,
      fix: words('Исправьте BACKUP_URL.', 'Correct BACKUP_URL.'),
    }),
    'backup.unreachable': problem('error', {
      title: words('Место для копий недоступно', 'The place of the backups cannot be reached'),
      cause: words(
        'Нет папки, прав или сети, либо ключи неверны.',
        'Folder, rights or network are missing, or the keys are wrong.',
      ),
      effect: unsafe,
      fix: words('Проверьте BACKUP_URL и ключи.', 'Check BACKUP_URL and the keys.'),
    }),
    'backup.none': problem('warn', {
      title: words('Нет ни одной копии', 'There is no backup'),
      cause: words('Копирование ещё не выполнялось.', 'None has been made yet.'),
      effect: unsafe,
      fix: words('Снимите копию.', 'Make one.'),
      commands: ['npm run backup'],
    }),
    'backup.stale': problem('warn', {
      title: words('Последней копии больше 26 часов', 'The last backup is over 26 hours old'),
      cause: words('Ночное копирование не сработало.', 'The nightly backup did not run.'),
      effect: words('При потере базы пропадёт больше суток.', 'If the database is lost, more than a day is lost.'),
      fix: words(
        'Снимите копию и посмотрите журнал worker за 04:00.',
        'Make one, and read the log of the worker at 04:00.',
      ),
      commands: ['npm run backup', 'railway logs --service worker'],
    }),
    'backup.unverified': problem('warn', {
      title: words('Ни одну копию не проверяли восстановлением', 'No backup was ever verified'),
      cause: words('restore --check не выполнялся.', 'restore --check never ran.'),
      effect: words('Неизвестно, восстановится ли копия.', 'Nobody knows whether it can be restored.'),
      fix: words('Проверьте последнюю копию.', 'Verify the last one.'),
      commands: ['npm run restore -- --check'],
    }),
  },
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
