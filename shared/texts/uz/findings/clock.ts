import type { Texts } from '../../en/index.ts';

export const clock: Texts['doctor']['clock'] = {
  'clock.postgres': { title: 'Soat PostgreSQL soati bilan mos' },
  'clock.redis': { title: 'Soat Redis soati bilan mos' },
  'clock.off': {
    title: 'Soatlar bir daqiqadan koʻp farq qilyapti',
    cause: 'Bu mashinaning yoki serverning soati notoʻgʻri yuryapti.',
    effect:
      'Bu xizmatning /readyz javobi — degraded; S3 imzolarni rad etadi, sertifikatlar muddati oʻtgandek koʻrinadi. Kirish PostgreSQL soati boʻyicha ishlaydi.',
    fix: 'Bu mashinada vaqt sinxronlashni (NTP) yoqing.',
  },
  'clock.drift': {
    title: 'Soatlar soniyalarga farq qilyapti',
    cause: 'Vaqt anchadan beri sinxronlanmagan.',
    effect: 'Hozircha chidasa boʻladi: bir daqiqagacha mumkin.',
    fix: 'Bu mashinada vaqt sinxronlashni (NTP) yoqing.',
  },
};
