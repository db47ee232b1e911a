/**
 * Codes that PostgreSQL and Redis share: names, ports, first bytes, TLS. Each area has its own set, with its own
 * variable.
 */
import { rung, words, type CodeEntry, type CodeTable, type Words } from '../finding.ts';

interface Names<Store extends 'postgres' | 'redis' = 'postgres' | 'redis'> {
  area: Store;
  product: string;
  variable: string;
  publicVariable: string;
  effect: Words;
}

/** What may be wrong on the way to a store. */
export type NetworkFault = keyof ReturnType<typeof codesByName>;

export function networkCodes<Store extends 'postgres' | 'redis'>(
  names: Names<Store>,
): Record<`${Store}.${NetworkFault}`, CodeEntry> {
  const entries = Object.entries(codesByName(names)).map(([name, entry]) => [`${names.area}.${name}`, entry]);
  return Object.fromEntries(entries) as Record<`${Store}.${NetworkFault}`, CodeEntry>;
}

function codesByName({ area, product, variable, publicVariable, effect }: Names) {
  const service = area === 'postgres' ? 'Postgres' : 'Redis';
  return {
    address: rung(`Адрес ${product} задан`, `The address of ${product} is given`),
    resolve: rung(`Имя сервера ${product} находится`, `The host name of ${product} resolves`),
    port: rung(`Порт ${product} отвечает`, `The port of ${product} answers`),
    protocol: rung(`На порту действительно ${product}`, `It is ${product} that answers`),
    tls: rung(`Шифрование ${product} такое, как задано в адресе`, `TLS of ${product} is as the address asks`),
    url_malformed: {
      severity: 'error',
      title: words(`${variable} — не адрес ${product}`, `${variable} is not an address of ${product}`),
      cause: words(
        'Адрес не разбирается: не та схема, лишние кавычки или пробелы, либо в пароле есть символы @ : / # без процентного кодирования.',
        'The address cannot be parsed: another scheme, stray quotes or blanks, or a password with @ : / # that is not percent-encoded.',
      ),
      effect,
      fix: {
        text: words(
          `Скопируйте ${variable} целиком со страницы переменных сервиса ${service}; спецсимволы пароля закодируйте.`,
          `Copy ${variable} whole from the variables page of the ${service} service; percent-encode special characters of the password.`,
        ),
        commands: [`railway variables --service ${service}`, `node -p "encodeURIComponent('PASSWORD')"`],
      },
    },
    url_unresolved: {
      severity: 'error',
      title: words(`В ${variable} осталась ссылка на переменную`, `${variable} still holds a reference to a variable`),
      cause: words(
        `Значение содержит \${{…}} или $ИМЯ: платформа не подставила его, потому что сервиса с таким именем нет.`,
        `The value contains \${{…}} or $NAME: the platform did not fill it in, because there is no service of that name.`,
      ),
      effect,
      fix: {
        text: words(
          `Выберите переменную сервиса ${service} заново, имя сервиса должно совпадать.`,
          `Pick the variable of the ${service} service anew; the service's name must match.`,
        ),
        commands: [`railway variables --set '${variable}=\${{${service}.${variable}}}'`],
      },
    },
    dns_internal_from_outside: {
      severity: 'error',
      title: words(`Внутренний адрес Railway использован снаружи`, `A Railway internal name is used from outside`),
      cause: words(
        'Имена *.railway.internal существуют только внутри сети одного окружения Railway; с ноутбука, при сборке и из другого окружения их нет.',
        'Names under *.railway.internal exist only inside the network of one Railway environment; not on a laptop, not at build, not in another environment.',
      ),
      effect,
      fix: {
        text: words(
          `Вне Railway задайте в ${variable} публичный адрес: значение ${publicVariable} сервиса ${service}. На Railway оставьте внутренний.`,
          `Outside Railway set ${variable} to the public address: the value of ${publicVariable} of the ${service} service. On Railway keep the internal one.`,
        ),
        commands: [
          `railway variables --service ${service} --kv | grep ${publicVariable}`,
          `export ${variable}="<${publicVariable}>"`,
        ],
      },
    },
    dns_internal_not_found: {
      severity: 'error',
      title: words('Внутреннее имя Railway не находится', 'A Railway internal name does not resolve'),
      cause: words(
        'Сервиса с таким именем нет в этом окружении, он переименован или остановлен, либо частная сеть ещё не поднялась.',
        'There is no service of that name in this environment, it was renamed or paused, or the private network is not up yet.',
      ),
      effect,
      fix: {
        text: words(
          `Задайте ${variable} ссылкой на сервис ${service} этого же окружения.`,
          `Set ${variable} by reference to the ${service} service of the same environment.`,
        ),
        commands: [`railway variables --set '${variable}=\${{${service}.${variable}}}'`],
      },
    },
    dns_ipv4_only: {
      severity: 'error',
      title: words(
        'Имя ищется только по IPv4, а есть только IPv6',
        'The name is looked up by IPv4 only, and has IPv6 only',
      ),
      cause: words(
        'В адресе стоит family=4, а частная сеть отвечает по IPv6.',
        'The address says family=4 while the private network answers by IPv6.',
      ),
      effect,
      fix: {
        text: words(
          `Уберите family=4 из ${variable} или поставьте family=0.`,
          `Take family=4 out of ${variable}, or make it family=0.`,
        ),
        commands: [],
      },
    },
    dns_not_found: {
      severity: 'error',
      title: words('Имя сервера не существует', 'The host name does not exist'),
      cause: words(
        'Опечатка в имени, сервис удалён, или адрес от другого проекта.',
        'A typo in the name, the service was deleted, or the address is of another project.',
      ),
      effect,
      fix: {
        text: words(
          `Скопируйте ${variable} заново и перезапустите сервис.`,
          `Copy ${variable} again and restart the service.`,
        ),
        commands: [`railway variables --service ${service}`],
      },
    },
    dns_unavailable: {
      severity: 'error',
      title: words('Служба имён не отвечает', 'The name service does not answer'),
      cause: words(
        'Нет сети или не отвечает DNS: проверить имя нельзя.',
        'There is no network, or DNS does not answer: the name cannot be checked.',
      ),
      effect,
      fix: {
        text: words('Проверьте сеть этой машины и повторите.', 'Check the network of this machine and repeat.'),
        commands: ['cat /etc/resolv.conf'],
      },
    },
    refused: {
      severity: 'error',
      title: words('Порт закрыт: соединение отклонено', 'The connection is refused'),
      cause: words(
        `По этому адресу никто не слушает: ${product} не запущен, приостановлен, или порт не тот.`,
        `Nobody listens there: ${product} is not running, is paused, or the port is another.`,
      ),
      effect,
      fix: {
        text: words(
          `Запустите или возобновите ${product}; сверьте порт в ${variable}.`,
          `Start or resume ${product}; compare the port in ${variable}.`,
        ),
        commands: area === 'postgres' ? ['pg_isready -d "$DATABASE_URL"'] : ['redis-cli -u "$REDIS_URL" ping'],
      },
    },
    unreachable: {
      severity: 'error',
      title: words('До сервера нет пути', 'There is no route to the server'),
      cause: words(
        'Сеть недоступна с этой машины, либо нужен IPv6, которого здесь нет.',
        'The network cannot be reached from here, or needs IPv6 that this machine has not.',
      ),
      effect,
      fix: {
        text: words(
          `Используйте публичный адрес (${publicVariable}) или проверьте маршрут.`,
          `Use the public address (${publicVariable}) or check the route.`,
        ),
        commands: [],
      },
    },
    timeout: {
      severity: 'error',
      title: words('Порт молчит: соединение не установлено', 'The port is a black hole: no connection'),
      cause: words(
        'Пакеты теряются: межсетевой экран, список разрешённых адресов, или сервер приостановлен.',
        'Packets are lost: a firewall, an allow list of addresses, or a paused server.',
      ),
      effect,
      fix: {
        text: words(
          'Разрешите адрес этой машины или возобновите сервер; проверьте порт.',
          "Allow this machine's address or resume the server; check the port.",
        ),
        commands: [],
      },
    },
    frozen: {
      severity: 'error',
      title: words(
        `${product} принимает соединения, но не отвечает`,
        `${product} accepts connections and does not answer`,
      ),
      cause: words(
        'Процесс завис или остановлен, перегружен, либо за портом никого нет.',
        'The process hangs, is stopped or overloaded, or nobody stands behind the port.',
      ),
      effect,
      fix: {
        text: words(`Перезапустите ${product}.`, `Restart ${product}.`),
        commands: [`railway restart --service ${service}`],
      },
    },
    other_protocol: {
      severity: 'error',
      title: words(`По адресу отвечает не ${product}`, `Something else than ${product} answers`),
      cause: words('Порт или имя принадлежат другой службе.', 'The port or the name belongs to another service.'),
      effect,
      fix: {
        text: words(`Исправьте адрес и порт в ${variable}.`, `Correct host and port in ${variable}.`),
        commands: [`railway variables --service ${service}`],
      },
    },
    closed_at_handshake: {
      severity: 'error',
      title: words('Сервер закрыл соединение при установке', 'The server closed the connection at the handshake'),
      cause: words(
        'Так отвечает прокси перед сервисом, которого больше нет, который спит или достиг предела тарифа, и адрес прежнего развёртывания ("server closed the connection unexpectedly").',
        'So answers a proxy in front of a service that is gone, asleep or at its plan limit, and an address of a former deployment ("server closed the connection unexpectedly").',
      ),
      effect,
      fix: {
        text: words(
          `Проверьте, что сервис ${service} работает, и скопируйте текущее значение ${variable} (снаружи — ${publicVariable}); затем перезапустите службу.`,
          `Check that the ${service} service runs, and copy the current value of ${variable} (from outside: ${publicVariable}); then restart.`,
        ),
        commands: [`railway status`, `railway variables --service ${service}`],
      },
    },
    tls_required: {
      severity: 'error',
      title: words('Сервер требует шифрования, а адрес — без него', 'The server requires TLS and the address has none'),
      cause: words('Порт принимает только TLS.', 'The port takes TLS only.'),
      effect,
      fix:
        area === 'postgres'
          ? {
              text: words(
                'Добавьте sslmode к DATABASE_URL (no-verify — без проверки самоподписанного сертификата).',
                'Add sslmode to DATABASE_URL (no-verify = do not check a self-signed certificate).',
              ),
              commands: ['export DATABASE_URL="$DATABASE_URL?sslmode=require"'],
            }
          : {
              text: words('Начните REDIS_URL с rediss://', 'Begin REDIS_URL with rediss://'),
              commands: ['export REDIS_URL="rediss://${REDIS_URL#redis://}"'],
            },
    },
    tls_not_offered: {
      severity: 'error',
      title: words('Адрес требует TLS, а порт его не знает', 'The address asks for TLS and the port has none'),
      cause: words(
        'Порт без шифрования: так внутри частной сети и на локальной машине.',
        'A plain port: so it is inside a private network and on a local machine.',
      ),
      effect,
      fix:
        area === 'postgres'
          ? {
              text: words(
                'Уберите sslmode из DATABASE_URL или включите TLS на сервере.',
                'Take sslmode out of DATABASE_URL, or turn TLS on at the server.',
              ),
              commands: [],
            }
          : {
              text: words(
                'Замените rediss:// на redis:// или укажите порт с TLS.',
                'Write redis:// in place of rediss://, or give the TLS port.',
              ),
              commands: ['export REDIS_URL="redis://${REDIS_URL#rediss://}"'],
            },
    },
    tls_self_signed: {
      severity: 'error',
      title: words('Сертификат сервера самоподписанный', "The server's certificate is self-signed"),
      cause: words(
        'Ни один известный центр его не подписал; так у Postgres на Railway.',
        'No known authority signed it; so it is with Postgres on Railway.',
      ),
      effect,
      fix:
        area === 'postgres'
          ? {
              text: words(
                'Внутри частной сети используйте адрес без sslmode; снаружи — sslmode=no-verify или свой корневой сертификат.',
                'Inside the private network use the address without sslmode; from outside sslmode=no-verify or your own root certificate.',
              ),
              commands: ['export NODE_EXTRA_CA_CERTS=/path/to/ca.pem'],
            }
          : {
              text: words('Дайте службе корневой сертификат.', 'Give the service the root certificate.'),
              commands: ['export NODE_EXTRA_CA_CERTS=/path/to/ca.pem'],
            },
    },
    tls_name_mismatch: {
      severity: 'error',
      title: words('Сертификат выдан на другое имя', 'The certificate is for another name'),
      cause: words(
        'Имя в адресе не входит в сертификат: прокси или прямой IP.',
        'The name in the address is not in the certificate: a proxy or a bare IP.',
      ),
      effect,
      fix: {
        text: words(`Укажите в ${variable} имя из сертификата.`, `Use the certificate's name in ${variable}.`),
        commands: [],
      },
    },
    tls_expired: {
      severity: 'error',
      title: words('Срок сертификата истёк или не наступил', 'The certificate has expired or is not valid yet'),
      cause: words(
        'Сертификат не продлён, либо часы этой машины неверны.',
        "The certificate was not renewed, or this machine's clock is wrong.",
      ),
      effect,
      fix: {
        text: words('Продлите сертификат; проверьте часы.', 'Renew the certificate; check the clock.'),
        commands: ['date -u'],
      },
    },
    tls_failed: {
      severity: 'error',
      title: words('TLS не установлен', 'The TLS handshake failed'),
      cause: words('Стороны не сошлись в версии или шифрах.', 'The sides do not agree on version or ciphers.'),
      effect,
      fix: {
        text: words('Обновите сервер или смотрите его журнал.', 'Update the server or read its log.'),
        commands: [],
      },
    },
  } satisfies CodeTable;
}
