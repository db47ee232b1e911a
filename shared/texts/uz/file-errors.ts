import type { Texts } from '../en/index.ts';

export const fileErrors: Texts['fileErrors'] = {
  empty_file: { text: 'Fayl boʻsh', hint: 'Hisobotni qaytadan oling va unda qatorlar borligini tekshiring.' },
  bad_file: {
    text: 'Faylni oʻqib boʻlmadi: u buzilgan yoki hisobot emas',
    hint: 'Hisobotni qaytadan oling, yaxshisi xlsx yoki csv koʻrinishida.',
  },
  'bad_file.not_text': {
    text: 'Bu jadval ham, matn ham emas: fayl formati nomaʼlum',
    hint: 'Hisobotni xlsx yoki csv koʻrinishida oling.',
  },
  'bad_file.truncated': {
    text: 'Fayl oxirigacha emas: toʻliq saqlanmagan yoki yuborilmagan',
    hint: 'Uni qaytadan yuklab oling.',
  },
  'bad_file.damaged': { text: 'Fayl buzilgan: mazmuni tavsifiga mos emas', hint: 'Uni qaytadan yuklab oling.' },
  'bad_file.compression': {
    text: 'Fayl kam uchraydigan, qoʻllab-quvvatlanmaydigan usulda siqilgan',
    hint: 'Uni oddiy zip qilib joylang.',
  },
  'bad_file.record_too_long': 'Fayldagi bitta yozuv {max} belgidan uzun: bu jadval emas',
  'bad_file.cell_too_long': 'Katakchalardan biri {max} belgidan uzun: bu hisobot emas',
  'bad_file.too_many_columns': {
    text: '{row}-qatorda {max} tadan koʻp ustun bor',
    hint: 'Jadvaldan oʻngdagi ortiqcha narsalarni oʻchiring.',
  },
  'bad_file.too_many_rows': { text: 'Faylda {max} tadan koʻp qator bor', hint: 'Hisobotni qisqaroq davr uchun oling.' },
  'bad_file.too_many_sheets': 'Kitobda {max} tadan koʻp varaq bor',
  'bad_file.too_many_strings': {
    text: 'Kitob matnlari {max} MB dan koʻp joy oladi',
    hint: 'Hisobotni qismlab yoki csv koʻrinishida oling.',
  },
  'bad_file.too_deep': 'Fayl elementlari {max} darajadan chuqur joylashgan',
  'bad_file.doctype': 'Faylda DOCTYPE taʼrifi bor, hisobotlarda bunday boʻlmaydi',
  'bad_file.no_sheets': 'Kitobda jadvalli varaq yoʻq',
  'bad_file.no_such_sheet': 'Kitobda “{sheet}” varagʻi yoʻq',
  'bad_file.no_tables': {
    text: 'Hujjatda ustunli jadval yoʻq',
    hint: 'Hisobotni jadval koʻrinishida oling, yaxshisi xlsx yoki csv.',
  },
  'bad_file.no_text': {
    text: 'PDF ichida matn yoʻq: bu skaner yoki surat boʻlsa kerak',
    hint: 'Hisobotni kabinetdan surat emas, fayl qilib yuklab oling.',
  },
  'bad_file.doc_rows': {
    text: 'Bu .doc hujjatida jadval qatorlarini bir-biridan ishonchli ajratib boʻlmaydi',
    hint: 'Uni Word’da ochib, docx qilib saqlang va yana yuklang.',
  },
  'bad_file.too_many_errors': {
    text: '{count} ta qator rad etildi, {max} tagacha mumkin. Oʻqish toʻxtatildi, hech narsa yuklanmadi',
    hint: 'Bu oʻsha hisobot ekanini tekshiring va birinchi xatolarni koʻring.',
  },
  'bad_file.unknown_encoding': '“{encoding}” kodirovkasi nomaʼlum',
  'bad_file.output_limit': 'Fayl juda koʻp maʼlumot beradi',
  'bad_file.unstable': {
    text: 'Fayldagi sonlar bir xil oʻqilmaydigan tarzda yozilgan',
    hint: 'Har bir ustun uchun son yozuvini oʻzingiz koʻrsating.',
  },
  'bad_file.reader_crashed': {
    text: 'Oʻqish vaqtida oʻquvchi dastur toʻxtab qoldi: ehtimol, fayl buzilgan',
    hint: 'Uni xlsx yoki csv koʻrinishida qayta saqlang.',
  },
  unsupported_format: {
    text: '{format} formati hozircha oʻqilmaydi',
    hint: 'Faylni ochib, xlsx yoki csv (UTF-8) qilib saqlang va yana yuklang.',
  },
  'unsupported_format.image': {
    text: 'Bu rasm, hisobot emas: dastur rasmdagi jadvalni oʻqimaydi',
    hint: 'Hisobotni kabinetdan fayl qilib yuklab oling, yaxshisi xlsx yoki csv.',
  },
  'unsupported_format.program': {
    text: 'Bu dastur, hisobot emas',
    hint: 'Qayerdan kelganini bilmasangiz, uni ochmang. Hisobotni kabinetdan fayl qilib yuklab oling.',
  },
  'unsupported_format.7z': {
    text: '7z arxivi ochilmaydi',
    hint: 'Uni ochib, hisobotlarni yuklang yoki ularni zip qilib joylang.',
  },
  'unsupported_format.gzip': {
    text: 'gz arxivi ochilmaydi',
    hint: 'Uni ochib, hisobotlarni yuklang yoki ularni zip qilib joylang.',
  },
  encrypted: { text: 'Fayl parol bilan himoyalangan', hint: 'Parolni olib tashlab, faylni yana yuklang.' },
  archive_limit: {
    text: 'Arxivni ochish toʻxtatildi: chegaralardan biri oshib ketdi',
    hint: 'Hisobotlarni arxivsiz yoki qismlab yuklang.',
  },
  'archive_limit.inflated': {
    text: 'Ochilgan holda fayl {max} MB dan koʻp joy oladi',
    hint: 'Hisobotlarni qismlab yuklang.',
  },
  'archive_limit.ratio': 'Fayl {max} martadan koʻp siqilgan, bunday faqat tuzoqlar siqiladi',
  'archive_limit.total_ratio': 'Arxiv {max} martadan koʻp siqilgan, bunday faqat tuzoqlar siqiladi',
  'archive_limit.overlap': 'Arxivdagi fayllar bitta joyni egallaydi, bunday faqat tuzoqlar qilinadi',
  'archive_limit.members': { text: 'Arxivda {max} tadan koʻp fayl bor', hint: 'Uni bir nechtaga boʻling.' },
  'archive_limit.member_size': {
    text: 'Arxivdagi fayl {max} MB dan katta',
    hint: 'Hisobotni qisqaroq davr uchun oling.',
  },
  archive_nested: { text: 'Arxiv ichidagi arxiv ochilmaydi', hint: 'Ichki arxivni alohida yuklang.' },
  archive_path: {
    text: 'Arxivdagi fayl nomi jilddan tashqariga olib chiqadi',
    hint: 'Hisobotlarni yoʻllarsiz qayta arxivlang.',
  },
  archive_link: { text: 'Arxivda fayl oʻrniga havola bor', hint: 'Arxivga faylning oʻzini joylang.' },
  archive_duplicate: {
    text: 'Bu arxivda shunday nomli fayl bor; birinchisi yuklandi',
    hint: 'Fayllarni qayta nomlab, yana arxivlang.',
  },
  parser_timeout: {
    text: 'Faylni oʻqish juda choʻzildi va toʻxtatildi',
    hint: 'Hisobotni qisqaroq davr uchun yoki csv koʻrinishida oling.',
  },
  parser_memory: {
    text: 'Faylni oʻqish uchun ajratilgan xotira yetmadi',
    hint: 'Hisobotni qisqaroq davr uchun yoki csv koʻrinishida oling.',
  },
  poison: {
    text: 'Faylni qayta ishlash koʻp marta uzildi va boshqa takrorlanmaydi',
    hint: 'Qayta ishlashni qoʻlda takrorlang; yordam bermasa, administratorga ayting.',
  },
  stored_file_missing: {
    text: 'Faylning saqlangan maʼlumotlari omborda topilmadi',
    hint: 'Faylni yana yuklang va administratorga ayting: ombor maʼlumotni yoʻqotgan.',
  },
  user_blocked: 'Faylni yuklagan foydalanuvchi bloklangan, fayl qayta ishlanmadi',
  preview_expired: {
    text: 'Koʻrilgan fayl bir hafta ichida qoʻllanmadi, u hech narsani oʻzgartirmadi',
    hint: 'Yana koʻrish uchun uni qaytadan ishga tushiring.',
  },
};
