import type { Texts } from '../en/index.ts';

export const questions: Texts['questions'] = {
  source_unknown: {
    text: 'Bu qaysi hisobot ekanini aniq bilib boʻlmadi: tanish ustunlar {percent}\u00a0% dan oshmaydi',
    hint: 'Manbani tanlang va qaysi ustunda nima borligini koʻrsating. Yoki hisobotni tizim bergan koʻrinishda yuklang.',
  },
  source_ambiguous: {
    text: 'Hisobot bir nechta manbaga birdek oʻxshaydi: {sources}. Qaysi biri?',
    hint: 'Manbani tanlang. Tanlovni shunday ustunli fayllar uchun eslab qolish mumkin.',
  },
  source_incomplete: {
    text: '{source} hisobotiga oʻxshaydi, lekin qatorlar uchun zarur ustun yoʻq: {headers}',
    hint: 'Bu qaysi ustunda yozilganini koʻrsating yoki hisobotni hamma ustunlari bilan oling.',
  },
  source_not_exclusive: {
    text: 'Bu {source} hisoboti boʻlishi mumkin, lekin ustunlari boshqa hisobotlarda ham uchraydi. Shumi?',
    hint: 'Manbani tasdiqlang yoki boshqasini tanlang.',
  },
  mapping_drift: {
    text: '{source} hisobotining qaysi ustunida nima borligi eslab qolingan, lekin ustunlar oʻzgargan. Yangi: {added}. Yoʻqolgan: {removed}',
    hint: 'Bu oʻsha hisobot boʻlsa, oʻzgarishni qabul qiling yoki ustunlarni qaytadan koʻrsating.',
  },
  records_would_be_replaced: {
    text: '{rows} ta qatordan {count} tasi shu raqamli boshqa yozuvlarni almashtirib yuborardi. Masalan: {samples}',
    hint: 'Raqamlash qaytadan boshlangan boʻlsa, qatorlarni yangi deb yuklang. Tuzatilgan hisobot boʻlsa, yozuvlarni almashtiring. Aks holda faylni bekor qiling.',
  },
  times_without_clock: {
    text: '“{column}” ustunida deyarli faqat vaqtsiz sanalar bor: {rows} tadan {count} tasi. Ular yarim tun deb yuklansinmi?',
    hint: 'Vaqtsiz buyurtma va toʻlovlarni solishtirib boʻlmaydi. Hisobotni vaqti bilan oling; boʻlmasa, yarim tunni tasdiqlang.',
  },
  date_order_ambiguous: {
    text: '“{column}” ustunidagi sanalarni ikki xil oʻqish mumkin, masalan {value}: avval kun ({dayFirstDays} kun) yoki avval oy ({monthFirstDays} kun)?',
    hint: 'Qaysi biri birinchi turishini ayting. Amerika Exceli avval oyni yozadi.',
  },
};
