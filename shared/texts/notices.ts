/** What administrators get by Telegram, in both languages: one message for all of them. */
export type NoticeKind =
  | 'monitor_changed'
  | 'daily_report'
  | 'errors'
  | 'machines_failing'
  | 'backup_failed'
  | 'disk_nearly_full'
  | 'nothing_loaded'
  | 'audit_broken'
  | 'guessed_often'
  | 'rows_refused'
  | 'stored_file_missing';
export type NoticeParams = Readonly<Record<string, string | number>>;

const TEXTS: Readonly<Record<NoticeKind, { ru: string; en: string }>> = {
  monitor_changed: { ru: '{target}: было {from}, стало {to} ({reason})', en: '{target}: {from} -> {to} ({reason})' },
  daily_report: {
    ru: 'Отчёт за {day}: заказов {orders} на {sum} сум, загружено файлов {files}, не загружено {failed}, требуют внимания {open}',
    en: 'Report for {day}: {orders} orders, {sum} UZS, {files} files loaded, {failed} failed, {open} need attention',
  },
  errors: {
    ru: 'За час не загружено файлов: {failed}, отклонено строк: {rejected}',
    en: 'In the last hour {failed} files failed, {rejected} rows were rejected',
  },
  machines_failing: {
    ru: 'Автоматы с ошибками более чем в половине заказов за 24 ч: {machines}',
    en: 'Machines with trouble in over half of their orders in 24 h: {machines}',
  },
  backup_failed: { ru: 'Резервная копия не снята: {reason}', en: 'The backup failed: {reason}' },
  disk_nearly_full: { ru: 'Диск занят на {percent}%: {path}', en: 'Disk {percent}% full: {path}' },
  guessed_often: {
    ru: 'Пароль пользователя № {user} подбирают: {failures} неудачных входов за час с разных адресов',
    en: 'Somebody guesses the password of user {user}: {failures} failed sign-ins within an hour',
  },
  audit_broken: {
    ru: 'Журнал действий изменён в обход программы ({reason}); новая цепочка с места {seq}. Проверьте: npm run audit:verify',
    en: 'The audit log was changed behind the product ({reason}); a new chain begins at {seq}. Check: npm run audit:verify',
  },
  rows_refused: {
    ru: 'Файл «{file}»: строк, на которых обработка сломалась и которые отклонены: {count} (код {reason})',
    en: 'File “{file}”: rows that broke the processing and were refused: {count} (code {reason})',
  },
  stored_file_missing: {
    ru: 'Сохранённые данные файла «{name}» пропали, файл не загружен. Проверьте хранилище (npm run doctor) и загрузите файл снова',
    en: 'The stored bytes of “{name}” are gone and the file was not loaded. Check the storage (npm run doctor), then upload it again',
  },
  nothing_loaded: { ru: 'Файлы ждут дольше двух часов: {count}', en: '{count} files have waited for over two hours' },
};

export function noticeText(kind: NoticeKind, params: NoticeParams): string {
  const fill = (template: string) =>
    template.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(params, name) ? String(params[name]) : whole));
  const text = TEXTS[kind];
  return `VHM24R\n${fill(text.ru)}\n${fill(text.en)}`;
}
