import type { Texts } from '../../en/index.ts';

export const disk: Texts['doctor']['disk'] = {
  'disk.space': { title: 'Disklarda joy yetarli' },
  'disk.nearly_full': {
    title: 'Diskning 90 foizdan koʻpi band',
    cause: 'Joyni fayllar, nusxalar yoki jurnallar egallagan.',
    effect: 'Tez orada yuklash rad etila boshlaydi.',
    fix: 'Joy boʻshating yoki diskni kattalashtiring.',
  },
  'disk.full': {
    title: 'Disk toʻlgan',
    cause: 'Boʻsh joy 2 foizdan kam.',
    effect: 'Yuklash rad etiladi.',
    fix: 'Joy boʻshating yoki diskni kattalashtiring.',
  },
};
