import { rung, words, type CodeTable } from '../finding.ts';
import { problem } from './entry.ts';

const fix = words(
  'Включите синхронизацию времени (NTP) на этой машине.',
  'Turn on time synchronisation (NTP) on this machine.',
  'Bu mashinada vaqt sinxronlashni (NTP) yoqing.',
);
const commands = ['date -u', 'timedatectl set-ntp true'];

export const clockCodes = {
  'clock.postgres': rung(
    'Часы совпадают с часами PostgreSQL',
    'The clock agrees with that of PostgreSQL',
    'Soat PostgreSQL soati bilan mos',
  ),
  'clock.redis': rung(
    'Часы совпадают с часами Redis',
    'The clock agrees with that of Redis',
    'Soat Redis soati bilan mos',
  ),
  'clock.off': problem('error', {
    title: words(
      'Часы расходятся больше чем на минуту',
      'The clocks differ by more than a minute',
      'Soatlar bir daqiqadan koʻp farq qilyapti',
    ),
    cause: words(
      'Часы этой машины или сервера идут неверно.',
      "This machine's clock or the server's is wrong.",
      'Bu mashinaning yoki serverning soati notoʻgʻri yuryapti.',
    ),
    effect: words(
      '/readyz этого сервиса — degraded; S3 отвергает подписи, сертификаты кажутся просроченными. Вход идёт по ' +
        'часам PostgreSQL.',
      '/readyz of this service is degraded; S3 refuses signatures, certificates look expired. Sign-ins go by ' +
        'the clock of PostgreSQL.',
      'Bu xizmatning /readyz javobi — degraded; S3 imzolarni rad etadi, sertifikatlar muddati oʻtgandek koʻrinadi. Kirish PostgreSQL soati boʻyicha ishlaydi.',
    ),
    fix,
    commands,
  }),
  'clock.drift': problem('warn', {
    title: words('Часы расходятся на секунды', 'The clocks differ by seconds', 'Soatlar soniyalarga farq qilyapti'),
    cause: words(
      'Время давно не синхронизировалось.',
      'Time has not been synchronised for long.',
      'Vaqt anchadan beri sinxronlanmagan.',
    ),
    effect: words(
      'Пока терпимо: допуск — минута.',
      'Tolerable so far: a minute is allowed.',
      'Hozircha chidasa boʻladi: bir daqiqagacha mumkin.',
    ),
    fix,
    commands,
  }),
} satisfies CodeTable;
