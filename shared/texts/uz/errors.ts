import type { Texts } from '../en/index.ts';

export const errors: Texts['errors'] = {
  validation_failed: 'Soʻrov notoʻgʻri tuzilgan',
  unauthenticated: 'Avval kiring',
  token_revoked: 'Bu kirish bekor qilingan, qaytadan kiring',
  forbidden: 'Bunga huquqingiz yoʻq',
  approval_pending: 'Arizangiz administrator tasdigʻini kutmoqda',
  order_undone: 'Bu buyurtma endi yoʻq: uni olib kelgan yuklash bekor qilingan',
  file_expired:
    'Bu fayl endi saqlanmaydi: u yuklanmagan yoki yuklash bekor qilingan, saqlash muddati tugagan. Uni qaytadan yuboring',
  not_found: 'Topilmadi',
  conflict: 'Hozir buning iloji yoʻq: holat oʻzgargan',
  file_too_large: 'Fayl ruxsat etilgan {maxMb} MB dan katta',
  too_many_files: 'Bir martada fayllar juda koʻp: {maxFiles} tagacha mumkin',
  unsupported_media_type: 'Fayllar multipart/form-data koʻrinishida yuboriladi',
  rate_limited: 'Soʻrovlar juda koʻp, {retryAfterS}dan soʻng urinib koʻring',
  internal: 'Serverda nosozlik yuz berdi; soʻrov raqamini ayting',
  service_unavailable: 'Xizmat vaqtincha ishlamayapti, {retryAfterS}dan soʻng urinib koʻring',
};
