import type { Texts } from '../../en/index.ts';

export const anyArea: Texts['doctor']['anyArea'] = {
  check_timeout: {
    title: 'Tekshiruv vaqtida tugamadi',
    cause: 'Bu sohada nimadir juda sekin javob beryapti.',
    effect: 'Bu sohaning qolgani haqida hech narsa maʼlum emas.',
    fix: 'Faqat shu sohani takrorlang.',
  },
  check_crashed: {
    title: 'Tekshiruvning oʻzi buzildi',
    cause: 'Tekshiruv kodida xato.',
    effect: 'Bu soha haqida hech narsa maʼlum emas.',
    fix: '«koʻrindi» qatorini dasturchilarga yuboring.',
  },
};
