import type { Texts } from '../en/index.ts';

export const notices: Texts['notices'] = {
  monitor_changed: '{target}: {to} (avval: {from}; sabab: {reason})',
  daily_report:
    '{day} hisoboti: {orders} ta buyurtma, {sum} soʻm, yuklangan fayllar {files}, yuklanmagani {failed}, eʼtibor talab qiladi {open}',
  errors: 'Bir soat ichida yuklanmagan fayllar: {failed}, rad etilgan qatorlar: {rejected}',
  machines_failing: '24 soatdagi buyurtmalarining yarmidan koʻpi berilmagan yoki qaytarilgan avtomatlar: {machines}',
  backup_failed: 'Zaxira nusxa olinmadi: {reason}',
  disk_nearly_full: 'Diskning {percent}\u00a0% qismi band: {path}',
  guessed_often:
    '{user}-foydalanuvchi parolini taxmin qilishyapti: bir soatda turli manzillardan {failures} ta muvaffaqiyatsiz urinish',
  audit_broken:
    'Amallar jurnali dasturni chetlab oʻzgartirilgan ({reason}), zanjirning {seq}-oʻrni. Tekshiring: npm run audit:verify',
  rows_refused: '“{file}” fayli: qayta ishlashni buzgan va rad etilgan qatorlar: {count} (kod: {reason})',
  stored_file_missing:
    '“{name}” faylining saqlangan maʼlumotlari yoʻqolgan, fayl yuklanmadi. Omborni tekshiring (npm run doctor) va faylni yana yuklang',
  days_missing: 'Hisobotlar yuklanmagan:\n{missing}',
  intake_folder: 'Hisobotlar papkasi, {subject}: {reason}',
  intake_mail: 'Hisobotlar pochtasi, {subject}: {reason}',
  nothing_loaded: 'Ikki soatdan ortiq kutayotgan fayllar: {count}',
};

export const noticeWords: Texts['noticeWords'] = {
  postgres: 'Maʼlumotlar bazasi',
  redis: 'Redis',
  worker: 'Fayllarni qayta ishlash',
  healthy: 'ishlayapti',
  degraded: 'sekin',
  critical: 'uzilib-uzilib ishlayapti',
  offline: 'ishlamayapti',
  ok: 'yana javob beryapti',
  no_answer: 'javob bermayapti',
  none_alive: 'birortasi ham ishlamayapti',
};
