/** What the command line says, in the two languages of LANG; what the server says comes worded by it. */
export type CliLang = 'ru' | 'en';
export type Words = Readonly<Record<CliLang, string>>;

/** LC_ALL, LC_MESSAGES, LANG, as everywhere; Russian for Uzbek too, which this program does not speak. */
export function langOf(env: NodeJS.ProcessEnv): CliLang {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return /^(?:ru|uz)/i.test(locale) ? 'ru' : 'en';
}

const texts = {
  usage: {
    ru: 'использование: vhm24r КОМАНДА [параметры]',
    en: 'usage: vhm24r COMMAND [options]',
  },
  usageOf: { ru: 'использование: vhm24r {usage}', en: 'usage: vhm24r {usage}' },
  everywhere: {
    ru: 'У всех команд: --json (только JSON), --help. Сервер и токен: VHM24R_URL и VHM24R_TOKEN или vhm24r login.',
    en: 'All commands: --json (JSON alone), --help. Server and token: VHM24R_URL and VHM24R_TOKEN, or vhm24r login.',
  },
  exits: {
    ru: 'Код завершения: 0 всё загружено, 1 не удалось, 2 есть вопросы, 3 ошибка в команде, 4 сервер недоступен.',
    en: 'Exit: 0 all done, 1 something failed, 2 questions are open, 3 usage, 4 the server is away.',
  },
  noCommand: { ru: 'нет команды «{name}»', en: 'there is no command “{name}”' },
  wrongOption: { ru: 'нет такого параметра: {option}', en: 'there is no such option: {option}' },
  needsValue: { ru: '{option}: не хватает значения', en: '{option} needs a value' },
  noValue: { ru: '{option} задаётся без значения', en: '{option} takes no value' },
  needsArgument: { ru: 'не хватает: {what}', en: 'missing: {what}' },
  oneOf: { ru: '{option}: одно из {values}', en: '{option} is one of {values}' },
  noServer: {
    ru: 'не сказано, где сервер: задайте VHM24R_URL или выполните vhm24r login',
    en: 'where is the server? Set VHM24R_URL, or run vhm24r login',
  },
  noToken: {
    ru: 'нет токена для {url}: задайте VHM24R_TOKEN или выполните vhm24r login',
    en: 'there is no token for {url}: set VHM24R_TOKEN, or run vhm24r login',
  },
  badUrl: { ru: 'это не адрес сервера: {url}', en: 'this is no address of a server: {url}' },
  openSettings: {
    ru: 'токен в {path} могут прочитать другие: chmod 600 {path}',
    en: 'others can read the token in {path}: chmod 600 {path}',
  },
  brokenSettings: {
    ru: '{path} не читается: выполните vhm24r login',
    en: '{path} cannot be read: run vhm24r login',
  },
  askUrl: { ru: 'Адрес сервера: ', en: 'Address of the server: ' },
  askToken: { ru: 'Персональный токен (не показывается): ', en: 'Personal token (not shown): ' },
  noTokenGiven: { ru: 'токен не введён', en: 'no token was given' },
  loggedIn: { ru: '{name} ({role}), сохранено в {path}', en: '{name} ({role}), kept in {path}' },
  away: { ru: 'сервер недоступен ({url}): {reason}', en: 'the server is away ({url}): {reason}' },
  refused: { ru: '{message} [{code}]', en: '{message} [{code}]' },
  waiting: { ru: 'сервер просит подождать {seconds} с', en: 'the server asks to wait {seconds} s' },
  noFile: { ru: 'файл не читается: {path} ({reason})', en: 'the file cannot be read: {path} ({reason})' },
  fileChanged: { ru: 'файл изменился во время отправки: {path}', en: 'the file changed while it was sent: {path}' },
  sending: { ru: 'отправка', en: 'sending' },
  processing: { ru: 'обработка', en: 'processing' },
  sent: { ru: 'отправлено файлов: {count} ({bytes})', en: 'files sent: {count} ({bytes})' },
  session: { ru: 'загрузка {id}: {status}', en: 'session {id}: {status}' },
  lookThere: {
    ru: 'вопрос к файлу: {url}/files/{id}',
    en: 'a question about the file: {url}/files/{id}',
  },
  rows: {
    ru:
      'строк {read}: новых {new}, обновлено {updated}, без изменений {unchanged}, отклонено {rejected}, ' +
      'пропущено {skipped}',
    en: '{read} rows: {new} new, {updated} updated, {unchanged} unchanged, {rejected} rejected, {skipped} skipped',
  },
  wouldDo: {
    ru: 'заказов станет новых {new}, изменится {changed}',
    en: '{new} orders would be new, {changed} would change',
  },
  orders: { ru: 'показано заказов: {count}', en: 'orders shown: {count}' },
  ordersMore: {
    ru: 'показано заказов: {count}; есть ещё: --limit или --all',
    en: 'orders shown: {count}; there are more: --limit or --all',
  },
  noOrder: { ru: 'нет заказа с номером {number}', en: 'there is no order with the number {number}' },
  nothingMissing: { ru: 'Всё загружено.', en: 'Nothing is missing.' },
  saved: { ru: '{path}: строк {rows}, {bytes}', en: '{path}: rows {rows}, {bytes}' },
  savedFile: { ru: '{path}', en: '{path}' },
  fileExists: { ru: 'файл уже есть: {path} (--force заменит)', en: 'the file exists: {path} (--force replaces it)' },
  /** what the history says where nobody gave a reason */
  undoReason: { ru: 'отменено из командной строки', en: 'taken back from the command line' },
  needsReason: {
    ru: 'причина слишком коротка: --reason "…" (не короче 10 знаков)',
    en: 'the reason is too short: --reason "…" (10 characters at least)',
  },
  undoRows: {
    ru: 'строк: убрано {removed}, возвращено {restored}, осталось {kept}',
    en: 'rows: {removed} removed, {restored} restored, {kept} kept',
  },
  undoOrders: {
    ru: 'заказов: убрано {removed}, изменено {changed}',
    en: 'orders: {removed} removed, {changed} changed',
  },
  undoDry: { ru: 'только проверка: ничего не изменено', en: 'a dry run: nothing was changed' },
  watching: { ru: 'слежу за {path}, Ctrl-C остановит', en: 'watching {path}, Ctrl-C stops' },
  status: { ru: 'статус', en: 'status' },
} as const satisfies Record<string, Words>;

export type TextKey = keyof typeof texts;

export function worded(key: TextKey, lang: CliLang, params: Readonly<Record<string, string | number>> = {}): string {
  return texts[key][lang].replace(/\{(\w+)\}/g, (match, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : match,
  );
}

/** States of sessions, files and undos (api.md 3); one that is not here is shown as it is. */
const states: Readonly<Record<string, Words>> = {
  queued: { ru: 'ждёт', en: 'queued' },
  processing: { ru: 'обрабатывается', en: 'processing' },
  completed: { ru: 'готово', en: 'completed' },
  completed_with_errors: { ru: 'готово, есть отклонённые строки', en: 'completed, some rows were rejected' },
  failed: { ru: 'не удалось', en: 'failed' },
  cancelled: { ru: 'отменено', en: 'cancelled' },
  needs_mapping: { ru: 'есть вопрос', en: 'there is a question' },
  duplicate: { ru: 'уже загружен раньше', en: 'was loaded before' },
  previewed: { ru: 'просмотрен, не загружен', en: 'looked at, not loaded' },
  undone: { ru: 'загрузка отменена', en: 'taken back' },
  blocked: { ru: 'нельзя', en: 'blocked' },
};

export function stateText(state: string, lang: CliLang): string {
  return Object.hasOwn(states, state) ? (states[state]?.[lang] ?? state) : state;
}

/** "849 KB" */
export function bytesText(bytes: number, lang: CliLang): string {
  const units = lang === 'ru' ? ['Б', 'КБ', 'МБ', 'ГБ'] : ['B', 'KB', 'MB', 'GB'];
  const step = bytes < 1_000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const figure = bytes / 1_000 ** step;
  return `${figure >= 100 || step === 0 ? Math.round(figure) : figure.toFixed(1)} ${units[step]}`;
}
