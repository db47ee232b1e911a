import type { Texts } from '../../en/index.ts';

export const postgresRecords: Texts['doctor']['postgresRecords'] = {
  'postgres.audit_broken': {
    title: 'Amallar jurnali dasturni chetlab oʻzgartirilgan',
    cause:
      'api eslab qolgan muhr yoʻq yoki oʻrnida boshqasi bor: qatorlar yoki muhrlar oʻchirilgan, almashtirilgan yoki baza nusxadan tiklangan.',
    effect:
      'Uzilishdan oldingisini jurnal endi isbotlamaydi; yangi zanjir boshlangan, birinchi qatori uzilishni aytadi.',
    fix: 'Zanjirni tekshiring va baza egasi huquqi kimda boʻlganini aniqlang. Nusxadan tiklashdan keyin uzilish kutilgan holat.',
  },
  'postgres.audit_unsealed': {
    title: 'Amallar jurnalini hech kim muhrlamayapti',
    cause: 'api’da AUDIT_KEY berilmagan yoki birorta ham api ishlamayapti.',
    effect: 'Bu qatorlar almashtirilsa, bilinmaydi.',
    fix: 'api’ga 32 tasodifiy belgili AUDIT_KEY bering va uni qayta ishga tushiring.',
  },
  'postgres.dangling_records': {
    title: 'Yozuvlar yoʻq narsaga ishora qiladi',
    cause:
      'Buyurtmalar yoki fayllar dasturni chetlab oʻchirilgan yoki nusxa toʻliq tiklanmagan; qayerda va nechta ekani «koʻrindi» qatorida.',
    effect: 'Bu yozuvlar roʻyxat va yigʻindilarda yoʻq; hisobot qatori ochilmaydi.',
    fix: 'Bazani shundan oldin olingan nusxadan tiklang. Baza bundan keyingi oʻchirishlarga yoʻl qoʻymaydi.',
  },
};
