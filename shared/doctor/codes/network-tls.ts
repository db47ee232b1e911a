/** Codes of TLS that PostgreSQL and Redis share. */
import { words, type CodeTable } from '../finding.ts';
import type { StoreNames } from './network.ts';

export function tlsCodes({ area, variable, effect }: StoreNames) {
  return {
    tls_required: {
      severity: 'error',
      title: words(
        'Сервер требует шифрования, а адрес — без него',
        'The server requires TLS and the address has none',
        'Server shifrlash talab qiladi, manzil esa shifrlashsiz',
      ),
      cause: words('Порт принимает только TLS.', 'The port takes TLS only.', 'Port faqat TLS qabul qiladi.'),
      effect,
      fix:
        area === 'postgres'
          ? {
              text: words(
                'Добавьте sslmode к DATABASE_URL (no-verify — без проверки самоподписанного сертификата).',
                'Add sslmode to DATABASE_URL (no-verify = do not check a self-signed certificate).',
                'DATABASE_URL oxiriga sslmode qoʻshing (no-verify: oʻzi imzolagan sertifikat tekshirilmaydi).',
              ),
              commands: ['export DATABASE_URL="$DATABASE_URL?sslmode=require"'],
            }
          : {
              text: words(
                'Начните REDIS_URL с rediss://',
                'Begin REDIS_URL with rediss://',
                'REDIS_URL rediss:// bilan boshlansin',
              ),
              commands: ['export REDIS_URL="rediss://${REDIS_URL#redis://}"'],
            },
    },
    tls_not_offered: {
      severity: 'error',
      title: words(
        'Адрес требует TLS, а порт его не знает',
        'The address asks for TLS and the port has none',
        'Manzil TLS talab qiladi, port esa uni bilmaydi',
      ),
      cause: words(
        'Порт без шифрования: так внутри частной сети и на локальной машине.',
        'A plain port: so it is inside a private network and on a local machine.',
        'Port shifrlashsiz: ichki tarmoqda va mahalliy mashinada shunday boʻladi.',
      ),
      effect,
      fix:
        area === 'postgres'
          ? {
              text: words(
                'Уберите sslmode из DATABASE_URL или включите TLS на сервере.',
                'Take sslmode out of DATABASE_URL, or turn TLS on at the server.',
                'DATABASE_URL ichidan sslmode ni olib tashlang yoki serverda TLS ni yoqing.',
              ),
              commands: [],
            }
          : {
              text: words(
                'Замените rediss:// на redis:// или укажите порт с TLS.',
                'Write redis:// in place of rediss://, or give the TLS port.',
                'rediss:// oʻrniga redis:// yozing yoki TLS porti koʻrsatilsin.',
              ),
              commands: ['export REDIS_URL="redis://${REDIS_URL#rediss://}"'],
            },
    },
    tls_self_signed: {
      severity: 'error',
      title: words(
        'Сертификат сервера самоподписанный',
        "The server's certificate is self-signed",
        'Server sertifikatini serverning oʻzi imzolagan',
      ),
      cause: words(
        'Ни один известный центр его не подписал; так у Postgres на Railway.',
        'No known authority signed it; so it is with Postgres on Railway.',
        'Uni taniqli markazlardan hech biri imzolamagan; Railway’dagi Postgres shunday.',
      ),
      effect,
      fix:
        area === 'postgres'
          ? {
              text: words(
                'Внутри частной сети используйте адрес без sslmode; снаружи — sslmode=no-verify или свой корневой сертификат.',
                'Inside the private network use the address without sslmode; from outside sslmode=no-verify or your own root certificate.',
                'Ichki tarmoqda sslmode’siz manzilni ishlating; tashqarida sslmode=no-verify yoki oʻz ildiz sertifikatingizni.',
              ),
              commands: ['export NODE_EXTRA_CA_CERTS=/path/to/ca.pem'],
            }
          : {
              text: words(
                'Дайте службе корневой сертификат.',
                'Give the service the root certificate.',
                'Xizmatga ildiz sertifikatini bering.',
              ),
              commands: ['export NODE_EXTRA_CA_CERTS=/path/to/ca.pem'],
            },
    },
    tls_name_mismatch: {
      severity: 'error',
      title: words(
        'Сертификат выдан на другое имя',
        'The certificate is for another name',
        'Sertifikat boshqa nomga berilgan',
      ),
      cause: words(
        'Имя в адресе не входит в сертификат: прокси или прямой IP.',
        'The name in the address is not in the certificate: a proxy or a bare IP.',
        'Manzildagi nom sertifikatda yoʻq: proksi yoki toʻgʻridan-toʻgʻri IP.',
      ),
      effect,
      fix: {
        text: words(
          `Укажите в ${variable} имя из сертификата.`,
          `Use the certificate's name in ${variable}.`,
          `${variable} ichida sertifikatdagi nomni yozing.`,
        ),
        commands: [],
      },
    },
    tls_expired: {
      severity: 'error',
      title: words(
        'Срок сертификата истёк или не наступил',
        'The certificate has expired or is not valid yet',
        'Sertifikat muddati tugagan yoki hali boshlanmagan',
      ),
      cause: words(
        'Сертификат не продлён, либо часы этой машины неверны.',
        "The certificate was not renewed, or this machine's clock is wrong.",
        'Sertifikat yangilanmagan yoki bu mashinaning soati notoʻgʻri.',
      ),
      effect,
      fix: {
        text: words(
          'Продлите сертификат; проверьте часы.',
          'Renew the certificate; check the clock.',
          'Sertifikatni yangilang; soatni tekshiring.',
        ),
        commands: ['date -u'],
      },
    },
    tls_failed: {
      severity: 'error',
      title: words('TLS не установлен', 'The TLS handshake failed', 'TLS oʻrnatilmadi'),
      cause: words(
        'Стороны не сошлись в версии или шифрах.',
        'The sides do not agree on version or ciphers.',
        'Tomonlar versiya yoki shifrlarda kelisha olmadi.',
      ),
      effect,
      fix: {
        text: words(
          'Обновите сервер или смотрите его журнал.',
          'Update the server or read its log.',
          'Serverni yangilang yoki uning jurnalini koʻring.',
        ),
        commands: [],
      },
    },
  } satisfies CodeTable;
}
