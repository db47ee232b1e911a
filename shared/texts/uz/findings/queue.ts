import type { Texts } from '../../en/index.ts';

export const queue: Texts['doctor']['queue'] = {
  'queue.rows': { title: 'Navbat: PostgreSQL maʼlumoti boʻyicha' },
  'queue.jobs': { title: 'Navbat: Redis maʼlumoti boʻyicha' },
  'queue.backlog_old': {
    title: 'Fayl oʻn daqiqadan koʻp kutyapti',
    cause: 'Ishchilar kam, katta fayl bilan band yoki toʻxtab qolgan.',
    effect: 'Fayllar odatdagidan uzoq kutadi; birortasi ham yoʻqolmaydi.',
    fix: 'Ishchilarni tekshiring; WORKER_CONCURRENCY ni oshiring yoki yana bitta worker qoʻshing.',
  },
  'queue.stalled': {
    title: 'Fayl ishlanmoqda deb turibdi, lekin uni hech kim ushlab turgani yoʻq',
    cause: 'Ishchi oʻlgan, faylni hali hech kim olmagan: navbatni birorta xizmat kuzatmayapti.',
    effect: 'Fayllar odatdagidan uzoq kutadi; birortasi ham yoʻqolmaydi.',
    fix: 'api yoki worker’ni ishga tushiring: ular faylni oʻzi oladi.',
  },
  'queue.poison': {
    title: 'Fayl chetga olindi: unda oʻnta ishchi oʻldi',
    cause: 'Fayl qayta ishlashni uzib qoʻyadi.',
    effect: 'Bu fayl yuklanmagan; qolganlariga taʼsiri yoʻq.',
    fix: 'Faylni koʻring; sahifadan yoki POST /files/:id/retry bilan takrorlang.',
  },
  'queue.paused': {
    title: 'Navbat pauzaga qoʻyilgan',
    cause: 'Uni qoʻlda toʻxtatishgan.',
    effect: 'Redis ham, ishchilar ham joyida, lekin ular fayl olmaydi.',
    fix: 'Pauzani oling; buni doctor --fix bajaradi.',
  },
};
