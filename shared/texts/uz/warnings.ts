import type { Texts } from '../en/index.ts';

export const warnings: Texts['warnings'] = {
  tiyin_suspect: {
    text: 'Summalar tiyinga oʻxshaydi: mediana {median}, {limit} dan oshmasligi kutilgan edi',
    hint: 'Hisobotlar soʻmda yuklanadi. Hisobotni soʻmda oling yoki bu oʻsha hisobot ekanini tekshiring.',
  },
  zone_suspect: {
    text: 'Fayldagi vaqt raqamlarning oʻzida yozilgan vaqtga toʻgʻri kelmaydi: farq {minutes} (qatorlar: {rows})',
    hint: 'Vaqt Toshkent vaqti sifatida yuklandi. Hisobotning vaqt mintaqasini, kunlar farq qilsa, kun va oy tartibini tekshiring.',
  },
  zone_shifted:
    'Fayl Xitoy vaqti bilan olingan: hamma vaqt {hours} soat orqaga surildi (farq medianasi {minutes}, {rows} ta qator)',
  dates_in_future: {
    text: 'Kelajak sanali qatorlar: {count}, oxirgisi {latest}',
    hint: 'Kun va oy tartibini hamda hisobotni tuzganning soatini tekshiring.',
  },
  outlying_dates: {
    text: 'Boshqalaridan uzoq sanalar ({from} … {to}), qatorlar: {count} ({rows})',
    hint: 'Qatorlar yuklandi, lekin fayl davri ularsiz hisoblanadi. Yil va oyni tekshiring.',
  },
  date_time_joined: 'Sana va vaqt turli ustunlarda (“{date}” va “{time}”): ular birlashtirildi',
  cells_unreadable: {
    text: 'Yaroqli qiymatsiz kataklar: {cells}, qatorlar: {count} ({rows}). Qatorlar bu qiymatlarsiz yuklandi',
    hint: 'Aynan nima oʻqilmagani xatoli qatorlar roʻyxatida koʻrinadi.',
  },
  cells_beyond_header: {
    text: '{rows} qatorlarda sarlavhasiz ustunlarda kataklar bor (qatorlar: {count}): ular qoʻshimcha maʼlumot sifatida saqlandi',
    hint: 'Odatda bu jadval yonidagi izohlar. Maʼlumot boʻlsa, ustunga sarlavha qoʻying.',
  },
  table_beside_skipped: {
    text: '“{sheet}” varagʻida hisobotning oʻng tomonida yana biri bor ({source}, {column}-ustundan): u yuklanmadi',
    hint: 'Uni alohida varaq yoki fayl qilib saqlang va yuklang.',
  },
  no_rows: {
    text: 'Hisobotda sarlavha bor, lekin qatorlar yoʻq: hech narsa yuklanmadi va hech bir kun qamrab olingan hisoblanmaydi',
    hint: 'Sotuv boʻlgan boʻlsa, eksport davrini tekshirib, hisobotni qayta yuklab oling.',
  },
  zero_amounts: {
    text: 'Kutilmagan nol summali qatorlar: {count} ({rows})',
    hint: 'Nol summa VIP va sinov buyurtmalarida mumkin. Bunday qatorlar yuklandi, lekin hech narsa bilan solishtirilmaydi.',
  },
  coarser_values: {
    text: 'Qiymatlar maʼlum boʻlganidan qoʻpolroq yozilgan (qatorlar: {count}, {rows}): aniqlari saqlandi',
    hint: 'Odatda fayl Excelda qayta saqlangan: soniyalar yoki raqamlar boshidagi nollar yoʻqolgan. Hisobotni tizim bergan koʻrinishda yuklang.',
  },
  records_twice: {
    text: 'Bu yozuvlar boshqa hisobotdan allaqachon yuklangan, faqat ulardan birida yozuv raqamlari bor, birida yoʻq (qatorlar: {count}, {rows}): ular ikki marta hisoblangan',
    hint: 'Yozuv raqamlari (ID, fiskal modul) bor hisobotni qoldiring, boshqasining yuklanishini bekor qiling.',
  },
  key_repeated: {
    text: 'Faylda turli qiymatlar bilan bir necha marta uchraydigan yozuvlar: {count} ({keys}; qatorlar {rows})',
    hint: 'Oxirgi qator amal qiladi, oldingi qiymatlar tarixda koʻrinadi.',
  },
  period_overlap: {
    text: '{period} uchun maʼlumot avval ham bor edi, “{file}” faylidan. Takroriy qatorlar ikki marta hisoblanmaydi',
    hint: 'Boshqa davrni yuklamoqchi boʻlsangiz, oʻsha fayl ekanini tekshiring.',
  },
  'period_overlap.several': {
    text: '{period} uchun maʼlumot avval ham bor edi, “{file}” va boshqa fayllardan (jami {files} ta). Takroriy qatorlar ikki marta hisoblanmaydi',
    hint: 'Boshqa davrni yuklamoqchi boʻlsangiz, oʻsha fayl ekanini tekshiring.',
  },
  number_style_ambiguous: {
    text: '“{column}” ustunini ikki xil oʻqish mumkin, masalan {value}: belgi minglik ajratuvchi deb olindi',
    hint: 'Agar bu kasr qismi boʻlsa, shu ustun uchun son yozuvini koʻrsatib, faylni yana yuklang.',
  },
  no_status_column: {
    text: 'Hisobotda status ustuni yoʻq: hamma toʻlov muvaffaqiyatli deb olindi',
    hint: 'Bunday hisobotda bekor qilingan toʻlovlar koʻrinmaydi. Uni status bilan oling.',
  },
  no_operation_column: {
    text: 'Hisobotda amal ustuni yoʻq: hamma chek sotuv deb olindi',
    hint: 'Bunday hisobotda qaytarishlar koʻrinmaydi. Uni amal ustuni bilan oling.',
  },
  unknown_status_values: {
    text: '“{column}” ustunida notanish qiymatlar: {values} (qatorlar: {count})',
    hint: 'Bunday qatorlar saqlanadi va koʻrsatiladi, lekin toʻlov ham, sotuv ham hisoblanmaydi.',
  },
  encoding_damaged: {
    text: 'Faylda buzilgan belgilar bor ({encoding}): ular � bilan almashtirildi',
    hint: 'Nomlar notoʻgʻri oʻqilgan boʻlsa, hisobotni qaytadan oling.',
  },
  hidden_sheet_skipped: {
    text: '“{sheet}” yashirin varagʻi oʻqilmadi',
    hint: 'Kerak boʻlsa, uni Excelda koʻrsating va faylni qaytadan yuklang.',
  },
  small_sheets_skipped: {
    text: 'Faylda hisobotdan tashqari hisobot uchun juda kichik varaq yoki jadvallar bor ({count}): {sheets}. Ular oʻqilmadi',
    hint: 'Agar ularda savdo yoki toʻlovlar boʻlsa, oʻsha varaqni alohida fayl qilib yuklang.',
  },
  sheet_without_part: {
    text: '“{sheet}” varagʻi kitobda nomlangan, ammo faylda uning mazmuni yoʻq: oʻtkazib yuborildi',
    hint: 'Bu varaqda maʼlumot boʻlgan boʻlsa, hisobotni qaytadan oling.',
  },
  nul_removed: 'Fayldan nol belgilar olib tashlandi',
  extension_mismatch: 'Fayl .{extension} deb nomlangan, ichida esa {format}: mazmuni boʻyicha oʻqildi',
  times_disagree: {
    text: 'Vaqti orqaga ketgan qatorlar: {count} (qatorlar {rows}): berish, toʻlov yoki qaytarish buyurtma yaratilishidan oldin',
    hint: 'Qatorlar yuklandi; chek va toʻlov yaratilish vaqti boʻyicha qidirildi. Avtomat soatini tekshiring.',
  },
  empty_days: {
    text: 'Birorta ham qatorsiz kunlar: {count} ({days}), boshqa hisobotlarda esa bu kunlarning sotuvi bor',
    hint: 'Fayl butun davri uchun toʻliq hisoblanadi. Hisobot toʻliqmi, tekshiring va yetishmagan kunlarni yuklang.',
  },
};
