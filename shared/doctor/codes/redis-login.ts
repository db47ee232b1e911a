/** What the doctor finds between the address of Redis and a session on it. */
import { words, type CodeTable, type Words } from '../finding.ts';

export const away = words(
  'Очередь стоит; файлы обрабатывает сам api, медленнее. Ничего не теряется.',
  'The queue stands still; the api processes files itself, slower. Nothing is lost.',
  'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
);

/** A finding that leaves the queue to the api, unless it says what else follows. */
export function problem(
  severity: 'info' | 'warn' | 'error',
  title: Words,
  cause: Words,
  fix: Words,
  commands: readonly string[] = [],
  effect: Words = away,
) {
  return { severity, title, cause, effect, fix: { text: fix, commands } } as const;
}

export const redisLoginCodes = {
  'redis.url_missing': problem(
    'warn',
    words('REDIS_URL не задан', 'REDIS_URL is not set', 'REDIS_URL berilmagan'),
    words(
      'Сервиса Redis нет, или переменная не передана.',
      'There is no Redis service, or the variable was not handed over.',
      'Redis xizmati yoʻq yoki oʻzgaruvchi uzatilmagan.',
    ),
    words(
      'Создайте сервис Redis и задайте REDIS_URL ссылкой на него.',
      'Create a Redis service and set REDIS_URL by reference to it.',
      'Redis xizmatini yarating va REDIS_URL uchun unga havola bering.',
    ),
    ['railway add --database redis', "railway variables --set 'REDIS_URL=${{Redis.REDIS_URL}}'"],
  ),
  'redis.url_rest': problem(
    'error',
    words(
      'REDIS_URL — адрес REST, а не Redis',
      'REDIS_URL is a REST address, not one of Redis',
      'REDIS_URL Redis emas, REST manzili',
    ),
    words(
      'Скопирован адрес https:// (Upstash REST).',
      'The https:// address was copied (Upstash REST).',
      'https:// manzili nusxalangan (Upstash REST).',
    ),
    words(
      'Скопируйте адрес вида rediss://default:…@….upstash.io:6379.',
      'Copy the address of the form rediss://default:…@….upstash.io:6379.',
      'rediss://default:…@….upstash.io:6379 koʻrinishidagi manzilni nusxalang.',
    ),
  ),
  'redis.upstash_without_tls': problem(
    'error',
    words('Upstash без TLS', 'Upstash without TLS', 'Upstash TLS’siz'),
    words(
      'Upstash принимает только TLS, а адрес начинается с redis://.',
      'Upstash takes TLS only, and the address begins with redis://.',
      'Upstash faqat TLS qabul qiladi, manzil esa redis:// bilan boshlangan.',
    ),
    words('Начните REDIS_URL с rediss://.', 'Begin REDIS_URL with rediss://.', 'REDIS_URL rediss:// bilan boshlansin.'),
    ['export REDIS_URL="rediss://${REDIS_URL#redis://}"'],
  ),
  'redis.noauth': problem(
    'error',
    words(
      'Redis требует пароль, а в адресе его нет',
      'Redis asks for a password and the address has none',
      'Redis parol soʻrayapti, manzilda esa parol yoʻq',
    ),
    words('В REDIS_URL нет пароля.', 'REDIS_URL has no password.', 'REDIS_URL ichida parol yoʻq.'),
    words(
      'Скопируйте REDIS_URL целиком со страницы переменных сервиса Redis.',
      'Copy REDIS_URL whole from the variables page of the Redis service.',
      'REDIS_URL qiymatini Redis xizmatining oʻzgaruvchilar sahifasidan toʻliq nusxalang.',
    ),
    ["railway variables --set 'REDIS_URL=${{Redis.REDIS_URL}}'"],
  ),
  'redis.wrongpass': problem(
    'error',
    words('Пароль Redis неверен', 'The password of Redis is wrong', 'Redis paroli notoʻgʻri'),
    words(
      'Учётные данные устарели: пароль сменили или Redis создали заново.',
      'Stale credentials: the password was changed or Redis was made anew.',
      'Kirish maʼlumotlari eskirgan: parol almashtirilgan yoki Redis qaytadan yaratilgan.',
    ),
    words(
      'Скопируйте текущее значение REDIS_URL и перезапустите службы.',
      'Copy the current REDIS_URL and restart the services.',
      'REDIS_URL’ning hozirgi qiymatini nusxalang va xizmatlarni qayta ishga tushiring.',
    ),
    ['railway variables --service Redis', "railway variables --set 'REDIS_URL=${{Redis.REDIS_URL}}'"],
  ),
  'redis.password_not_needed': problem(
    'info',
    words('Redis открыт без пароля', 'Redis is open without a password', 'Redis parolsiz ochiq'),
    words(
      'Пароль в адресе есть, но сервер его не требует.',
      'The address has a password and the server asks for none.',
      'Manzilda parol bor, lekin server uni soʻramaydi.',
    ),
    words(
      'Включите requirepass, если порт доступен другим.',
      'Turn requirepass on if others can reach the port.',
      'Port boshqalarga ochiq boʻlsa, requirepass ni yoqing.',
    ),
    [],
    words(
      'Всё работает; данные может прочитать любой, кто достанет до порта.',
      'Everything works; whoever reaches the port can read the data.',
      'Hammasi ishlaydi; maʼlumotni portga yetib borgan har kim oʻqiy oladi.',
    ),
  ),
  'redis.login_failed': problem(
    'error',
    words('Вход в Redis не удался', 'Logging in to Redis failed', 'Redis’ga kirib boʻlmadi'),
    words(
      'Сервер ответил ошибкой; её код — в строке «видно».',
      'The server answered with an error; its code is in the evidence.',
      'Server xato bilan javob berdi; uning kodi «koʻrindi» qatorida.',
    ),
    words('Смотрите журнал Redis.', 'Read the log of Redis.', 'Redis jurnalini koʻring.'),
  ),
  'redis.noperm': problem(
    'error',
    words(
      'Пользователю Redis не хватает прав',
      'The Redis user lacks rights',
      'Redis foydalanuvchisining huquqi yetmaydi',
    ),
    words(
      'ACL запрещает нужные команды, ключи или каналы; какую — в строке «видно».',
      'An ACL forbids commands, keys or channels that are needed; the evidence names the first.',
      'ACL kerakli buyruq, kalit yoki kanallarni taqiqlagan; qaysi biri ekani «koʻrindi» qatorida.',
    ),
    words(
      'Дайте права на ключи vhm24r*, каналы bentocache* и команды данных, скриптов, блокирующего чтения и INFO.',
      'Grant rights to keys vhm24r*, channels bentocache*, and the commands for data, scripts, blocking reads and INFO.',
      'vhm24r* kalitlariga va hamma maʼlumot buyruqlariga huquq bering.',
    ),
    [
      'redis-cli -u "$REDIS_URL" acl whoami',
      "redis-cli -u \"$ADMIN_REDIS_URL\" acl setuser NAME '~vhm24r*' '&bentocache*' +@all -@dangerous +info +keys",
    ],
  ),
  'redis.cluster': problem(
    'error',
    words('Это узел Redis Cluster', 'This is a node of a Redis Cluster', 'Bu Redis Cluster tuguni'),
    words(
      'Ключи лежат на разных узлах, а скрипты очереди трогают несколько сразу.',
      'Its keys lie on several nodes, and the scripts of the queue touch several at once.',
      'Kalitlar turli tugunlarda yotadi, navbat skriptlari esa bir nechtasiga birdan tegadi.',
    ),
    words(
      'Возьмите обычный Redis, без режима cluster.',
      'Use a plain Redis, without cluster mode.',
      'cluster rejimisiz oddiy Redis oling.',
    ),
    ['redis-cli -u "$REDIS_URL" info cluster'],
  ),
  'redis.sentinel': problem(
    'error',
    words(
      'Это Sentinel, а не сам Redis',
      'This is a Sentinel, not the Redis itself',
      'Bu Redis’ning oʻzi emas, Sentinel',
    ),
    words(
      'REDIS_URL ведёт на порт Sentinel (обычно 26379): он знает, где Redis, но данных не хранит.',
      'REDIS_URL leads to the port of a Sentinel (26379 as a rule): it knows where Redis is and keeps no data.',
      'REDIS_URL Sentinel portiga (odatda 26379) olib boradi: u Redis qayerdaligini biladi, lekin maʼlumot saqlamaydi.',
    ),
    words(
      'Укажите адрес основного сервера Redis.',
      'Use the address of the primary Redis.',
      'Asosiy Redis serverining manzilini bering.',
    ),
    ['redis-cli -u "$REDIS_URL" sentinel masters'],
  ),
  'redis.no_database': problem(
    'error',
    words(
      'В Redis нет базы с таким номером',
      'Redis has no database of this number',
      'Redis’da bunday raqamli baza yoʻq',
    ),
    words(
      'Номер в конце REDIS_URL больше, чем их на сервере (по умолчанию 16: от 0 до 15).',
      'The number at the end of REDIS_URL is above what the server has (16 by default: 0 to 15).',
      'REDIS_URL oxiridagi raqam serverdagi bazalar sonidan katta (odatda 16 ta: 0 dan 15 gacha).',
    ),
    words(
      'Уберите номер из REDIS_URL или возьмите меньший.',
      'Take the number out of REDIS_URL, or use a lower one.',
      'REDIS_URL ichidan raqamni olib tashlang yoki kichikrogʻini bering.',
    ),
    ['redis-cli -u "$REDIS_URL" config get databases'],
  ),
  'redis.loading': problem(
    'error',
    words('Redis загружает данные с диска', 'Redis is loading its data', 'Redis maʼlumotni diskdan oʻqiyapti'),
    words('Сервер только что запущен.', 'The server has just been started.', 'Server hozirgina ishga tushgan.'),
    words('Подождите и повторите.', 'Wait and repeat.', 'Kutib, takrorlang.'),
    ['redis-cli -u "$REDIS_URL" info persistence'],
  ),
} satisfies CodeTable;
