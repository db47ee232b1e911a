import type { Texts } from '../en/index.ts';

export const backup: Texts['operations']['backup'] = {
  usage: `использование: npm run backup
  Сохраняет копию базы DATABASE_URL в BACKUP_URL (папка или s3://bucket/prefix) и удаляет копии старше
  BACKUP_KEEP_DAYS.
  Код завершения: 0 сделано, 1 не удалось, 3 ошибка в команде.`,
  done: 'копия {name}: таблиц {tables}, строк {rows}, {mib} МиБ, место {place}, за {seconds} с',
  removed: 'удалена {name}',
  verify: 'проверьте её: npm run restore -- --check {name}',
};

export const restore: Texts['operations']['restore'] = {
  usage: `использование: npm run restore -- [--check | --list] [--yes] [ИМЯ]
  --check   восстанавливает во временную базу на том же сервере, сравнивает строки и контрольные суммы всех таблиц,
            удаляет её и печатает, сколько минут это заняло
  --list    копии, которые есть в BACKUP_URL
  Без них копия встаёт на место базы DATABASE_URL; прежняя остаётся под другим именем. Сначала спрашивает
  (--yes отвечает за вас).
  ИМЯ — имя копии; без него самая новая. Код завершения: 0 сделано, 1 не удалось или не совпало, 3 ошибка в команде.`,
  one: 'за один раз — одна копия',
  listed: '{name}  версия {version}  {mib} МиБ  {verified}',
  neverVerified: 'не проверялась',
  verified: 'проверена {at}',
  differs: 'копия {name} не совпала, минут {minutes}: {differences}',
  good: 'копия {name} цела: таблиц {tables}, строк {rows}, контрольные суммы совпали, восстановлена за {minutes} мин',
  question: 'Файлов в базе: {files}. Сначала остановите службы. Поставить на её место копию {name}? Введите «{yes}»: ',
  yes: 'да',
  noTerminal: 'нет терминала, чтобы спросить; добавьте --yes',
  unchanged: 'ничего не изменено',
  restored:
    'восстановлена {name}; прежняя база сохранена под именем {keptAs}. Теперь выполните npm run migrate и запустите службы',
  ended:
    'все входы завершены (людей: {people}); персональных токенов API ждёт подтверждения: {tokens}. Включить: npm run user -- confirm-tokens EMAIL',
};

export const backupFaults: Texts['operations']['backupFaults'] = {
  notConfigured: 'BACKUP_URL не задана',
  badUrl: 'BACKUP_URL — это папка, file:<папка> или s3://bucket/prefix',
  noCredentials: 'для s3:// нужны AWS_ACCESS_KEY_ID и AWS_SECRET_ACCESS_KEY',
  unknown: 'копии {name} нет, место {place}',
  none: 'копий нет, место {place}',
  newer: 'копия {name} новее этого кода (версия {version}, миграция {migration}): сначала разверните эту версию',
  manifestUnreadable: 'копия {name} повреждена: её описание не читается',
  partUnreadable: 'копия {name} повреждена: {file} не читается',
  partDiffers: 'копия {name} повреждена: в {file} байт {sizeBytes} из {wanted}, контрольная сумма другая',
  notEqual: 'копия {name} восстановилась иной: {differences}',
  notRestored: 'копия {name} не восстанавливается: {reason}',
  inUse: 'базой {database} ещё пользуются: остановите сервисы и восстановите снова',
  notReopened:
    'и базу {database} не удалось открыть снова: {reason}. Когда сервер ответит, выполните в базе postgres: alter database "{database}" allow_connections true',
  notDropped: 'и базу {database}, созданную этим восстановлением, не удалось удалить: {reason}',
  noMigrations: 'в базе нет таблицы миграций: копировать нечего',
  noTime: 'база не сообщила время',
  toolMissing: '{program} нет в PATH; установите postgresql-client (Debian: apt-get install postgresql-client)',
  toolFailed: '{program}: код завершения {code}: {stderr}',
};
