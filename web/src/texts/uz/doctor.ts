import type { DoctorWords } from './doctor-network.ts';
import { uzDoctorIntake } from './doctor-intake.ts';
import { uzDoctorTelegram } from './doctor-telegram.ts';
import { uzDoctorStores } from './doctor-stores.ts';
import { uzDoctorUpkeep } from './doctor-upkeep.ts';

/**
 * Uzbek words for the doctor's findings; the server words them in Russian and English. Loaded with the page of the
 * system alone. A test compares the codes with the doctor's own list.
 */

const wontStart = 'Xizmat bu xato bilan ishga tushmaydi va 1 kodi bilan chiqadi.';
const apiWontStart = 'api ishga tushmaydi.';
const newSecret = 'Yangi maxfiy soʻz yarating va JWT_SECRETS ga yozing.';
const serviceWontStart = 'Xizmat ishga tushmaydi.';
const filesWait = 'Fayllar navbatda kutadi; Redis ishlab turganda api ularni olmaydi.';
const waitLonger = 'Fayllar odatdagidan uzoq kutadi; birortasi ham yoʻqolmaydi.';
const uploadsFail = 'Yuklash rad etiladi.';
const noReturn = 'Baza yoʻqolsa, maʼlumotni qaytarib boʻlmaydi.';
const useNtp = 'Bu mashinada vaqt sinxronlashni (NTP) yoqing.';
const moreRoom = 'Joy boʻshating yoki diskni kattalashtiring.';

const own: Record<string, DoctorWords> = {
  'config.variables': ['Muhit oʻzgaruvchilari oʻqildi'],
  'config.variable_invalid': [
    'Oʻzgaruvchi qiymati yaramaydi',
    'Yozuvda xato, ortiqcha qoʻshtirnoq bor yoki qiymat chegaradan tashqarida.',
    wontStart,
    'Oʻzgaruvchini tuzating: chegaralar docs/config.md faylida.',
  ],
  'config.variable_missing': [
    'Majburiy oʻzgaruvchi yoʻq',
    'U bu xizmat uchun berilmagan.',
    wontStart,
    'Oʻzgaruvchini bering: docs/config.md.',
  ],
  'config.incomplete': [
    'Juft oʻzgaruvchilarning faqat bittasi berilgan',
    'ADMIN_EMAIL va ADMIN_PASSWORD birga beriladi.',
    wontStart,
    'Ikkalasini bering yoki ikkalasini olib tashlang.',
  ],
  'config.pool_too_small': [
    'DATABASE_POOL_MAX juda kichik',
    'Ishlanayotgan har bir faylga ikkita, xizmatning oʻziga yana ikkita ulanish kerak.',
    wontStart,
    'DATABASE_POOL_MAX ni oshiring yoki WORKER_CONCURRENCY ni kamaytiring.',
  ],
  'config.look_alike': [
    'Oʻxshash oʻzgaruvchi berilgan, keragi esa yoʻq',
    'Nom eski tizimdan yoki boshqa platformadan qolgan.',
    'Qiymat ishlatilmaydi.',
    'Oʻzgaruvchini qayta nomlang.',
  ],
  'config.metrics_closed': [
    '/metrics yopiq',
    'production’da METRICS_TOKEN boʻlmasa, u 404 javobini beradi.',
    'Prometheus metrikalarni yigʻa olmaydi.',
    'METRICS_TOKEN bering (16 belgi yoki koʻproq).',
  ],

  'queue.rows': ['Navbat: PostgreSQL maʼlumoti boʻyicha'],
  'queue.jobs': ['Navbat: Redis maʼlumoti boʻyicha'],
  'queue.backlog_old': [
    'Fayl oʻn daqiqadan beri kutyapti',
    'Ishchilar kam, katta fayl bilan band yoki toʻxtab qolgan.',
    waitLonger,
    'Ishchilarni tekshiring; WORKER_CONCURRENCY ni oshiring yoki yana bitta worker qoʻshing.',
  ],
  'queue.stalled': [
    'Fayl ishlanmoqda deb turibdi, lekin uni hech kim ushlab turgani yoʻq',
    'Ishchi oʻlgan, faylni hali hech kim olmagan: navbatni birorta xizmat kuzatmayapti.',
    waitLonger,
    'api yoki worker’ni ishga tushiring: ular faylni oʻzi oladi.',
  ],
  'queue.poison': [
    'Fayl chetga olindi: unda oʻnta ishchi oʻldi',
    'Fayl qayta ishlashni uzib qoʻyadi.',
    'Bu fayl yuklanmagan; qolganlariga taʼsiri yoʻq.',
    'Faylni koʻring; sahifadan yoki POST /files/:id/retry bilan takrorlang.',
  ],
  'queue.paused': [
    'Navbat pauzaga qoʻyilgan',
    'Uni qoʻlda toʻxtatishgan.',
    'Redis ham, ishchilar ham joyida, lekin ular fayl olmaydi.',
    'Pauzani oling; buni doctor --fix bajaradi.',
  ],

  'worker.alive': ['Ishchi tirik va fayllarni olyapti'],
  'worker.none_alive': [
    'Birorta tirik ishchi yoʻq',
    'worker xizmati ishga tushirilmagan, yiqilgan yoki boshqa bazaga qarayapti.',
    filesWait,
    'worker’ni ishga tushiring; undagi DATABASE_URL va REDIS_URL shunday ekanini tekshiring.',
  ],
  'worker.stuck': [
    'Ishchi bor, lekin qimirlamayapti',
    'Jarayon qotgan yoki toʻxtatilgan: ulanishni ushlab turibdi, lekin javob bermaydi va vazifa olmaydi.',
    filesWait,
    'worker’ni qayta ishga tushiring.',
  ],
  'worker.redis_differs': [
    'Ishchi bu yerdan koʻrinayotgan Redis’ni koʻrmayapti',
    'Unda REDIS_URL boshqa, parol eskirgan yoki tarmoq yoʻq.',
    filesWait,
    'worker’ga oʻsha REDIS_URL ni bering va qayta ishga tushiring.',
  ],
  'worker.version_mismatch': [
    'Ishchi boshqa versiyada',
    'Xizmatlarning faqat bittasi joylashtirilgan.',
    'Fayllar eski qoidalar bilan ishlanadi.',
    'api va worker’ni bitta kommitdan joylashtiring.',
  ],
  'worker.files_retrying': [
    'Fayllar qayta urinilmoqda: ularga nimadir xalaqit berdi',
    'Baza yoki ombor javob bermadi yoki hech kim kutmagan xato yuz berdi; sabablari dalilda koʻrsatilgan.',
    'Bu fayllar hali yuklanmagan; ular oʻzi qayta urinadi, tanaffuslar bir daqiqagacha uzayadi. Hech narsa yoʻqolmaydi.',
    'Koʻrsatilgan sababni bartaraf eting; agar u internal boʻlsa, jurnalga qarang: event=file_retried.',
  ],

  'jwt.secrets': ['Imzo maxfiy soʻzlari berilgan va mustahkam'],
  'jwt.sign_verify': ['Token yaratildi va tekshirildi'],
  'jwt.secret_missing': ['JWT_SECRETS berilmagan', 'Tayyor maxfiy soʻz ataylab qoʻyilmagan.', apiWontStart, newSecret],
  'jwt.malformed': [
    'JWT_SECRETS kid:maxfiy koʻrinishida emas',
    'kid:maxfiy[,kid:maxfiy…] kerak, kalit nomlari har xil boʻlsin.',
    apiWontStart,
    newSecret,
  ],
  'jwt.secret_short': ['Maxfiy soʻz 32 belgidan qisqa', 'Qisqa soʻzni tanlab topish mumkin.', apiWontStart, newSecret],
  'jwt.secret_default': [
    'Maxfiy soʻz hammaga maʼlum tayyor qiymat',
    'U misollar va lugʻatlarda bor.',
    apiWontStart,
    newSecret,
  ],
  'jwt.secret_repeated': [
    'Maxfiy soʻz bitta soʻzning koʻp takrori',
    'Uzunligi bor, tasodifiyligi yoʻq.',
    apiWontStart,
    newSecret,
  ],
  'jwt.secret_low_entropy': [
    'Maxfiy soʻzda har xil belgi juda kam',
    'Kamida 6 xil belgi kerak.',
    apiWontStart,
    newSecret,
  ],
  'jwt.secret_weak': [
    'Maxfiy soʻz bir-ikki turdagi belgidan iborat',
    'Toʻrt turdan uchtasidan kam: kichik harf, katta harf, raqam, belgi.',
    'Ishlaydi; lekin uni tanlab topish tasodifiysidan osonroq.',
    'JWT_SECRETS oxiriga yangi kalit qoʻshing, keyin uni birinchi qiling.',
  ],
  'jwt.round_trip_failed': [
    'Yaratilgan token tekshiruvdan oʻtmayapti',
    'Soat orqaga ketyapti yoki kalitlar yaroqsiz.',
    'Hech kim kira olmaydi.',
    'Soatni tekshiring va yangi kalit yarating.',
  ],

  'blacklist.truth': ['Bekor qilingan tokenlar PostgreSQL’dan oʻqilyapti'],
  'blacklist.copy': ['Redis’dagi tez nusxa: yozish, tekshirish, oʻchirish'],
  'blacklist.unreadable': [
    'Bekor qilingan tokenlar roʻyxati oʻqilmayapti',
    'Jadval yoki unga huquq yoʻq.',
    'Hech kim kiritilmaydi: 503.',
    'Migratsiyalarni bajaring.',
  ],
  'blacklist.expired_pile': [
    'Muddati oʻtgan bekor qilishlar yigʻishtirilmayapti',
    'api anchadan beri ishga tushmagan: ularni u yigʻishtiradi.',
    'Tekshirish sekinroq.',
    'api’ni ishga tushiring.',
  ],

  'cache.write_read': ['Kesh: yozish, oʻqish, oʻchirish'],
  'cache.not_kept': [
    'Redis kesh yozuvlarini saqlamayapti',
    'Yozilgan qiymat qayta oʻqilmadi.',
    'Hisobotlar har safar qaytadan hisoblanadi.',
    'Redis xotirasi va siyosatini tekshiring.',
  ],

  'storage.address': ['STORAGE_URL tushunarli'],
  'storage.write_read': ['Omborga fayl yozildi va oʻqildi'],
  'storage.shared': ['Yuklangan fayllar bu yerdan koʻrinadi'],
  'storage.url_invalid': [
    'STORAGE_URL yaramaydi',
    'file:<jild>, postgres: yoki AWS kalitlari bilan s3://savat/yoʻl kerak.',
    serviceWontStart,
    'STORAGE_URL ni tuzating.',
  ],
  'storage.not_writable': [
    'Omborga yozib boʻlmaydi',
    'Jild yoki huquq yoʻq, disk ulanmagan yoki savat rad etyapti.',
    uploadsFail,
    'Xizmat foydalanuvchisiga jild huquqini bering yoki boshqa jild koʻrsating.',
  ],
  'storage.full': ['Omborda joy tugagan', 'Disk yoki kvota toʻlgan.', uploadsFail, 'Joy boʻshating.'],
  'storage.bucket_denied': [
    'Savat kiritmayapti',
    'AWS kalitlari notoʻgʻri yoki savatga huquq bermaydi.',
    uploadsFail,
    'Savat kalitlarini qaytadan nusxalang.',
  ],
  'storage.refused': [
    'Ombor serveri ulanishni qabul qilmayapti',
    'endpoint manzili yoki porti notoʻgʻri, yoki server toʻxtatilgan.',
    uploadsFail,
    'STORAGE_URL ichidagi endpoint’ni va serverning oʻzini tekshiring.',
  ],
  'storage.no_answer': [
    'Ombor serveri jim',
    'Ulanish bor yoki kutilmoqda, javob yoʻq: server qotgan yoki tarmoq oʻtkazmayapti.',
    'Yuklash bir necha soniyadan keyin rad etiladi, fayllar kutadi.',
    'Ombor serverini qayta ishga tushiring yoki tarmoqni tekshiring.',
  ],
  'storage.server_error': [
    'Ombor serveri xato bilan javob beryapti',
    'Uning yuklamasi ortiq, u taʼmirda yoki buzilgan.',
    'Yuklash rad etiladi, qabul qilingan fayllar kutadi.',
    'Kuting; oʻtib ketmasa, ombor taʼminotchisidan soʻrang.',
  ],
  'storage.bucket_missing': [
    'Bunday savat yoʻq',
    'Savat nomi yoki endpoint notoʻgʻri.',
    uploadsFail,
    'STORAGE_URL ni tuzating.',
  ],
  'storage.not_shared': [
    'api va worker’ning ombori umumiy emas',
    'Har biri oʻz jildiga yozadi: Railway’dagi disk bitta xizmatga tegishli.',
    'Bir xizmat qabul qilgan faylni boshqasi topa olmaydi.',
    'Ikkala xizmatga STORAGE_URL=postgres: yoki bitta s3:// savatni bering.',
  ],
  'storage.bytes_missing': [
    'Yuklangan fayllarning bir qismi omborda yoʻq',
    'Fayllar qoʻlda oʻchirilgan yoki STORAGE_URL almashtirilgan.',
    'Bu fayllarni yuklab olib ham, qayta ishlab ham boʻlmaydi.',
    'Avvalgi STORAGE_URL ni qaytaring yoki fayllarni nusxadan tiklang.',
  ],

  'disk.space': ['Disklarda joy yetarli'],
  'disk.nearly_full': [
    'Diskning 90 foizdan koʻpi band',
    'Joyni fayllar, nusxalar yoki jurnallar egallagan.',
    'Tez orada yuklash rad etila boshlaydi.',
    moreRoom,
  ],
  'disk.full': ['Disk toʻlgan', 'Boʻsh joy 2 foizdan kam.', uploadsFail, moreRoom],

  'clock.postgres': ['Soat PostgreSQL soati bilan mos'],
  'clock.redis': ['Soat Redis soati bilan mos'],
  'clock.off': [
    'Soatlar bir daqiqadan koʻp farq qilyapti',
    'Bu mashinaning yoki serverning soati notoʻgʻri yuryapti.',
    'Bu xizmatning /readyz javobi — degraded; S3 imzolarni rad etadi, sertifikatlar muddati oʻtgandek koʻrinadi. Kirish PostgreSQL soati boʻyicha ishlaydi.',
    useNtp,
  ],
  'clock.drift': [
    'Soatlar soniyalarga farq qilyapti',
    'Vaqt anchadan beri sinxronlanmagan.',
    'Hozircha chidasa boʻladi: bir daqiqagacha mumkin.',
    useNtp,
  ],

  ...uzDoctorTelegram,
  ...uzDoctorIntake,

  'backup.place': ['Zaxira nusxalar bor, yangi va tekshirilgan'],
  'backup.not_configured': [
    'Zaxira nusxalash sozlanmagan',
    'BACKUP_URL boʻsh.',
    noReturn,
    'BACKUP_URL ni bering: jild yoki s3://savat/yoʻl.',
  ],
  'backup.url_invalid': [
    'BACKUP_URL yaramaydi',
    'Jild, file:<jild> yoki AWS kalitlari bilan s3://savat/yoʻl kerak.',
    noReturn,
    'BACKUP_URL ni tuzating.',
  ],
  'backup.unreachable': [
    'Nusxalar joyiga yetib boʻlmaydi',
    'Jild, huquq yoki tarmoq yoʻq, yoki kalitlar notoʻgʻri.',
    noReturn,
    'BACKUP_URL va kalitlarni tekshiring.',
  ],
  'backup.none': ['Birorta ham nusxa yoʻq', 'Nusxalash hali bajarilmagan.', noReturn, 'Nusxa oling.'],
  'backup.stale': [
    'Oxirgi nusxaga 26 soatdan oshgan',
    'Tungi nusxalash bajarilmagan.',
    'Baza yoʻqolsa, bir kundan koʻp maʼlumot yoʻqoladi.',
    'Nusxa oling va worker’ning soat 04:00 dagi jurnalini koʻring.',
  ],
  'backup.unverified': [
    'Birorta nusxa tiklab tekshirilmagan',
    'restore --check bajarilmagan.',
    'Nusxa tiklanadimi, nomaʼlum.',
    'Oxirgi nusxani tekshiring.',
  ],

  'version.node': ['Node versiyasi mos'],
  'version.services': ['Xizmatlar bir versiyada'],
  'version.node_old': [
    'Node juda eski',
    '20.19 yoki yangirogʻi kerak.',
    'Xizmatlar ishga tushmasligi mumkin.',
    'Node 24 ni oʻrnating.',
  ],
  'version.api_none_alive': [
    'Birorta tirik api yoʻq',
    'api xizmati ishga tushirilmagan, yiqilgan yoki boshqa bazaga qarayapti.',
    'Sahifa va fayl qabul qilish ishlamaydi; qabul qilinganini worker qayta ishlaydi.',
    'api’ni ishga tushiring; undagi DATABASE_URL shunday ekanini tekshiring.',
  ],
  'version.reader_unconfined': [
    'Fayl oʻqish toʻliq chegaralanmagan',
    'Platforma chegaralarning bir qismini bermaydi: nomlar fazosi taqiqlangan yoki util-linux 2.40 dan eski; qaysilari pastdagi qatorda.',
    'Fayllar odatdagidek oʻqiladi, lekin oʻqish dasturini buzgan faylga toʻsiq kamroq boʻladi.',
    'Dockerfile’dagi obrazdan yoki util-linux 2.40 va yangisidan foydalaning; yoki jarayonga foydalanuvchi nomlar fazosiga ruxsat bering.',
  ],
  'version.api_mismatch': [
    'api boshqa versiyada',
    'Joylashtirish davom etyapti yoki yarmida toʻxtagan.',
    'Javoblar kim javob berishiga bogʻliq.',
    'Joylashtirish tugashini kuting yoki uni takrorlang.',
  ],
};

/** What any area may say of itself. */
const ofAnyArea: Record<string, DoctorWords> = {
  check_timeout: [
    'Tekshiruv vaqtida tugamadi',
    'Bu sohada nimadir juda sekin javob beryapti.',
    'Bu sohaning qolgani haqida hech narsa maʼlum emas.',
    'Faqat shu sohani takrorlang.',
  ],
  check_crashed: [
    'Tekshiruvning oʻzi buzildi',
    'Tekshiruv kodida xato.',
    'Bu soha haqida hech narsa maʼlum emas.',
    'Pastdagi qatorni dasturchilarga yuboring.',
  ],
};

/** Undefined for a code that a newer server knows and this page does not. */
export function uzDoctorWords(code: string): DoctorWords | undefined {
  return own[code] ?? uzDoctorStores[code] ?? uzDoctorUpkeep[code] ?? ofAnyArea[code.slice(code.indexOf('.') + 1)];
}
