import type { Texts } from '../../en/index.ts';

export const storage: Texts['doctor']['storage'] = {
  'storage.address': { title: 'STORAGE_URL tushunarli' },
  'storage.write_read': { title: 'Omborga fayl yozildi va oʻqildi' },
  'storage.shared': { title: 'Yuklangan fayllar bu yerdan koʻrinadi' },
  'storage.url_invalid': {
    title: 'STORAGE_URL yaramaydi',
    cause: 'file:<jild>, postgres: yoki AWS kalitlari bilan s3://savat/yoʻl kerak.',
    effect: 'Xizmat ishga tushmaydi.',
    fix: 'STORAGE_URL ni tuzating.',
  },
  'storage.not_writable': {
    title: 'Omborga yozib boʻlmaydi',
    cause: 'Jild yoki huquq yoʻq, disk ulanmagan yoki savat rad etyapti.',
    effect: 'Yuklash rad etiladi.',
    fix: 'Xizmat foydalanuvchisiga jild huquqini bering yoki boshqa jild koʻrsating.',
  },
  'storage.full': {
    title: 'Omborda joy tugagan',
    cause: 'Disk yoki kvota toʻlgan.',
    effect: 'Yuklash rad etiladi.',
    fix: 'Joy boʻshating.',
  },
  'storage.bucket_denied': {
    title: 'Savat kiritmayapti',
    cause: 'AWS kalitlari notoʻgʻri yoki savatga huquq bermaydi.',
    effect: 'Yuklash rad etiladi.',
    fix: 'Savat kalitlarini qaytadan nusxalang.',
  },
  'storage.bucket_missing': {
    title: 'Bunday savat yoʻq',
    cause: 'Savat nomi yoki endpoint notoʻgʻri.',
    effect: 'Yuklash rad etiladi.',
    fix: 'STORAGE_URL ni tuzating.',
  },
  'storage.refused': {
    title: 'Ombor serveri ulanishni qabul qilmayapti',
    cause: 'endpoint manzili yoki porti notoʻgʻri, yoki server toʻxtatilgan.',
    effect: 'Yuklash rad etiladi.',
    fix: 'STORAGE_URL ichidagi endpoint’ni va serverning oʻzini tekshiring.',
  },
  'storage.no_answer': {
    title: 'Ombor serveri jim',
    cause: 'Ulanish bor yoki kutilmoqda, javob yoʻq: server qotgan yoki tarmoq oʻtkazmayapti.',
    effect: 'Yuklash bir necha soniyadan keyin rad etiladi, fayllar kutadi.',
    fix: 'Ombor serverini qayta ishga tushiring yoki tarmoqni tekshiring.',
  },
  'storage.server_error': {
    title: 'Ombor serveri xato bilan javob beryapti',
    cause: 'Uning yuklamasi ortiq, u taʼmirda yoki buzilgan.',
    effect: 'Yuklash rad etiladi, qabul qilingan fayllar kutadi.',
    fix: 'Kuting; oʻtib ketmasa, ombor taʼminotchisidan soʻrang.',
  },
  'storage.not_shared': {
    title: 'api va worker’ning ombori umumiy emas',
    cause: 'Har biri oʻz jildiga yozadi: Railway’dagi disk bitta xizmatga tegishli.',
    effect: 'Bir xizmat qabul qilgan faylni boshqasi topa olmaydi.',
    fix: 'Ikkala xizmatga STORAGE_URL=postgres: yoki bitta s3:// savatni bering.',
  },
  'storage.bytes_missing': {
    title: 'Yuklangan fayllarning bir qismi omborda yoʻq',
    cause: 'Fayllar qoʻlda oʻchirilgan yoki STORAGE_URL almashtirilgan.',
    effect: 'Bu fayllarni yuklab olib ham, qayta ishlab ham boʻlmaydi.',
    fix: 'Avvalgi STORAGE_URL ni qaytaring yoki fayllarni nusxadan tiklang.',
  },
};
