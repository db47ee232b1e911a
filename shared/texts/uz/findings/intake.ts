import type { Texts } from '../../en/index.ts';

export const intake: Texts['doctor']['intake'] = {
  'intake.folder': { title: 'Hisobotlar papkasini oʻqish va yozish mumkin' },
  'intake.mail': { title: 'Hisobotlar pochtasi ochilyapti' },
  'intake.looking': { title: 'Papka va pochta kuzatilyapti' },
  'intake.not_configured': {
    title: 'Papka ham, pochta ham sozlanmagan',
    cause: 'INTAKE_DIR va INTAKE_IMAP_URL boʻsh.',
    effect: 'Hisobotlar qoʻlda yuklanadi.',
    fix: 'Qanday sozlash: docs/intake.md.',
  },
  'intake.setting_invalid': {
    title: 'Papka yoki pochta sozlamasi yaramaydi',
    cause: 'Oʻzgaruvchi toʻliq emas yoki notoʻgʻri yozilgan.',
    effect: 'Xizmat ishga tushmaydi.',
    fix: 'Oʻzgaruvchini tuzating: docs/config.md.',
  },
  'intake.user_unknown': {
    title: 'INTAKE_USER nomaʼlum',
    cause: 'Bunday pochtali foydalanuvchi yoʻq.',
    effect: 'Papka ham, pochta ham hech narsa yuklamaydi.',
    fix: 'Uni yarating yoki INTAKE_USER ni tuzating.',
  },
  'intake.user_not_allowed': {
    title: 'INTAKE_USER fayl yuklay olmaydi',
    cause: 'Foydalanuvchi tasdiqlanmagan, bloklangan yoki operatordan past.',
    effect: 'Papka ham, pochta ham hech narsa yuklamaydi.',
    fix: 'Unga operator rolini bering.',
  },
  'intake.folder_missing': {
    title: 'INTAKE_DIR papkasi yoʻq',
    cause: 'Yoʻl notoʻgʻri yoki tarmoq papkasi ulanmagan.',
    effect: 'Papkadagi fayllar yuklanmaydi.',
    fix: 'Papkani yarating yoki ulang.',
  },
  'intake.not_a_folder': {
    title: 'INTAKE_DIR papka emas',
    cause: 'Bu yoʻlda fayl turibdi.',
    effect: 'Papkadagi fayllar yuklanmaydi.',
    fix: 'Papkani koʻrsating.',
  },
  'intake.folder_not_writable': {
    title: 'INTAKE_DIR papkasiga yozib boʻlmaydi',
    cause: 'Huquq yoʻq, disk faqat oʻqish uchun yoki toʻlgan; fayllarni processed va failed ga koʻchirish kerak.',
    effect: 'Papkadagi fayllar yuklanmaydi.',
    fix: 'Xizmat foydalanuvchisiga papka huquqini bering.',
  },
  'intake.imap_unreachable': {
    title: 'Pochta serveriga ulanib boʻlmaydi',
    cause: 'Xost yoki port notoʻgʻri, server jim yoki sertifikatiga ishonch yoʻq.',
    effect: 'Pochtadagi hisobotlar yuklanmaydi.',
    fix: 'INTAKE_IMAP_URL dagi xost va portni tekshiring; oʻz sertifikat markazi NODE_EXTRA_CA_CERTS bilan beriladi.',
  },
  'intake.imap_login': {
    title: 'Pochta serveri nom yoki parolni qabul qilmayapti',
    cause: 'Parol oʻzgargan, ilova paroli kerak yoki belgilar kodlanmagan (@ oʻrniga %40).',
    effect: 'Pochtadagi hisobotlar yuklanmaydi.',
    fix: 'INTAKE_IMAP_URL ni qaytadan bering.',
  },
  'intake.mailbox_missing': {
    title: 'Pochtada bunday papka yoʻq',
    cause: 'INTAKE_IMAP_URL dagi yoʻl notoʻgʻri.',
    effect: 'Pochtadagi hisobotlar yuklanmaydi.',
    fix: 'INBOX yoki mavjud papkani koʻrsating.',
  },
  'intake.not_looking': {
    title: 'Papka yoki pochtani hech kim kuzatmayapti',
    cause: 'Bu sozlamali birorta api ikki daqiqadan beri ishlamayapti.',
    effect: 'Hisobotlar kutmoqda.',
    fix: 'api ni ishga tushiring va jurnalini koʻring.',
  },
  'intake.stuck': {
    title: 'Ayrim fayl yoki xatlarni olib boʻlmayapti',
    cause: 'Sababi nomi yonida yozilgan.',
    effect: 'Ular kutadi, qolganlari yuklanadi.',
    fix: 'Sababini bartaraf eting; takrorlash shart emas.',
  },
  'intake.left_alone': {
    title: 'Ayrim fayl yoki xatlarga tegilmadi',
    cause: 'Havolalar, ichki papkalar; begonalarning, hisobotsiz yoki DMARC dan oʻtmagan xatlar.',
    effect: 'Ular joyida qoladi.',
    fix: 'Kerak boʻlsa: docs/intake.md.',
  },
  'intake.mail_silent': {
    title: 'Bir haftadan beri hisobotli xat kelmadi',
    cause: 'Yuboruvchilar toʻxtagan yoki pochta qoidasi xatlarni boshqa papkaga solyapti.',
    effect: 'Bu manbalarning hisobotlari yangilanmayapti.',
    fix: 'Pochta qutisini va INTAKE_MAIL_FROM ni tekshiring.',
  },
};
