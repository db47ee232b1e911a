import type { Texts } from '../../en/index.ts';

export const jwt: Texts['doctor']['jwt'] = {
  'jwt.secrets': { title: 'Imzo maxfiy soʻzlari berilgan va mustahkam' },
  'jwt.sign_verify': { title: 'Token yaratildi va tekshirildi' },
  'jwt.secret_missing': {
    title: 'JWT_SECRETS berilmagan',
    cause: 'Tayyor maxfiy soʻz ataylab qoʻyilmagan.',
    effect: 'api ishga tushmaydi.',
    fix: 'Yangi maxfiy soʻz yarating va JWT_SECRETS ga yozing.',
  },
  'jwt.malformed': {
    title: 'JWT_SECRETS kid:maxfiy koʻrinishida emas',
    cause: 'kid:maxfiy[,kid:maxfiy…] kerak, kalit nomlari har xil boʻlsin.',
    effect: 'api ishga tushmaydi.',
    fix: 'Yangi maxfiy soʻz yarating va JWT_SECRETS ga yozing.',
  },
  'jwt.secret_short': {
    title: 'Maxfiy soʻz 32 belgidan qisqa',
    cause: 'Qisqa soʻzni tanlab topish mumkin.',
    effect: 'api ishga tushmaydi.',
    fix: 'Yangi maxfiy soʻz yarating va JWT_SECRETS ga yozing.',
  },
  'jwt.secret_default': {
    title: 'Maxfiy soʻz hammaga maʼlum tayyor qiymat',
    cause: 'U misollar va lugʻatlarda bor.',
    effect: 'api ishga tushmaydi.',
    fix: 'Yangi maxfiy soʻz yarating va JWT_SECRETS ga yozing.',
  },
  'jwt.secret_repeated': {
    title: 'Maxfiy soʻz bitta soʻzning koʻp takrori',
    cause: 'Uzunligi bor, tasodifiyligi yoʻq.',
    effect: 'api ishga tushmaydi.',
    fix: 'Yangi maxfiy soʻz yarating va JWT_SECRETS ga yozing.',
  },
  'jwt.secret_low_entropy': {
    title: 'Maxfiy soʻzda har xil belgi juda kam',
    cause: 'Kamida 6 xil belgi kerak.',
    effect: 'api ishga tushmaydi.',
    fix: 'Yangi maxfiy soʻz yarating va JWT_SECRETS ga yozing.',
  },
  'jwt.secret_weak': {
    title: 'Maxfiy soʻz bir-ikki turdagi belgidan iborat',
    cause: 'Toʻrt turdan uchtasidan kam: kichik harf, katta harf, raqam, belgi.',
    effect: 'Ishlaydi; lekin uni tanlab topish tasodifiysidan osonroq.',
    fix: 'JWT_SECRETS oxiriga yangi kalit qoʻshing, keyin uni birinchi qiling.',
  },
  'jwt.round_trip_failed': {
    title: 'Yaratilgan token tekshiruvdan oʻtmayapti',
    cause: 'Soat orqaga ketyapti yoki kalitlar yaroqsiz.',
    effect: 'Hech kim kira olmaydi.',
    fix: 'Soatni tekshiring va yangi kalit yarating.',
  },
};
