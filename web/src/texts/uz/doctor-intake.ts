import type { DoctorWords } from './doctor-network.ts';

/** What the doctor says of the watched folder and the mailbox. */
const serviceWontStart = 'Xizmat ishga tushmaydi.';
const noFolder = 'Papkadagi fayllar yuklanmaydi.';
const noMail = 'Pochtadagi hisobotlar yuklanmaydi.';
const noIntake = 'Papka ham, pochta ham hech narsa yuklamaydi.';

export const uzDoctorIntake: Record<string, DoctorWords> = {
  'intake.folder': ['Hisobotlar papkasini oʻqish va yozish mumkin'],
  'intake.mail': ['Hisobotlar pochtasi ochilyapti'],
  'intake.looking': ['Papka va pochta kuzatilyapti'],
  'intake.not_configured': [
    'Papka ham, pochta ham sozlanmagan',
    'INTAKE_DIR va INTAKE_IMAP_URL boʻsh.',
    'Hisobotlar qoʻlda yuklanadi.',
    'Qanday sozlash: docs/intake.md.',
  ],
  'intake.setting_invalid': [
    'Papka yoki pochta sozlamasi yaramaydi',
    'Oʻzgaruvchi toʻliq emas yoki notoʻgʻri yozilgan.',
    serviceWontStart,
    'Oʻzgaruvchini tuzating: docs/config.md.',
  ],
  'intake.user_unknown': [
    'INTAKE_USER nomaʼlum',
    'Bunday pochtali foydalanuvchi yoʻq.',
    noIntake,
    'Uni yarating yoki INTAKE_USER ni tuzating.',
  ],
  'intake.user_not_allowed': [
    'INTAKE_USER fayl yuklay olmaydi',
    'Foydalanuvchi tasdiqlanmagan, bloklangan yoki operatordan past.',
    noIntake,
    'Unga operator rolini bering.',
  ],
  'intake.folder_missing': [
    'INTAKE_DIR papkasi yoʻq',
    'Yoʻl notoʻgʻri yoki tarmoq papkasi ulanmagan.',
    noFolder,
    'Papkani yarating yoki ulang.',
  ],
  'intake.not_a_folder': ['INTAKE_DIR papka emas', 'Bu yoʻlda fayl turibdi.', noFolder, 'Papkani koʻrsating.'],
  'intake.folder_not_writable': [
    'INTAKE_DIR papkasiga yozib boʻlmaydi',
    'Huquq yoʻq, disk faqat oʻqish uchun yoki toʻlgan; fayllarni processed va failed ga koʻchirish kerak.',
    noFolder,
    'Xizmat foydalanuvchisiga papka huquqini bering.',
  ],
  'intake.imap_unreachable': [
    'Pochta serveriga ulanib boʻlmaydi',
    'Xost yoki port notoʻgʻri, server jim yoki sertifikatiga ishonch yoʻq.',
    noMail,
    'INTAKE_IMAP_URL dagi xost va portni tekshiring; oʻz sertifikat markazi NODE_EXTRA_CA_CERTS bilan beriladi.',
  ],
  'intake.imap_login': [
    'Pochta serveri nom yoki parolni qabul qilmayapti',
    'Parol oʻzgargan, ilova paroli kerak yoki belgilar kodlanmagan (@ oʻrniga %40).',
    noMail,
    'INTAKE_IMAP_URL ni qaytadan bering.',
  ],
  'intake.mailbox_missing': [
    'Pochtada bunday papka yoʻq',
    'INTAKE_IMAP_URL dagi yoʻl notoʻgʻri.',
    noMail,
    'INBOX yoki mavjud papkani koʻrsating.',
  ],
  'intake.not_looking': [
    'Papka yoki pochtani hech kim kuzatmayapti',
    'Bu sozlamali birorta api ikki daqiqadan beri ishlamayapti.',
    'Hisobotlar kutmoqda.',
    'api ni ishga tushiring va jurnalini koʻring.',
  ],
  'intake.stuck': [
    'Ayrim fayl yoki xatlarni olib boʻlmayapti',
    'Sababi nomi yonida yozilgan.',
    'Ular kutadi, qolganlari yuklanadi.',
    'Sababini bartaraf eting; takrorlash shart emas.',
  ],
  'intake.left_alone': [
    'Ayrim fayl yoki xatlarga tegilmadi',
    'Havolalar, ichki papkalar; begonalarning, hisobotsiz yoki DMARC dan oʻtmagan xatlar.',
    'Ular joyida qoladi.',
    'Kerak boʻlsa: docs/intake.md.',
  ],
  'intake.mail_silent': [
    'Bir haftadan beri hisobotli xat kelmadi',
    'Yuboruvchilar toʻxtagan yoki pochta qoidasi xatlarni boshqa papkaga solyapti.',
    'Bu manbalarning hisobotlari yangilanmayapti.',
    'Pochta qutisini va INTAKE_MAIL_FROM ni tekshiring.',
  ],
};
