import { rung, words, type CodeTable, type Words } from '../finding.ts';
import { networkCodes } from './network.ts';

const away = words(
  'Очередь стоит; файлы обрабатывает сам api, медленнее. Ничего не теряется.',
  'The queue stands still; the api processes files itself, slower. Nothing is lost.',
);

function problem(
  severity: 'info' | 'warn' | 'error',
  title: Words,
  cause: Words,
  fix: Words,
  commands: readonly string[] = [],
  effect: Words = away,
) {
  return { severity, title, cause, effect, fix: { text: fix, commands } } as const;
}

export const redisCodes = {
  ...networkCodes({
    area: 'redis',
    product: 'Redis',
    variable: 'REDIS_URL',
    publicVariable: 'REDIS_PUBLIC_URL',
    effect: away,
  }),
  'redis.login': rung('Вход в Redis выполнен', 'Redis lets us in'),
  'redis.server': rung('Версия и роль Redis подходят', 'Version and role of Redis are good'),
  'redis.write_read': rung('Запись, чтение и удаление работают', 'Writing, reading and deleting work'),
  'redis.abilities': rung('Redis умеет всё, что нужно очереди и кэшу', 'Redis can do what queue and cache need'),
  'redis.settings': rung('Настройки Redis безопасны для очереди', 'The settings of Redis are safe for a queue'),
  'redis.latency': rung('Скорость ответа Redis', 'Speed of Redis'),
  'redis.url_missing': problem(
    'warn',
    words('REDIS_URL не задан', 'REDIS_URL is not set'),
    words(
      'Сервиса Redis нет, или переменная не передана.',
      'There is no Redis service, or the variable was not handed over.',
    ),
    words(
      'Создайте сервис Redis и задайте REDIS_URL ссылкой на него.',
      'Create a Redis service and set REDIS_URL by reference to it.',
    ),
    ['railway add --database redis', "railway variables --set 'REDIS_URL=${{Redis.REDIS_URL}}'"],
  ),
  'redis.url_rest': problem(
    'error',
    words('REDIS_URL — адрес REST, а не Redis', 'REDIS_URL is a REST address, not one of Redis'),
    words('Скопирован адрес https:// (Upstash REST).', 'The https:// address was copied (Upstash REST).'),
    words(
      'Скопируйте адрес вида rediss://default:…@….upstash.io:6379.',
      'Copy the address of the form rediss://default:…@….upstash.io:6379.',
    ),
  ),
  'redis.upstash_without_tls': problem(
    'error',
    words('Upstash без TLS', 'Upstash without TLS'),
    words(
      'Upstash принимает только TLS, а адрес начинается с redis://.',
      'Upstash takes TLS only, and the address begins with redis://.',
    ),
    words('Начните REDIS_URL с rediss://.', 'Begin REDIS_URL with rediss://.'),
    ['export REDIS_URL="rediss://${REDIS_URL#redis://}"'],
  ),
  'redis.noauth': problem(
    'error',
    words('Redis требует пароль, а в адресе его нет', 'Redis asks for a password and the address has none'),
    words('В REDIS_URL нет пароля.', 'REDIS_URL has no password.'),
    words(
      'Скопируйте REDIS_URL целиком со страницы переменных сервиса Redis.',
      'Copy REDIS_URL whole from the variables page of the Redis service.',
    ),
    ["railway variables --set 'REDIS_URL=${{Redis.REDIS_URL}}'"],
  ),
  'redis.wrongpass': problem(
    'error',
    words('Пароль Redis неверен', 'The password of Redis is wrong'),
    words(
      'Учётные данные устарели: пароль сменили или Redis создали заново.',
      'Stale credentials: the password was changed or Redis was made anew.',
    ),
    words(
      'Скопируйте текущее значение REDIS_URL и перезапустите службы.',
      'Copy the current REDIS_URL and restart the services.',
    ),
    ['railway variables --service Redis', "railway variables --set 'REDIS_URL=${{Redis.REDIS_URL}}'"],
  ),
  'redis.password_not_needed': problem(
    'info',
    words('Redis открыт без пароля', 'Redis is open without a password'),
    words(
      'Пароль в адресе есть, но сервер его не требует.',
      'The address has a password and the server asks for none.',
    ),
    words('Включите requirepass, если порт доступен другим.', 'Turn requirepass on if others can reach the port.'),
    [],
    words(
      'Всё работает; данные может прочитать любой, кто достанет до порта.',
      'Everything works; whoever reaches the port can read the data.',
    ),
  ),
  'redis.login_failed': problem(
    'error',
    words('Вход в Redis не удался', 'Logging in to Redis failed'),
    words(
      'Сервер ответил ошибкой; её код — в строке «видно».',
      'The server answered with an error; its code is in the evidence.',
    ),
    words('Смотрите журнал Redis.', 'Read the log of Redis.'),
  ),
  'redis.noperm': problem(
    'error',
    words('Пользователю Redis не хватает прав', 'The Redis user lacks rights'),
    words(
      'ACL запрещает нужные команды, ключи или каналы; какую — в строке «видно».',
      'An ACL forbids commands, keys or channels that are needed; the evidence names the first.',
    ),
    words(
      'Дайте права на ключи vhm24r*, каналы bentocache* и команды данных, скриптов, блокирующего чтения и INFO.',
      'Grant rights to keys vhm24r*, channels bentocache*, and the commands for data, scripts, blocking reads and INFO.',
    ),
    [
      'redis-cli -u "$REDIS_URL" acl whoami',
      "redis-cli -u \"$ADMIN_REDIS_URL\" acl setuser NAME '~vhm24r*' '&bentocache*' +@all -@dangerous +info +keys",
    ],
  ),
  'redis.cluster': problem(
    'error',
    words('Это узел Redis Cluster', 'This is a node of a Redis Cluster'),
    words(
      'Ключи лежат на разных узлах, а скрипты очереди трогают несколько сразу.',
      'Its keys lie on several nodes, and the scripts of the queue touch several at once.',
    ),
    words('Возьмите обычный Redis, без режима cluster.', 'Use a plain Redis, without cluster mode.'),
    ['redis-cli -u "$REDIS_URL" info cluster'],
  ),
  'redis.sentinel': problem(
    'error',
    words('Это Sentinel, а не сам Redis', 'This is a Sentinel, not the Redis itself'),
    words(
      'REDIS_URL ведёт на порт Sentinel (обычно 26379): он знает, где Redis, но данных не хранит.',
      'REDIS_URL leads to the port of a Sentinel (26379 as a rule): it knows where Redis is and keeps no data.',
    ),
    words('Укажите адрес основного сервера Redis.', 'Use the address of the primary Redis.'),
    ['redis-cli -u "$REDIS_URL" sentinel masters'],
  ),
  'redis.no_database': problem(
    'error',
    words('В Redis нет базы с таким номером', 'Redis has no database of this number'),
    words(
      'Номер в конце REDIS_URL больше, чем их на сервере (по умолчанию 16: от 0 до 15).',
      'The number at the end of REDIS_URL is above what the server has (16 by default: 0 to 15).',
    ),
    words('Уберите номер из REDIS_URL или возьмите меньший.', 'Take the number out of REDIS_URL, or use a lower one.'),
    ['redis-cli -u "$REDIS_URL" config get databases'],
  ),
  'redis.loading': problem(
    'error',
    words('Redis загружает данные с диска', 'Redis is loading its data'),
    words('Сервер только что запущен.', 'The server has just been started.'),
    words('Подождите и повторите.', 'Wait and repeat.'),
    ['redis-cli -u "$REDIS_URL" info persistence'],
  ),
  'redis.version_old': problem(
    'error',
    words('Redis слишком старый', 'Redis is too old'),
    words('Нужен Redis 6.2 или новее (или Valkey).', 'Redis 6.2 or newer (or Valkey) is needed.'),
    words('Обновите Redis.', 'Upgrade Redis.'),
  ),
  'redis.readonly': problem(
    'error',
    words('Redis только для чтения', 'Redis is read-only'),
    words(
      'Адрес ведёт на реплику, или прежний основной сервер после переключения.',
      'The address leads to a replica, or to the former primary after a failover.',
    ),
    words('Укажите адрес основного сервера.', 'Use the address of the primary.'),
    ['redis-cli -u "$REDIS_URL" role'],
  ),
  'redis.oom': problem(
    'error',
    words('Память Redis заполнена', 'Redis is full'),
    words('Достигнут maxmemory: записи отклоняются.', 'maxmemory is reached: writes are refused.'),
    words(
      'Поднимите maxmemory или удалите лишнее; очередь чистит себя сама.',
      'Raise maxmemory or delete what is not needed; the queue cleans up by itself.',
    ),
    ['redis-cli -u "$REDIS_URL" info memory', 'redis-cli -u "$REDIS_URL" --bigkeys'],
  ),
  'redis.misconf': problem(
    'error',
    words('Redis не может сохранить данные и отклоняет записи', 'Redis cannot save its data and refuses writes'),
    words('Диск Redis полон или недоступен.', 'The disk of Redis is full or cannot be written.'),
    words('Освободите место на томе Redis.', 'Make room on the volume of Redis.'),
    ['redis-cli -u "$REDIS_URL" info persistence'],
  ),
  'redis.write_failed': problem(
    'error',
    words('Пробная запись в Redis не удалась', 'A trial write to Redis failed'),
    words('Сервер отказал; код — в строке «видно».', 'The server refused; the code is in the evidence.'),
    words('Смотрите журнал Redis.', 'Read the log of Redis.'),
  ),
  'redis.evicting_policy': problem(
    'error',
    words('Redis может выбрасывать ключи', 'Redis may throw keys out'),
    words(
      'maxmemory-policy не noeviction: при нехватке памяти пропадают задания, блокировки и отзывы токенов.',
      'maxmemory-policy is not noeviction: when memory is short, jobs, locks and revocations vanish.',
    ),
    words('Поставьте noeviction; doctor --fix делает это.', 'Set noeviction; doctor --fix does it.'),
    ['redis-cli -u "$REDIS_URL" config set maxmemory-policy noeviction', 'npm run doctor -- --fix --only redis'],
    words(
      'Задания теряются и выполняются второй раз; их возвращает PostgreSQL, с задержкой.',
      'Jobs get lost and run twice; PostgreSQL brings them back, later.',
    ),
  ),
  'redis.keys_evicted': problem(
    'warn',
    words('Redis уже выбрасывал ключи', 'Redis has thrown keys out'),
    words('evicted_keys больше нуля с последнего запуска.', 'evicted_keys is above zero since its start.'),
    words(
      'Поднимите память, поставьте noeviction; счётчик обнулит перезапуск.',
      'Give it more memory and noeviction; a restart resets the counter.',
    ),
    ['redis-cli -u "$REDIS_URL" info stats'],
  ),
  'redis.memory_near_limit': problem(
    'warn',
    words('Память Redis занята более чем на 80%', 'More than 80% of the memory of Redis is used'),
    words('used_memory близко к maxmemory.', 'used_memory comes near maxmemory.'),
    words('Поднимите maxmemory.', 'Raise maxmemory.'),
    ['redis-cli -u "$REDIS_URL" info memory'],
    words('Скоро записи начнут отклоняться.', 'Soon writes will be refused.'),
  ),
  'redis.no_persistence': problem(
    'info',
    words('Redis ничего не хранит на диске', 'Redis keeps nothing on disk'),
    words('AOF и снимки выключены.', 'AOF and snapshots are off.'),
    words(
      'Включите appendonly, чтобы перезапуск не опустошал очередь.',
      'Turn appendonly on, so that a restart does not empty the queue.',
    ),
    ['redis-cli -u "$REDIS_URL" config set appendonly yes'],
    words(
      'После перезапуска очередь пуста; её за секунды наполнит PostgreSQL.',
      'After a restart the queue is empty; PostgreSQL fills it again within seconds.',
    ),
  ),
  'redis.slow': problem(
    'warn',
    words('Redis отвечает медленно', 'Redis is slow'),
    words(
      'Сервер далеко (публичный адрес вместо частного) или перегружен.',
      'The server is far (public address in place of the private one) or overloaded.',
    ),
    words(
      'Внутри Railway используйте частный адрес; проверьте нагрузку.',
      'Inside Railway use the private address; check the load.',
    ),
    ['redis-cli -u "$REDIS_URL" --latency', 'redis-cli -u "$REDIS_URL" slowlog get 10'],
    words(
      'Команды дольше 250 мс считаются отказом: службы будут переключаться.',
      'Commands above 250 ms count as a failure: the services will switch to and fro.',
    ),
  ),
} satisfies CodeTable;
