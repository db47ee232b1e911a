import type { Texts } from '../en/index.ts';

export const notices: Texts['notices'] = {
  monitor_changed: '{target}: {to} (было: {from}; причина: {reason})',
  daily_report:
    'Отчёт за {day}: заказов {orders} на {sum} сум, загружено файлов {files}, не загружено {failed}, требуют внимания {open}',
  errors: 'За час не загружено файлов: {failed}, отклонено строк: {rejected}',
  machines_failing: 'Автоматы, у которых больше половины заказов за 24 ч не выданы или возвращены: {machines}',
  backup_failed: 'Резервная копия не снята: {reason}',
  disk_nearly_full: 'Диск занят на {percent}\u00a0%: {path}',
  guessed_often: 'Пароль пользователя № {user} подбирают: {failures} неудачных входов за час с разных адресов',
  audit_broken:
    'Журнал действий изменён в обход программы ({reason}), место цепочки {seq}. Проверьте: npm run audit:verify',
  rows_refused: 'Файл «{file}»: строк, на которых обработка сломалась и которые отклонены: {count} (код {reason})',
  stored_file_missing:
    'Сохранённые данные файла «{name}» пропали, файл не загружен. Проверьте хранилище (npm run doctor) и загрузите файл снова',
  days_missing: 'Не загружены отчёты:\n{missing}',
  intake_folder: 'Папка отчётов, {subject}: {reason}',
  intake_mail: 'Почта с отчётами, {subject}: {reason}',
  nothing_loaded: 'Файлы ждут дольше двух часов: {count}',
};

export const noticeWords: Texts['noticeWords'] = {
  postgres: 'База данных',
  redis: 'Redis',
  worker: 'Обработка файлов',
  healthy: 'работает',
  degraded: 'с задержками',
  critical: 'отвечает не всегда',
  offline: 'недоступно',
  ok: 'отвечает снова',
  no_answer: 'не отвечает',
  none_alive: 'ни один не работает',
};
