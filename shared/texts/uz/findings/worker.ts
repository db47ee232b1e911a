import type { Texts } from '../../en/index.ts';

export const worker: Texts['doctor']['worker'] = {
  'worker.alive': { title: 'Ishchi tirik va fayllarni olyapti' },
  'worker.none_alive': {
    title: 'Birorta tirik ishchi yoʻq',
    cause: 'worker xizmati ishga tushirilmagan, yiqilgan yoki boshqa bazaga qarayapti.',
    effect: 'Fayllar navbatda oʻn soniya kutadi, keyin ularni api’ning oʻzi sekinroq oladi. Hech narsa yoʻqolmaydi.',
    fix: 'worker’ni ishga tushiring; undagi DATABASE_URL va REDIS_URL shunday ekanini tekshiring.',
  },
  'worker.stuck': {
    title: 'Ishchi bor, lekin qimirlamayapti',
    cause: 'Jarayon qotgan yoki toʻxtatilgan: ulanishni ushlab turibdi, lekin javob bermaydi va vazifa olmaydi.',
    effect: 'Fayllar navbatda oʻn soniya kutadi, keyin ularni api’ning oʻzi sekinroq oladi. Hech narsa yoʻqolmaydi.',
    fix: 'worker’ni qayta ishga tushiring.',
  },
  'worker.redis_differs': {
    title: 'Ishchi bu yerdan koʻrinayotgan Redis’ni koʻrmayapti',
    cause: 'Unda REDIS_URL boshqa, parol eskirgan yoki tarmoq yoʻq.',
    effect: 'Fayllar navbatda oʻn soniya kutadi, keyin ularni api’ning oʻzi sekinroq oladi. Hech narsa yoʻqolmaydi.',
    fix: 'worker’ga oʻsha REDIS_URL ni bering va qayta ishga tushiring.',
  },
  'worker.version_mismatch': {
    title: 'Ishchi boshqa versiyada',
    cause: 'Xizmatlarning faqat bittasi joylashtirilgan.',
    effect: 'Fayllar eski qoidalar bilan ishlanadi.',
    fix: 'api va worker’ni bitta kommitdan joylashtiring.',
  },
  'worker.files_retrying': {
    title: 'Fayllar qayta urinilmoqda: ularga nimadir xalaqit berdi',
    cause: 'Baza yoki ombor javob bermadi yoki hech kim kutmagan xato yuz berdi; sabablari «koʻrindi» qatorida.',
    effect:
      'Bu fayllar hali yuklanmagan; ular oʻzi qayta urinadi, tanaffuslar bir daqiqagacha uzayadi. Hech narsa yoʻqolmaydi.',
    fix: 'Koʻrsatilgan sababni bartaraf eting; agar u internal boʻlsa, jurnalga qarang: event=file_retried.',
  },
};
