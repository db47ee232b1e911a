import type { Texts } from '../en/index.ts';

export const people: Texts['operations']['people'] = {
  usage: `foydalanish: npm run user -- BUYRUQ
  list                           hamma, avval yangilari
  add EMAIL [--role ROLE] [--name "ISM FAMILIYA"]   tasdiqlangan hisob (rol berilmasa — viewer)
  approve KIM [--role ROLE]      arizani tasdiqlash
  block KIM                      barcha kirishlarni darhol tugatish va boshqa kiritmaslik
  role KIM ROLE                  rolni almashtirish; barcha kirishlarni tugatadi
  reset KIM                      parolni almashtirish; barcha kirishlarni tugatadi
  confirm-tokens KIM             tiklashda toʻxtatilgan shaxsiy API tokenlarini yana yoqish
  KIM — id, pochta manzili yoki telegram:ID. Rollar: {roles}.
  add va reset parolni oʻzi oʻylab topadi va bir marta koʻrsatadi; --password-stdin uni standart kirishdan,
  --password MATN buyruq satridan oladi (u yerda uni shu mashinaning boshqa dasturlari koʻradi).
Faqat DATABASE_URL kerak. Tugash kodi: 0 bajarildi, 1 bajarilmadi, 3 buyruqda xato.`,
  noEmail: '{who} — elektron pochta manzili emas',
  noRole: 'rol quyidagilardan biri: {roles}',
  unknown: 'hech kim topilmadi: {who}',
  shortPassword: 'parol juda qisqa: kamida {count} belgi kerak',
  weakPassword: 'bunday parolni birinchilardan boʻlib topishadi: {why}',
  too_common: 'u eng koʻp uchraydiganlardan biri',
  repeated: 'unda bir narsa takrorlanadi',
  sequence: 'u ketma-ket harf, raqam yoki tugmalardan iborat',
  personal: 'u ism yoki manzildan tuzilgan',
  lastAdmin: 'bu oxirgi administrator: avval boshqasini tayinlang',
  emailKnown: 'bu pochta manzilida hisob allaqachon bor',
  tokensWork: 'yana ishlayotgan shaxsiy API tokenlari: {count}',
  password: 'parol: {password}',
  nobody: 'hozircha hech kim yoʻq',
};

export const keys: Texts['operations']['keys'] = {
  usage: `foydalanish: npm run --silent keys -- BUYRUQ
  new       birinchi kalit: JWT_SECRETS uchun qiymat chiqaradi
  add       almashtirishning 1-qadami: hozirgi JWT_SECRETS, oxirida yangi kalit; qabul qilinadi, hali imzolamaydi
  promote   2-qadam, hamma api avvalgi qiymat bilan qayta ishga tushgach: oxirgi kalit boshiga oʻtadi va imzolaydi
  retire    3-qadam, bir soatdan keyin: faqat imzolayotgan kalit qoladi
  list      hozirgi kalitlarning id lari
  new dan boshqa hammasi JWT_SECRETS ni oʻqiydi. Yangi qiymat standart chiqishga, nima qilish kerakligi xatolar oqimiga
  yoziladi. DATABASE_URL berilgan boʻlsa, qadam audit jurnaliga yoziladi (faqat id lar).
  Tugash kodi: 0 bajarildi, 1 bajarilmadi, 3 buyruqda xato.`,
  new: 'Har bir api ga JWT_SECRETS ning shu qiymatini bering.',
  add: 'Har bir api ga JWT_SECRETS ning shu qiymatini bering va ularni birin-ketin qayta ishga tushiring. Hammasi tayyor boʻlgach, bajaring: keys promote',
  promote:
    'Har bir api ga JWT_SECRETS ning shu qiymatini bering va ularni birin-ketin qayta ishga tushiring. Oxirgisidan bir soat keyin (tokenlar bundan uzoq yashamaydi) bajaring: keys retire',
  retire:
    'Har bir api ga JWT_SECRETS ning shu qiymatini bering va ularni birin-ketin qayta ishga tushiring. Eski kalit endi hech narsani ochmaydi.',
  noKeys: 'JWT_SECRETS berilmagan: birinchi kalitni keys new bilan yarating',
  nothingToPromote: 'kalit bitta xolos: avval boshqasini qoʻshing',
  nothingToRetire: 'kalit bitta xolos: olib tashlaydigani yoʻq',
  signs: 'imzolaydi',
  isAccepted: 'qabul qilinadi',
  none: 'kalit yoʻq',
};

export const migrate: Texts['operations']['migrate'] = {
  usage: `foydalanish: npm run migrate -- [--down]
  DATABASE_URL bazasini oxirgi migratsiyaga keltiradi; --down oxirgisini qaytaradi.
  Tugash kodi: 0 bajarildi, 1 bajarilmadi, 3 buyruqda xato.`,
  ahead: 'sxema bu versiyadan yangiroq ({names}): qiladigan ish yoʻq',
  ran: 'bajarildi: {count}',
  nothing: 'qiladigan ish yoʻq',
  locked: 'boshqa migratsiya qulfni {waitMs} ms ushlab turdi',
  diverged: 'bazada bu versiya bilmaydigan migratsiyalar bor ({names}): ularni bajargan versiyadan foydalaning',
};

export const auditVerify: Texts['operations']['auditVerify'] = {
  usage: `foydalanish: npm run audit:verify -- [--head SEQ:SEAL]... [--log FAYL]... [--json]
  Muhrlangan audit jurnalini koʻrib chiqadi va nima oʻzgartirilgan, oʻchirilgan yoki kesib tashlanganini aytadi.
  DATABASE_URL va AUDIT_KEY kerak; AUDIT_ANCHOR berilgan boʻlsa, undagi uchlar bilan ham solishtiradi.
  --log FAYL       api jurnali (JSON qatorlari; - = standart kirish): undagi har bir uch zanjirda boʻlishi shart
  --head SEQ:SEAL  shunday uchlardan biri, qoʻlda
  Tugash kodi: 0 butun, 1 biror narsa notoʻgʻri (qatorlarni hech kim muhrlamasa ham), 3 buyruqda xato.`,
  noKey: 'AUDIT_KEY berilmagan',
  badHead: 'bu zanjir uchi emas: {head}',
  noLog: 'jurnal oʻqilmayapti: {path} ({reason})',
  wrong: 'BUZILGAN',
  notChecked: 'TEKSHIRILMADI',
  seal: 'muhr {seq}',
  row: 'qator {id}',
  waiting: 'bir daqiqadan beri muhr kutayotgan qatorlar: {count}; AUDIT_KEY li birorta api ishlamayapti',
  sealed: 'muhrlangan qatorlar {sealed}, hali muhrlanmagani {unsealed}; zanjir uchi {head}',
  none: 'yoʻq',
  whole: 'audit jurnali butun',
  notWhole: 'audit jurnali BUTUN EMAS',
};

export const auditFaults: Texts['operations']['auditFaults'] = {
  broken_link: 'qator muhrlangan qator emas',
  row_missing: 'qator yoʻqolgan',
  seal_missing: 'muhr yoʻqolgan',
  other_key: 'boshqa AUDIT_KEY bilan muhrlangan',
  chain_restarted:
    'bundan oldin zanjir uzilgan: bu muhrlashda aniqlangan va yangisi boshlangan; u yerda nima boʻlgani qatorda aytilgan',
  late_insert: 'qator keyin qoʻshib qoʻyilgan: vaqti muhr vaqtiga toʻgʻri kelmaydi',
  anchor_shortened: 'AUDIT_ANCHOR da bu yerda uchlar yoʻqolgan: oʻrniga eski yoki qisqaroq nusxa qoʻyilgan',
  emptied: 'qatorlar bor edi, jurnaldan esa hech narsa qolmagan',
  fork: 'api jurnali yoki AUDIT_ANCHOR bu joy uchun ikki xil muhrni aytadi: zanjir ikkita boʻlgan',
  cut_off: 'zanjir shu yerda kesilgan: uning uchi narida',
  head_missing: 'muhrlar bor, zanjir uchi yoʻq',
  base_forged: 'zanjir boshi haqidagi yozuv bu kalit bilan qilinmagan: undan oldingi qatorlar kesilgan boʻlishi mumkin',
  head_forged: 'zanjir uchi bu zanjirniki emas',
  older_than_log:
    'api jurnali bu yerda boshqa muhrni yoki keyingi uchni biladi: qatorlar kesilgan yoki eski nusxa qaytarilgan',
};

export const auditNotChecked: Texts['operations']['auditNotChecked'] = {
  no_outside_head: 'qatorlar, muhrlar va zanjir uchi birga kesilmaganmi: AUDIT_ANCHOR, --log yoki --head ni bering',
  untimed_seals: 'eski versiya vaqtsiz muhrlagan qatorlar orasiga qator qoʻshib qoʻyilmaganmi',
  late_seals: 'oʻz vaqtidan ancha keyin muhrlangan qatorlar avvalgidekmi: api ishlamagan yoki ular qayta muhrlangan',
};

export const configuration: Texts['operations']['configuration'] = {
  faults: 'sozlamalar: {faults}',
  missing: 'berilmagan',
  DATABASE_URL: 'postgres:// yoki postgresql:// bilan boshlanadigan manzil kerak',
  NODE_ENV: 'production, development yoki test',
  STORAGE_URL: 'file:<papka>, postgres: yoki s3://bucket/prefix',
  BACKUP_KEEP_DAYS: '1 dan 3650 gacha son',
  AUDIT_KEY: 'kamida 32 belgi',
  AUDIT_ANCHOR: 'file:YOʻL yoki s3://bucket/prefix',
  secretsForm: 'kid:secret[,kid:secret...] koʻrinishida yoziladi',
  secretRefused:
    '“{kid}” kalitining maxfiy qiymati yaramaydi ({why}); boshqasini yarating: npm run --silent keys -- new',
  secretTwice: 'kalit id si “{kid}” ikki marta uchraydi',
  too_short: '32 belgidan qisqa',
  known_default: 'hammaga maʼlum',
  repeated_word: 'bitta soʻz takrorlangan',
  few_characters: 'turli belgilar kam',
};

export const doctorCommand: Texts['operations']['doctorCommand'] = {
  usage: `foydalanish: npm run doctor -- [--json] [--only SOHA[,SOHA...]] [--lang {langs}]
                                   [--strict] [--fix [--dry-run]] [--list] [--memory FAYL]
  Nima buzilgani, sababi va qanday tuzatishni aytadi. Sohalar: {areas}
  --redact-urls doim yoqilgan. --document docs/doctor.md ni chop etadi.
  Chiqish kodi: 0 hammasi joyida yoki ogohlantirishlar, 1 xatolar, 2 --strict bilan ogohlantirishlar, 3 buyruqda xato,
  4 doktorning oʻzi ishlamadi.`,
  noLang: '--lang quyidagilardan biri: {langs}',
  noArea: '“{area}” degan soha yoʻq',
  dryRun: '--dry-run --fix bilan birga beriladi',
};
