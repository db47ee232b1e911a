import type { Texts } from '../../en/index.ts';

export const backup: Texts['doctor']['backup'] = {
  'backup.place': { title: 'Zaxira nusxalar bor, yangi va tekshirilgan' },
  'backup.not_configured': {
    title: 'Zaxira nusxalash sozlanmagan',
    cause: 'BACKUP_URL boʻsh.',
    effect: 'Baza yoʻqolsa, maʼlumotni qaytarib boʻlmaydi.',
    fix: 'BACKUP_URL ni bering: jild yoki s3://savat/yoʻl.',
  },
  'backup.url_invalid': {
    title: 'BACKUP_URL yaramaydi',
    cause: 'Jild, file:<jild> yoki AWS kalitlari bilan s3://savat/yoʻl kerak.',
    effect: 'Baza yoʻqolsa, maʼlumotni qaytarib boʻlmaydi.',
    fix: 'BACKUP_URL ni tuzating.',
  },
  'backup.unreachable': {
    title: 'Nusxalar joyiga yetib boʻlmaydi',
    cause: 'Jild, huquq yoki tarmoq yoʻq, yoki kalitlar notoʻgʻri.',
    effect: 'Baza yoʻqolsa, maʼlumotni qaytarib boʻlmaydi.',
    fix: 'BACKUP_URL va kalitlarni tekshiring.',
  },
  'backup.none': {
    title: 'Birorta ham nusxa yoʻq',
    cause: 'Nusxalash hali bajarilmagan.',
    effect: 'Baza yoʻqolsa, maʼlumotni qaytarib boʻlmaydi.',
    fix: 'Nusxa oling.',
  },
  'backup.stale': {
    title: 'Oxirgi nusxaga 26 soatdan oshgan',
    cause: 'Tungi nusxalash bajarilmagan.',
    effect: 'Baza yoʻqolsa, bir kundan koʻp maʼlumot yoʻqoladi.',
    fix: 'Nusxa oling va worker’ning soat 04:00 dagi jurnalini koʻring.',
  },
  'backup.unverified': {
    title: 'Birorta nusxa tiklab tekshirilmagan',
    cause: 'restore --check bajarilmagan.',
    effect: 'Nusxa tiklanadimi, nomaʼlum.',
    fix: 'Oxirgi nusxani tekshiring.',
  },
};
