/** What the doctor finds in the rows themselves: the audit log and records that point nowhere. */
import { words, type CodeTable } from '../finding.ts';
import { problem } from './problem.ts';

export const recordCodes = {
  'postgres.audit_broken': problem(
    'error',
    words(
      'Журнал действий меняли в обход программы',
      'The audit log was tampered with',
      'Amallar jurnali dasturni chetlab oʻzgartirilgan',
    ),
    words(
      'Печати, которую помнит api, больше нет или на её месте другая: строки или печати удалили или подменили, либо базу вернули из копии.',
      'The seal that an api remembers is gone or another stands in its place: rows or seals were removed or replaced, or the database was restored.',
      'api eslab qolgan muhr yoʻq yoki oʻrnida boshqasi bor: qatorlar yoki muhrlar oʻchirilgan, almashtirilgan yoki baza nusxadan tiklangan.',
    ),
    words(
      'Что было раньше разрыва, журнал больше не доказывает; дальше идёт новая цепочка, первая строка называет разрыв.',
      'What lies before the break is proved no more; a new chain goes on, whose first row names the break.',
      'Uzilishdan oldingisini jurnal endi isbotlamaydi; yangi zanjir boshlangan, birinchi qatori uzilishni aytadi.',
    ),
    words(
      'Проверьте цепочку и выясните, у кого был доступ владельца базы. После восстановления из копии разрыв ожидаем.',
      'Verify the chain and find out who had the access of the owner. After a restore a break is to be expected.',
      'Zanjirni tekshiring va baza egasi huquqi kimda boʻlganini aniqlang. Nusxadan tiklashdan keyin uzilish kutilgan holat.',
    ),
    ['npm run audit:verify'],
  ),
  'postgres.audit_unsealed': problem(
    'warn',
    words(
      'Строки журнала действий никто не опечатывает',
      'Nobody seals the audit log',
      'Amallar jurnalini hech kim muhrlamayapti',
    ),
    words(
      'У api не задан AUDIT_KEY, или ни одного api нет.',
      'The api has no AUDIT_KEY, or none runs.',
      'api’da AUDIT_KEY berilmagan yoki birorta ham api ishlamayapti.',
    ),
    words(
      'Подмену этих строк никто не заметит.',
      'A change of these rows would not show.',
      'Bu qatorlar almashtirilsa, bilinmaydi.',
    ),
    words(
      'Задайте api AUDIT_KEY (32 случайных символа) и перезапустите его.',
      'Give the api an AUDIT_KEY of 32 random characters and restart it.',
      'api’ga 32 tasodifiy belgili AUDIT_KEY bering va uni qayta ishga tushiring.',
    ),
    ['railway variables --set "AUDIT_KEY=$(openssl rand -base64 32)"'],
  ),
  'postgres.dangling_records': problem(
    'error',
    words(
      'Записи указывают на то, чего нет',
      'Records point to what is not there',
      'Yozuvlar yoʻq narsaga ishora qiladi',
    ),
    words(
      'Заказы или файлы удалили в обход программы или копию восстановили не целиком; сколько и где — в строке «видно».',
      'Orders or files were removed around the program, or a backup was restored in part; the evidence says where and how many.',
      'Buyurtmalar yoki fayllar dasturni chetlab oʻchirilgan yoki nusxa toʻliq tiklanmagan; qayerda va nechta ekani «koʻrindi» qatorida.',
    ),
    words(
      'Этих записей нет в списках и суммах; строка отчёта не откроется.',
      'These records are missing in lists and sums; their row of the report does not open.',
      'Bu yozuvlar roʻyxat va yigʻindilarda yoʻq; hisobot qatori ochilmaydi.',
    ),
    words(
      'Восстановите базу из копии, снятой до этого. Новым удалениям база не даст случиться.',
      'Restore the database from a backup made before that. The database refuses further removals.',
      'Bazani shundan oldin olingan nusxadan tiklang. Baza bundan keyingi oʻchirishlarga yoʻl qoʻymaydi.',
    ),
    ['npm run restore -- --check', 'npm run restore'],
  ),
} satisfies CodeTable;
