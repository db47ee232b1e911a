import type { Texts } from '../en/index.ts';

export const backup: Texts['operations']['backup'] = {
  usage: `foydalanish: npm run backup
  DATABASE_URL bazasining nusxasini BACKUP_URL ga (papka yoki s3://bucket/prefix) saqlaydi va BACKUP_KEEP_DAYS dan
  eski nusxalarni oʻchiradi.
  Tugash kodi: 0 bajarildi, 1 bajarilmadi, 3 buyruqda xato.`,
  done: 'nusxa {name}: jadvallar {tables}, qatorlar {rows}, {mib} MiB, joyi {place}, {seconds} soniyada',
  removed: 'oʻchirildi: {name}',
  verify: 'uni tekshiring: npm run restore -- --check {name}',
};

export const restore: Texts['operations']['restore'] = {
  usage: `foydalanish: npm run restore -- [--check | --list] [--yes] [NOM]
  --check   oʻsha serverdagi vaqtinchalik bazaga tiklaydi, barcha jadvallarning qatorlari va nazorat yigʻindilarini
            solishtiradi, bazani oʻchiradi va necha daqiqa ketganini aytadi
  --list    BACKUP_URL dagi nusxalar
  Ularsiz nusxa DATABASE_URL bazasining oʻrniga qoʻyiladi; avvalgisi boshqa nom bilan qoladi. Avval soʻraydi
  (--yes javob beradi).
  NOM — nusxaning nomi; berilmasa, eng yangisi. Tugash kodi: 0 bajarildi, 1 bajarilmadi yoki farq bor, 3 buyruqda xato.`,
  one: 'bir martada bitta nusxa',
  listed: '{name}  versiya {version}  {mib} MiB  {verified}',
  neverVerified: 'tekshirilmagan',
  verified: 'tekshirilgan {at}',
  differs: 'nusxa {name} farq qiladi, {minutes} daqiqa: {differences}',
  good: 'nusxa {name} butun: jadvallar {tables}, qatorlar {rows}, nazorat yigʻindilari teng, {minutes} daqiqada tiklandi',
  question:
    'Bazadagi fayllar: {files}. Avval xizmatlarni toʻxtating. Uning oʻrniga {name} nusxasi qoʻyilsinmi? “{yes}” deb yozing: ',
  yes: 'ha',
  noTerminal: 'soʻrash uchun terminal yoʻq; --yes ni qoʻshing',
  unchanged: 'hech narsa oʻzgarmadi',
  restored:
    '{name} tiklandi; avvalgi baza {keptAs} nomi bilan saqlandi. Endi npm run migrate ni bajaring va xizmatlarni ishga tushiring',
  ended:
    'barcha kirishlar tugatildi (odamlar: {people}); tasdiq kutayotgan shaxsiy API tokenlari: {tokens}. Yoqish: npm run user -- confirm-tokens EMAIL',
};

export const backupFaults: Texts['operations']['backupFaults'] = {
  notConfigured: 'BACKUP_URL berilmagan',
  badUrl: 'BACKUP_URL — papka, file:<papka> yoki s3://bucket/prefix',
  noCredentials: 's3:// uchun AWS_ACCESS_KEY_ID va AWS_SECRET_ACCESS_KEY kerak',
  unknown: '{name} nusxasi yoʻq, joyi {place}',
  none: 'nusxa yoʻq, joyi {place}',
  newer: 'nusxa {name} bu koddan yangiroq (versiya {version}, migratsiya {migration}): avval oʻsha versiyani oʻrnating',
  manifestUnreadable: 'nusxa {name} shikastlangan: tavsifi oʻqilmayapti',
  partUnreadable: 'nusxa {name} shikastlangan: {file} oʻqilmayapti',
  partDiffers: 'nusxa {name} shikastlangan: {file} da {wanted} baytdan {sizeBytes} tasi bor, nazorat yigʻindisi boshqa',
  notEqual: 'nusxa {name} boshqacha tiklandi: {differences}',
  notRestored: 'nusxa {name} tiklanmayapti: {reason}',
  inUse: '{database} bazasidan hali boshqalar foydalanmoqda: xizmatlarni toʻxtating va yana tiklang',
  notReopened:
    '{database} bazasini qayta ochib ham boʻlmadi: {reason}. Server javob berganda postgres bazasida bajaring: alter database "{database}" allow_connections true',
  notDropped: 'shu tiklash yaratgan {database} bazasini oʻchirib ham boʻlmadi: {reason}',
  noMigrations: 'bazada migratsiyalar jadvali yoʻq: nusxalaydigan narsa yoʻq',
  noTime: 'baza vaqtni aytmadi',
  toolMissing: '{program} PATH da yoʻq; postgresql-client ni oʻrnating (Debian: apt-get install postgresql-client)',
  toolFailed: '{program}: tugash kodi {code}: {stderr}',
};
