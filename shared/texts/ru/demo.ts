import type { Texts } from '../en/index.ts';

export const demo: Texts['operations']['demo'] = {
  usage: `использование: npm run demo или npm start
  demo поднимает весь продукт с вымышленным месяцем; start — то же без месяца, на DATABASE_URL и REDIS_URL, если они
  заданы. PORT — где слушать (3000). Ctrl-C завершает.`,
  badPort: 'PORT — число от 0 до 65535, а не {port}',
  portTaken: 'порт {port} занят: выберите другой, например PORT={next} npm run demo',
  runsAlready: 'уже запущено (процесс {pid}); сначала остановите его, а если это не так, удалите {path}',
  building: 'собираем {part}…',
  services: 'службы',
  page: 'страницу',
  programsCopied:
    'PostgreSQL работает под пользователем «{account}», которому эта папка закрыта: программы скопированы в {folder}',
  dataSetAside: 'старые данные папки, которой больше нет, отложены в {folder}',
  dataElsewhere: 'PostgreSQL хранит данные в {folder}',
  postgres: 'PostgreSQL на порту {port} ({ms} мс)',
  noRedis: 'redis-server нет в PATH: файлы обрабатывает сам api',
  redis: 'redis-server на порту {port}',
  migrated: 'миграции: {said}',
  migrateFailed: 'миграции не прошли ({exit}):\n{log}',
  api: 'api: {url}',
  apiAndWorker: 'api: {url}, рядом worker',
  endedByItself: '{name}: процесс завершился сам ({exit}); конец его журнала:\n{log}',
  ended: '{name}: процесс завершился ({exit}):\n{log}',
  notReady: '{name}: не готов через {ms} мс: {last}',
  loadedBefore: 'уже загружен раньше',
  open: 'Откройте: {url}',
  signIn: 'Вход:     {who}',
  onlyWithoutAdmin: '(создан, только если в базе ещё не было администратора)',
  ready: 'готово за {seconds} с; Ctrl-C останавливает всё',
  stopping: 'останавливаем…',
  stopped: 'остановлено',
};

export const demoTable: Texts['operations']['demoTable'] = {
  status: 'код',
  meaning: 'статус',
  count: 'число',
  sum: 'сум',
};
