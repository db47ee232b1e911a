import type { Messages } from '../ru/index.ts';

export const previewTexts: Pick<Messages, 'preview'> = {
  preview: {
    only: 'Avval nima oʻzgarishini koʻrsatish',
    onlyHint: 'Fayllar toʻliq tekshiriladi, lekin siz qoʻllamaguningizcha hech narsani oʻzgartirmaydi.',
    look: '{n} ta faylni koʻrish',
    waits: 'Hali hech narsa oʻzgarmadi. Bu fayllar qoʻllansa, quyidagilar oʻzgaradi.',
    apply: 'Qoʻllash',
    discard: 'Qoʻllamaslik',
    would: 'Nima oʻzgaradi',
    nothing: 'Birorta buyurtma yoki holat oʻzgarmaydi.',
    ordersNew: '{n} ta yangi buyurtma',
    ordersChanged: '{n} ta buyurtma oʻzgaradi',
    statusNew: 'shulardan {n} tasi “{to}” holatida, {sum}',
    statusGone: '“{from}” holatidagi {n} tasi ({sum}) endi alohida turmaydi: buyurtmasi topildi',
    coverageGained: '{source}: endi {from} — {to} uchun maʼlumot bor',
    asTold: 'Koʻrsatilgandek boʻldi.',
    differs: 'Koʻrsatilgandek boʻlmadi: shu orada boshqa fayllar yuklangan yoki qarorlar qabul qilingan.',
    was: 'Koʻrsatilgani',
    is: 'Boʻlgani',
    same: 'Koʻrilgandan keyin boshqa fayllar yuklangan yoki qarorlar qabul qilingan, lekin bu faylga taʼsir qilmadi.',
  },
};
