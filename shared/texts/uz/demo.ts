import type { Texts } from '../en/index.ts';

export const demo: Texts['operations']['demo'] = {
  usage: `foydalanish: npm run demo yoki npm start
  demo butun mahsulotni oʻylab topilgan oy bilan ishga tushiradi; start — oysiz, DATABASE_URL va REDIS_URL berilgan
  boʻlsa, oʻshalar bilan. PORT — qaysi portda (3000). Ctrl-C tugatadi.`,
  badPort: 'PORT — 0 dan 65535 gacha son, {port} emas',
  portTaken: '{port}-port band: boshqasini tanlang, masalan PORT={next} npm run demo',
  runsAlready: 'allaqachon ishlayapti (jarayon {pid}); avval uni toʻxtating, agar bunday boʻlmasa, {path} ni oʻchiring',
  building: 'yigʻilmoqda: {part}…',
  services: 'xizmatlar',
  page: 'sahifa',
  programsCopied:
    'PostgreSQL “{account}” foydalanuvchisi nomidan ishlaydi, bu papka unga yopiq: dasturlar {folder} ga nusxalandi',
  dataSetAside: 'endi yoʻq papkaning eski maʼlumotlari {folder} ga olib qoʻyildi',
  dataElsewhere: 'PostgreSQL maʼlumotlarni {folder} da saqlaydi',
  postgres: 'PostgreSQL {port}-portda ({ms} ms)',
  noRedis: 'redis-server PATH da yoʻq: fayllarni api ning oʻzi ishlaydi',
  redis: 'redis-server {port}-portda',
  migrated: 'migratsiyalar: {said}',
  migrateFailed: 'migratsiyalar bajarilmadi ({exit}):\n{log}',
  api: 'api: {url}',
  apiAndWorker: 'api: {url}, yonida worker',
  endedByItself: '{name}: jarayon oʻzi tugadi ({exit}); jurnalining oxiri:\n{log}',
  ended: '{name}: jarayon tugadi ({exit}):\n{log}',
  notReady: '{name}: {ms} ms dan keyin ham tayyor emas: {last}',
  loadedBefore: 'avval yuklangan',
  open: 'Oching:  {url}',
  signIn: 'Kirish:  {who}',
  onlyWithoutAdmin: '(faqat bazada hali administrator boʻlmasa yaratilgan)',
  ready: '{seconds} soniyada tayyor; Ctrl-C hammasini toʻxtatadi',
  stopping: 'toʻxtatilmoqda…',
  stopped: 'toʻxtatildi',
};

export const demoTable: Texts['operations']['demoTable'] = {
  status: 'kod',
  meaning: 'holat',
  count: 'soni',
  sum: 'soʻm',
};
