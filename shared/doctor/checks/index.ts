/** The one list of checks (api.md section 7): all three faces of the doctor read it. */
import { problem } from '../codes/entry.ts';
import type { AreaCheck } from '../context.ts';
import { AREAS, words, type Area, type CodeEntry } from '../finding.ts';
import { backupCheck } from './backup.ts';
import { blacklistCheck } from './blacklist.ts';
import { cacheCheck } from './cache.ts';
import { clockCheck } from './clock.ts';
import { configCheck } from './config.ts';
import { diskCheck } from './disk.ts';
import { intakeCheck } from './intake.ts';
import { jwtCheck } from './jwt.ts';
import { postgresCheck } from './postgres.ts';
import { queueCheck } from './queue.ts';
import { redisCheck } from './redis.ts';
import { storageCheck } from './storage.ts';
import { telegramCheck } from './telegram.ts';
import { versionCheck } from './version.ts';
import { workerCheck } from './worker.ts';

export const CHECKS: readonly AreaCheck[] = [
  configCheck,
  postgresCheck,
  redisCheck,
  queueCheck,
  workerCheck,
  jwtCheck,
  blacklistCheck,
  cacheCheck,
  storageCheck,
  diskCheck,
  clockCheck,
  telegramCheck,
  intakeCheck,
  backupCheck,
  versionCheck,
];

/** What any area may say of itself: it did not end in its time, or the doctor's own code failed. */
function ownCodes(area: Area): [string, CodeEntry][] {
  return [
    [
      `${area}.check_timeout`,
      problem('warn', {
        title: words('Проверка не уложилась в срок', 'The check did not end in its time', 'Tekshiruv vaqtida tugamadi'),
        cause: words(
          'Что-то в этой области отвечает слишком медленно.',
          'Something in this area answers too slowly.',
          'Bu sohada nimadir juda sekin javob beryapti.',
        ),
        effect: words(
          'Об остальном в этой области ничего не известно.',
          'Nothing is known of the rest of this area.',
          'Bu sohaning qolgani haqida hech narsa maʼlum emas.',
        ),
        fix: words('Повторите только эту область.', 'Repeat this area alone.', 'Faqat shu sohani takrorlang.'),
        commands: [`npm run doctor -- --only ${area}`],
      }),
    ],
    [
      `${area}.check_crashed`,
      {
        severity: 'crash',
        title: words('Сама проверка сломалась', 'The check itself failed', 'Tekshiruvning oʻzi buzildi'),
        cause: words('Ошибка в коде проверки.', "A fault in the check's own code.", 'Tekshiruv kodida xato.'),
        effect: words(
          'Об этой области ничего не известно.',
          'Nothing is known of this area.',
          'Bu soha haqida hech narsa maʼlum emas.',
        ),
        fix: {
          text: words(
            'Сообщите строку «видно» разработчикам.',
            'Report the evidence to the developers.',
            '«koʻrindi» qatorini dasturchilarga yuboring.',
          ),
          commands: [],
        },
      },
    ],
  ];
}

/** Every code with its area, in the order of the list. */
export function allCodes(checks: readonly AreaCheck[] = CHECKS): Map<string, { area: Area; entry: CodeEntry }> {
  const codes = new Map<string, { area: Area; entry: CodeEntry }>();
  for (const area of AREAS) {
    const check = checks.find((one) => one.area === area);
    if (check === undefined) continue;
    for (const [code, entry] of [...Object.entries(check.codes), ...ownCodes(area)]) codes.set(code, { area, entry });
  }
  return codes;
}
