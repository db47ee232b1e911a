import type { Texts } from '../../en/index.ts';

export const version: Texts['doctor']['version'] = {
  'version.node': { title: 'Node versiyasi mos' },
  'version.services': { title: 'Xizmatlar bir versiyada' },
  'version.node_old': {
    title: 'Node juda eski',
    cause: '20.19 yoki yangirogʻi kerak.',
    effect: 'Xizmatlar ishga tushmasligi mumkin.',
    fix: 'Node 24 ni oʻrnating.',
  },
  'version.api_none_alive': {
    title: 'Birorta tirik api yoʻq',
    cause: 'api xizmati ishga tushirilmagan, yiqilgan yoki boshqa bazaga qarayapti.',
    effect: 'Sahifa va fayl qabul qilish ishlamaydi; qabul qilinganini worker qayta ishlaydi.',
    fix: 'api’ni ishga tushiring; undagi DATABASE_URL shunday ekanini tekshiring.',
  },
  'version.reader_unconfined': {
    title: 'Fayl oʻqish toʻliq chegaralanmagan',
    cause:
      'Platforma toʻsiqlarning bir qismini bermaydi, ularni «koʻrindi» qatori aytadi: limits va privileges — util-linux yoʻq; network va processes — nomlar fazosi taqiqlangan va enosys yoʻq; sockets va signals — util-linux 2.40 dan eski; files — Node’da ruxsatlar modeli yoʻq.',
    effect: 'Fayllar odatdagidek oʻqiladi, lekin oʻqish dasturini buzgan faylga toʻsiq kamroq boʻladi.',
    fix: 'Dockerfile’dagi obrazdan yoki util-linux 2.40 va yangisidan foydalaning; yoki jarayonga foydalanuvchi nomlar fazosiga ruxsat bering.',
  },
  'version.api_mismatch': {
    title: 'api boshqa versiyada',
    cause: 'Joylashtirish davom etyapti yoki yarmida toʻxtagan.',
    effect: 'Javoblar kim javob berishiga bogʻliq.',
    fix: 'Joylashtirish tugashini kuting yoki uni takrorlang.',
  },
};
