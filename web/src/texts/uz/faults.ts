import type { Messages } from '../ru/index.ts';

export const faultsTexts: Pick<Messages, 'reasons' | 'codes'> = {
  /** What a refusal's `details.reason` means to the reader. */
  reasons: {
    wrong_credentials: 'Pochta yoki parol mos kelmadi.',
    user_blocked: 'Bu hisob bloklangan. Administratorga murojaat qiling.',
    wrong_password: 'Hozirgi parol notoʻgʻri koʻrsatilgan.',
    last_admin: 'Bu oxirgi administrator: kimdir qolishi kerak.',
    yourself: 'Oʻzingizni bloklab boʻlmaydi.',
    too_many_tokens: 'Kalitlar juda koʻp: keraksizlarini bekor qiling.',
    invitation_ended:
      'Havola ishlatilgan, yangisi bilan almashtirilgan yoki muddati tugagan. Administratordan boshqasini soʻrang.',
    weak_password: 'Bunday parolni birinchi boʻlib topishadi. Boshqasini oʻylab toping.',
    email_known: 'Bunday pochtali hisob allaqachon bor.',
    not_approved: 'Avval bu odamni tasdiqlang yoki blokdan chiqaring.',
    no_email: 'Bu odamning pochtasi yoʻq: u Telegram orqali kiradi.',
    undo_at_work: 'Bu yuklash allaqachon bekor qilinmoqda: tugashini kuting.',
    nothing_to_undo: 'Bekor qiladigan narsa yoʻq: hech narsa yuklanmagan yoki hammasi bekor qilingan.',
  },
  codes: {
    network: 'Server javob bermayapti. Aloqani tekshiring; maʼlumotlar yoʻqolmagan.',
    internal: 'Serverda nosozlik yuz berdi. Yana urinib koʻring.',
    not_found: 'Topilmadi: oʻchirilgan yoki havola eskirgan boʻlishi mumkin.',
    service_unavailable: 'Xizmat vaqtincha ishlamayapti. Bir daqiqadan soʻng urinib koʻring.',
  },
};
