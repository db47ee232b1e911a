import { rung, words, type CodeTable } from '../finding.ts';
import { networkCodes } from './network.ts';
import { away, problem, redisLoginCodes } from './redis-login.ts';

export const redisCodes = {
  ...networkCodes({
    area: 'redis',
    product: 'Redis',
    variable: 'REDIS_URL',
    publicVariable: 'REDIS_PUBLIC_URL',
    effect: away,
  }),
  'redis.login': rung('Вход в Redis выполнен', 'Redis lets us in', 'Redis’ga kirildi'),
  'redis.server': rung(
    'Версия и роль Redis подходят',
    'Version and role of Redis are good',
    'Redis versiyasi va roli mos',
  ),
  'redis.write_read': rung(
    'Запись, чтение и удаление работают',
    'Writing, reading and deleting work',
    'Yozish, oʻqish va oʻchirish ishlayapti',
  ),
  'redis.abilities': rung(
    'Redis умеет всё, что нужно очереди и кэшу',
    'Redis can do what queue and cache need',
    'Redis navbat va keshga kerakli hamma narsani bajara oladi',
  ),
  'redis.settings': rung(
    'Настройки Redis безопасны для очереди',
    'The settings of Redis are safe for a queue',
    'Redis sozlamalari navbat uchun xavfsiz',
  ),
  'redis.latency': rung('Скорость ответа Redis', 'Speed of Redis', 'Redis’ning javob tezligi'),
  ...redisLoginCodes,
  'redis.version_old': problem(
    'error',
    words('Redis слишком старый', 'Redis is too old', 'Redis juda eski'),
    words(
      'Нужен Redis 6.2 или новее (или Valkey).',
      'Redis 6.2 or newer (or Valkey) is needed.',
      'Redis 6.2 yoki yangirogʻi (yoki Valkey) kerak.',
    ),
    words('Обновите Redis.', 'Upgrade Redis.', 'Redis’ni yangilang.'),
  ),
  'redis.readonly': problem(
    'error',
    words('Redis только для чтения', 'Redis is read-only', 'Redis faqat oʻqish uchun'),
    words(
      'Адрес ведёт на реплику, или прежний основной сервер после переключения.',
      'The address leads to a replica, or to the former primary after a failover.',
      'Manzil replikaga yoki almashtirilgan sobiq asosiy serverga olib boradi.',
    ),
    words('Укажите адрес основного сервера.', 'Use the address of the primary.', 'Asosiy server manzilini bering.'),
    ['redis-cli -u "$REDIS_URL" role'],
  ),
  'redis.oom': problem(
    'error',
    words('Память Redis заполнена', 'Redis is full', 'Redis xotirasi toʻlgan'),
    words(
      'Достигнут maxmemory: записи отклоняются.',
      'maxmemory is reached: writes are refused.',
      'maxmemory ga yetilgan: yozuvlar rad etilmoqda.',
    ),
    words(
      'Поднимите maxmemory или удалите лишнее; очередь чистит себя сама.',
      'Raise maxmemory or delete what is not needed; the queue cleans up by itself.',
      'maxmemory ni oshiring yoki ortiqchasini oʻchiring; navbat oʻzini oʻzi tozalaydi.',
    ),
    ['redis-cli -u "$REDIS_URL" info memory', 'redis-cli -u "$REDIS_URL" --bigkeys'],
  ),
  'redis.misconf': problem(
    'error',
    words(
      'Redis не может сохранить данные и отклоняет записи',
      'Redis cannot save its data and refuses writes',
      'Redis maʼlumotni saqlay olmayapti va yozuvlarni rad etyapti',
    ),
    words(
      'Диск Redis полон или недоступен.',
      'The disk of Redis is full or cannot be written.',
      'Redis diski toʻlgan yoki ochilmayapti.',
    ),
    words('Освободите место на томе Redis.', 'Make room on the volume of Redis.', 'Redis diskida joy boʻshating.'),
    ['redis-cli -u "$REDIS_URL" info persistence'],
  ),
  'redis.write_failed': problem(
    'error',
    words('Пробная запись в Redis не удалась', 'A trial write to Redis failed', 'Redis’ga sinov yozuvi bajarilmadi'),
    words(
      'Сервер отказал; код — в строке «видно».',
      'The server refused; the code is in the evidence.',
      'Server rad etdi; kod «koʻrindi» qatorida.',
    ),
    words('Смотрите журнал Redis.', 'Read the log of Redis.', 'Redis jurnalini koʻring.'),
  ),
  'redis.evicting_policy': problem(
    'error',
    words('Redis может выбрасывать ключи', 'Redis may throw keys out', 'Redis kalitlarni chiqarib tashlashi mumkin'),
    words(
      'maxmemory-policy не noeviction: при нехватке памяти пропадают задания, блокировки и отзывы токенов.',
      'maxmemory-policy is not noeviction: when memory is short, jobs, locks and revocations vanish.',
      'maxmemory-policy noeviction emas: xotira yetmasa, vazifalar, qulflar va bekor qilingan tokenlar yoʻqoladi.',
    ),
    words(
      'Поставьте noeviction; doctor --fix делает это.',
      'Set noeviction; doctor --fix does it.',
      'noeviction qoʻying; buni doctor --fix bajaradi.',
    ),
    ['redis-cli -u "$REDIS_URL" config set maxmemory-policy noeviction', 'npm run doctor -- --fix --only redis'],
    words(
      'Задания теряются и выполняются второй раз; их возвращает PostgreSQL, с задержкой.',
      'Jobs get lost and run twice; PostgreSQL brings them back, later.',
      'Vazifalar yoʻqoladi va ikkinchi marta bajariladi; ularni PostgreSQL kechikib qaytaradi.',
    ),
  ),
  'redis.keys_evicted': problem(
    'warn',
    words('Redis уже выбрасывал ключи', 'Redis has thrown keys out', 'Redis kalitlarni chiqarib tashlagan'),
    words(
      'evicted_keys больше нуля с последнего запуска.',
      'evicted_keys is above zero since its start.',
      'Oxirgi ishga tushgandan beri evicted_keys noldan katta.',
    ),
    words(
      'Поднимите память, поставьте noeviction; счётчик обнулит перезапуск.',
      'Give it more memory and noeviction; a restart resets the counter.',
      'Xotirani oshiring, noeviction qoʻying; hisoblagich qayta ishga tushirilganda nolga qaytadi.',
    ),
    ['redis-cli -u "$REDIS_URL" info stats'],
  ),
  'redis.memory_near_limit': problem(
    'warn',
    words(
      'Память Redis занята более чем на 80%',
      'More than 80% of the memory of Redis is used',
      'Redis xotirasining 80 foizdan koʻpi band',
    ),
    words('used_memory близко к maxmemory.', 'used_memory comes near maxmemory.', 'used_memory maxmemory ga yaqin.'),
    words('Поднимите maxmemory.', 'Raise maxmemory.', 'maxmemory ni oshiring.'),
    ['redis-cli -u "$REDIS_URL" info memory'],
    words(
      'Скоро записи начнут отклоняться.',
      'Soon writes will be refused.',
      'Tez orada yozuvlar rad etila boshlaydi.',
    ),
  ),
  'redis.no_persistence': problem(
    'info',
    words('Redis ничего не хранит на диске', 'Redis keeps nothing on disk', 'Redis diskda hech narsa saqlamaydi'),
    words('AOF и снимки выключены.', 'AOF and snapshots are off.', 'AOF va suratlar oʻchirilgan.'),
    words(
      'Включите appendonly, чтобы перезапуск не опустошал очередь.',
      'Turn appendonly on, so that a restart does not empty the queue.',
      'Qayta ishga tushirish navbatni boʻshatmasligi uchun appendonly ni yoqing.',
    ),
    ['redis-cli -u "$REDIS_URL" config set appendonly yes'],
    words(
      'После перезапуска очередь пуста; её за секунды наполнит PostgreSQL.',
      'After a restart the queue is empty; PostgreSQL fills it again within seconds.',
      'Qayta ishga tushgach navbat boʻsh; uni PostgreSQL bir necha soniyada toʻldiradi.',
    ),
  ),
  'redis.slow': problem(
    'warn',
    words('Redis отвечает медленно', 'Redis is slow', 'Redis sekin javob beryapti'),
    words(
      'Сервер далеко (публичный адрес вместо частного) или перегружен.',
      'The server is far (public address in place of the private one) or overloaded.',
      'Server uzoqda (ichki manzil oʻrniga ochigʻi) yoki yuklamasi ortiq.',
    ),
    words(
      'Внутри Railway используйте частный адрес; проверьте нагрузку.',
      'Inside Railway use the private address; check the load.',
      'Railway ichida ichki manzildan foydalaning; yuklamani tekshiring.',
    ),
    ['redis-cli -u "$REDIS_URL" --latency', 'redis-cli -u "$REDIS_URL" slowlog get 10'],
    words(
      'Команды дольше 250 мс считаются отказом: службы будут переключаться.',
      'Commands above 250 ms count as a failure: the services will switch to and fro.',
      '250 ms dan uzun buyruq rad etilgan hisoblanadi: xizmatlar rejimni almashtirib turadi.',
    ),
  ),
} satisfies CodeTable;
