/**
 * Codes that PostgreSQL and Redis share: names, ports, first bytes, TLS. Each area has its own set, with its own
 * variable.
 */
import { rung, words, type CodeEntry, type CodeTable, type Words } from '../finding.ts';
import { tlsCodes } from './network-tls.ts';

/** A store as its codes name it. */
export interface StoreNames<Store extends 'postgres' | 'redis' = 'postgres' | 'redis'> {
  area: Store;
  product: string;
  variable: string;
  publicVariable: string;
  effect: Words;
}

/** What may be wrong on the way to a store. */
export type NetworkFault = keyof ReturnType<typeof codesByName>;

export function networkCodes<Store extends 'postgres' | 'redis'>(
  names: StoreNames<Store>,
): Record<`${Store}.${NetworkFault}`, CodeEntry> {
  const entries = Object.entries(codesByName(names)).map(([name, entry]) => [`${names.area}.${name}`, entry]);
  return Object.fromEntries(entries) as Record<`${Store}.${NetworkFault}`, CodeEntry>;
}

function codesByName(names: StoreNames) {
  const { area, product, variable, publicVariable, effect } = names;
  const service = area === 'postgres' ? 'Postgres' : 'Redis';
  return {
    address: rung(`Адрес ${product} задан`, `The address of ${product} is given`, `${product} manzili berilgan`),
    resolve: rung(
      `Имя сервера ${product} находится`,
      `The host name of ${product} resolves`,
      `${product} serverining nomi topildi`,
    ),
    port: rung(`Порт ${product} отвечает`, `The port of ${product} answers`, `${product} porti javob beryapti`),
    protocol: rung(
      `На порту действительно ${product}`,
      `It is ${product} that answers`,
      `Portda haqiqatan ham ${product}`,
    ),
    tls: rung(
      `Шифрование ${product} такое, как задано в адресе`,
      `TLS of ${product} is as the address asks`,
      `${product} shifrlashi manzilda aytilgandek`,
    ),
    url_malformed: {
      severity: 'error',
      title: words(
        `${variable} — не адрес ${product}`,
        `${variable} is not an address of ${product}`,
        `${variable} ${product} manzili emas`,
      ),
      cause: words(
        'Адрес не разбирается: не та схема, лишние кавычки или пробелы, либо в пароле есть символы @ : / # без процентного кодирования.',
        'The address cannot be parsed: another scheme, stray quotes or blanks, or a password with @ : / # that is not percent-encoded.',
        'Manzilni oʻqib boʻlmadi: sxemasi boshqa, ortiqcha qoʻshtirnoq yoki boʻshliq bor, yoki paroldagi @ : / # belgilari foizli kodlanmagan.',
      ),
      effect,
      fix: {
        text: words(
          `Скопируйте ${variable} целиком со страницы переменных сервиса ${service}; спецсимволы пароля закодируйте.`,
          `Copy ${variable} whole from the variables page of the ${service} service; percent-encode special characters of the password.`,
          `${variable} qiymatini ${service} xizmatining oʻzgaruvchilar sahifasidan toʻliq nusxalang; paroldagi maxsus belgilarni kodlang.`,
        ),
        commands: [`railway variables --service ${service}`, `node -p "encodeURIComponent('PASSWORD')"`],
      },
    },
    url_unresolved: {
      severity: 'error',
      title: words(
        `В ${variable} осталась ссылка на переменную`,
        `${variable} still holds a reference to a variable`,
        `${variable} ichida oʻzgaruvchiga havola qolib ketgan`,
      ),
      cause: words(
        `Значение содержит \${{…}} или $ИМЯ: платформа не подставила его, потому что сервиса с таким именем нет.`,
        `The value contains \${{…}} or $NAME: the platform did not fill it in, because there is no service of that name.`,
        'Qiymatda ${{…}} yoki $NOM bor: bunday nomli xizmat boʻlmagani uchun platforma uni almashtirmagan.',
      ),
      effect,
      fix: {
        text: words(
          `Выберите переменную сервиса ${service} заново, имя сервиса должно совпадать.`,
          `Pick the variable of the ${service} service anew; the service's name must match.`,
          `${service} xizmatining oʻzgaruvchisini qaytadan tanlang, xizmat nomi mos kelishi kerak.`,
        ),
        commands: [`railway variables --set '${variable}=\${{${service}.${variable}}}'`],
      },
    },
    dns_internal_from_outside: {
      severity: 'error',
      title: words(
        `Внутренний адрес Railway использован снаружи`,
        `A Railway internal name is used from outside`,
        'Railway’ning ichki manzili tashqaridan ishlatilgan',
      ),
      cause: words(
        'Имена *.railway.internal существуют только внутри сети одного окружения Railway; с ноутбука, при сборке и из другого окружения их нет.',
        'Names under *.railway.internal exist only inside the network of one Railway environment; not on a laptop, not at build, not in another environment.',
        '*.railway.internal nomlari faqat bitta Railway muhitining tarmogʻi ichida bor; noutbukda, yigʻish paytida va boshqa muhitda ular yoʻq.',
      ),
      effect,
      fix: {
        text: words(
          `Вне Railway задайте в ${variable} публичный адрес: значение ${publicVariable} сервиса ${service}. На Railway оставьте внутренний.`,
          `Outside Railway set ${variable} to the public address: the value of ${publicVariable} of the ${service} service. On Railway keep the internal one.`,
          `Railway’dan tashqarida ${variable} uchun ochiq manzilni bering: ${service} xizmatining ${publicVariable} qiymati. Railway’da ichkisini qoldiring.`,
        ),
        commands: [
          `railway variables --service ${service} --kv | grep ${publicVariable}`,
          `export ${variable}="<${publicVariable}>"`,
        ],
      },
    },
    dns_internal_not_found: {
      severity: 'error',
      title: words(
        'Внутреннее имя Railway не находится',
        'A Railway internal name does not resolve',
        'Railway’ning ichki nomi topilmadi',
      ),
      cause: words(
        'Сервиса с таким именем нет в этом окружении, он переименован или остановлен, либо частная сеть ещё не поднялась.',
        'There is no service of that name in this environment, it was renamed or paused, or the private network is not up yet.',
        'Bu muhitda bunday nomli xizmat yoʻq, u qayta nomlangan yoki toʻxtatilgan, yoki ichki tarmoq hali ishga tushmagan.',
      ),
      effect,
      fix: {
        text: words(
          `Задайте ${variable} ссылкой на сервис ${service} этого же окружения.`,
          `Set ${variable} by reference to the ${service} service of the same environment.`,
          `${variable} uchun shu muhitdagi ${service} xizmatiga havola bering.`,
        ),
        commands: [`railway variables --set '${variable}=\${{${service}.${variable}}}'`],
      },
    },
    dns_ipv4_only: {
      severity: 'error',
      title: words(
        'Имя ищется только по IPv4, а есть только IPv6',
        'The name is looked up by IPv4 only, and has IPv6 only',
        'Nom faqat IPv4 boʻyicha qidirilyapti, bor narsa esa faqat IPv6',
      ),
      cause: words(
        'В адресе стоит family=4, а частная сеть отвечает по IPv6.',
        'The address says family=4 while the private network answers by IPv6.',
        'Manzilda family=4 yozilgan, ichki tarmoq esa IPv6 orqali javob beradi.',
      ),
      effect,
      fix: {
        text: words(
          `Уберите family=4 из ${variable} или поставьте family=0.`,
          `Take family=4 out of ${variable}, or make it family=0.`,
          `${variable} ichidan family=4 ni olib tashlang yoki family=0 qiling.`,
        ),
        commands: [],
      },
    },
    dns_not_found: {
      severity: 'error',
      title: words('Имя сервера не существует', 'The host name does not exist', 'Bunday server nomi yoʻq'),
      cause: words(
        'Опечатка в имени, сервис удалён, или адрес от другого проекта.',
        'A typo in the name, the service was deleted, or the address is of another project.',
        'Nomda xato bor, xizmat oʻchirilgan yoki manzil boshqa loyihadan.',
      ),
      effect,
      fix: {
        text: words(
          `Скопируйте ${variable} заново и перезапустите сервис.`,
          `Copy ${variable} again and restart the service.`,
          `${variable} qiymatini qaytadan nusxalang va xizmatni qayta ishga tushiring.`,
        ),
        commands: [`railway variables --service ${service}`],
      },
    },
    dns_unavailable: {
      severity: 'error',
      title: words('Служба имён не отвечает', 'The name service does not answer', 'Nomlar xizmati javob bermayapti'),
      cause: words(
        'Нет сети или не отвечает DNS: проверить имя нельзя.',
        'There is no network, or DNS does not answer: the name cannot be checked.',
        'Tarmoq yoʻq yoki DNS javob bermayapti: nomni tekshirib boʻlmaydi.',
      ),
      effect,
      fix: {
        text: words(
          'Проверьте сеть этой машины и повторите.',
          'Check the network of this machine and repeat.',
          'Bu mashinaning tarmogʻini tekshirib, takrorlang.',
        ),
        commands: ['cat /etc/resolv.conf'],
      },
    },
    refused: {
      severity: 'error',
      title: words('Порт закрыт: соединение отклонено', 'The connection is refused', 'Port yopiq: ulanish rad etildi'),
      cause: words(
        `По этому адресу никто не слушает: ${product} не запущен, приостановлен, или порт не тот.`,
        `Nobody listens there: ${product} is not running, is paused, or the port is another.`,
        `Bu manzilda hech kim kutmayapti: ${product} ishga tushirilmagan, toʻxtatilgan yoki port boshqa.`,
      ),
      effect,
      fix: {
        text: words(
          `Запустите или возобновите ${product}; сверьте порт в ${variable}.`,
          `Start or resume ${product}; compare the port in ${variable}.`,
          `${product}’ni ishga tushiring yoki davom ettiring; ${variable} ichidagi portni solishtiring.`,
        ),
        commands: area === 'postgres' ? ['pg_isready -d "$DATABASE_URL"'] : ['redis-cli -u "$REDIS_URL" ping'],
      },
    },
    unreachable: {
      severity: 'error',
      title: words('До сервера нет пути', 'There is no route to the server', 'Servergacha yoʻl yoʻq'),
      cause: words(
        'Сеть недоступна с этой машины, либо нужен IPv6, которого здесь нет.',
        'The network cannot be reached from here, or needs IPv6 that this machine has not.',
        'Bu mashinadan tarmoqqa chiqib boʻlmaydi yoki bu yerda yoʻq IPv6 kerak.',
      ),
      effect,
      fix: {
        text: words(
          `Используйте публичный адрес (${publicVariable}) или проверьте маршрут.`,
          `Use the public address (${publicVariable}) or check the route.`,
          `Ochiq manzildan (${publicVariable}) foydalaning yoki yoʻnalishni tekshiring.`,
        ),
        commands: [],
      },
    },
    timeout: {
      severity: 'error',
      title: words(
        'Порт молчит: соединение не установлено',
        'The port is a black hole: no connection',
        'Port jim: ulanib boʻlmadi',
      ),
      cause: words(
        'Пакеты теряются: межсетевой экран, список разрешённых адресов, или сервер приостановлен.',
        'Packets are lost: a firewall, an allow list of addresses, or a paused server.',
        'Paketlar yoʻqolyapti: tarmoq ekrani, ruxsat etilgan manzillar roʻyxati, yoki server toʻxtatib qoʻyilgan.',
      ),
      effect,
      fix: {
        text: words(
          'Разрешите адрес этой машины или возобновите сервер; проверьте порт.',
          "Allow this machine's address or resume the server; check the port.",
          'Bu mashinaning manziliga ruxsat bering yoki serverni davom ettiring; portni tekshiring.',
        ),
        commands: [],
      },
    },
    frozen: {
      severity: 'error',
      title: words(
        `${product} принимает соединения, но не отвечает`,
        `${product} accepts connections and does not answer`,
        `${product} ulanishni qabul qiladi, lekin javob bermaydi`,
      ),
      cause: words(
        'Процесс завис или остановлен, перегружен, либо за портом никого нет.',
        'The process hangs, is stopped or overloaded, or nobody stands behind the port.',
        'Jarayon qotgan yoki toʻxtatilgan, yuklamasi haddan ortiq, yoki port ortida hech kim yoʻq.',
      ),
      effect,
      fix: {
        text: words(`Перезапустите ${product}.`, `Restart ${product}.`, `${product}’ni qayta ishga tushiring.`),
        commands: [`railway restart --service ${service}`],
      },
    },
    other_protocol: {
      severity: 'error',
      title: words(
        `По адресу отвечает не ${product}`,
        `Something else than ${product} answers`,
        `Bu manzilda ${product} emas, boshqasi javob beryapti`,
      ),
      cause: words(
        'Порт или имя принадлежат другой службе.',
        'The port or the name belongs to another service.',
        'Port yoki nom boshqa xizmatga tegishli.',
      ),
      effect,
      fix: {
        text: words(
          `Исправьте адрес и порт в ${variable}.`,
          `Correct host and port in ${variable}.`,
          `${variable} ichidagi manzil va portni tuzating.`,
        ),
        commands: [`railway variables --service ${service}`],
      },
    },
    closed_at_handshake: {
      severity: 'error',
      title: words(
        'Сервер закрыл соединение при установке',
        'The server closed the connection at the handshake',
        'Server ulanish paytida aloqani uzdi',
      ),
      cause: words(
        'Так отвечает прокси перед сервисом, которого больше нет, который спит или достиг предела тарифа, и адрес прежнего развёртывания ("server closed the connection unexpectedly").',
        'So answers a proxy in front of a service that is gone, asleep or at its plan limit, and an address of a former deployment ("server closed the connection unexpectedly").',
        'Yoʻq boʻlgan, uxlab yotgan yoki tarif chegarasiga yetgan xizmat oldidagi proksi va eski joylashtirish manzili shunday javob beradi ("server closed the connection unexpectedly").',
      ),
      effect,
      fix: {
        text: words(
          `Проверьте, что сервис ${service} работает, и скопируйте текущее значение ${variable} (снаружи — ${publicVariable}); затем перезапустите службу.`,
          `Check that the ${service} service runs, and copy the current value of ${variable} (from outside: ${publicVariable}); then restart.`,
          `${service} xizmati ishlayotganini tekshiring va ${variable}’ning hozirgi qiymatini nusxalang (tashqarida ${publicVariable}); soʻng xizmatni qayta ishga tushiring.`,
        ),
        commands: [`railway status`, `railway variables --service ${service}`],
      },
    },
    ...tlsCodes(names),
  } satisfies CodeTable;
}
