import type { Texts } from '../../en/index.ts';

export const network: Texts['doctor']['network'] = {
  address: { title: '{product} manzili berilgan' },
  resolve: { title: '{product} serverining nomi topildi' },
  port: { title: '{product} porti javob beryapti' },
  protocol: { title: 'Portda haqiqatan ham {product}' },
  tls: { title: '{product} shifrlashi manzilda aytilgandek' },
  url_malformed: {
    title: '{variable} {product} manzili emas',
    cause:
      'Manzilni oʻqib boʻlmadi: sxemasi boshqa, ortiqcha qoʻshtirnoq yoki boʻshliq bor, yoki paroldagi @ : / # belgilari foizli kodlanmagan.',
    fix: '{variable} qiymatini {service} xizmatining oʻzgaruvchilar sahifasidan toʻliq nusxalang; paroldagi maxsus belgilarni kodlang.',
  },
  url_unresolved: {
    title: '{variable} ichida oʻzgaruvchiga havola qolib ketgan',
    cause: 'Qiymatda ${{…}} yoki $NOM bor: bunday nomli xizmat boʻlmagani uchun platforma uni almashtirmagan.',
    fix: '{service} xizmatining oʻzgaruvchisini qaytadan tanlang, xizmat nomi mos kelishi kerak.',
  },
  dns_internal_from_outside: {
    title: 'Railway’ning ichki manzili tashqaridan ishlatilgan',
    cause:
      '*.railway.internal nomlari faqat bitta Railway muhitining tarmogʻi ichida bor; noutbukda, yigʻish paytida va boshqa muhitda ular yoʻq.',
    fix: 'Railway’dan tashqarida {variable} uchun ochiq manzilni bering: {service} xizmatining {publicVariable} qiymati. Railway’da ichkisini qoldiring.',
  },
  dns_internal_not_found: {
    title: 'Railway’ning ichki nomi topilmadi',
    cause:
      'Bu muhitda bunday nomli xizmat yoʻq, u qayta nomlangan yoki toʻxtatilgan, yoki ichki tarmoq hali ishga tushmagan.',
    fix: '{variable} uchun shu muhitdagi {service} xizmatiga havola bering.',
  },
  dns_ipv4_only: {
    title: 'Nom faqat IPv4 boʻyicha qidirilyapti, bor narsa esa faqat IPv6',
    cause: 'Manzilda family=4 yozilgan, ichki tarmoq esa IPv6 orqali javob beradi.',
    fix: '{variable} ichidan family=4 ni olib tashlang yoki family=0 qiling.',
  },
  dns_not_found: {
    title: 'Bunday server nomi yoʻq',
    cause: 'Nomda xato bor, xizmat oʻchirilgan yoki manzil boshqa loyihadan.',
    fix: '{variable} qiymatini qaytadan nusxalang va xizmatni qayta ishga tushiring.',
  },
  dns_unavailable: {
    title: 'Nomlar xizmati javob bermayapti',
    cause: 'Tarmoq yoʻq yoki DNS javob bermayapti: nomni tekshirib boʻlmaydi.',
    fix: 'Bu mashinaning tarmogʻini tekshirib, takrorlang.',
  },
  refused: {
    title: 'Port yopiq: ulanish rad etildi',
    cause: 'Bu manzilda hech kim kutmayapti: {product} ishga tushirilmagan, toʻxtatilgan yoki port boshqa.',
    fix: '{product}’ni ishga tushiring yoki davom ettiring; {variable} ichidagi portni solishtiring.',
  },
  unreachable: {
    title: 'Servergacha yoʻl yoʻq',
    cause: 'Bu mashinadan tarmoqqa chiqib boʻlmaydi yoki bu yerda yoʻq IPv6 kerak.',
    fix: 'Ochiq manzildan ({publicVariable}) foydalaning yoki yoʻnalishni tekshiring.',
  },
  timeout: {
    title: 'Port jim: ulanib boʻlmadi',
    cause: 'Paketlar yoʻqolyapti: tarmoq ekrani, ruxsat etilgan manzillar roʻyxati, yoki server toʻxtatib qoʻyilgan.',
    fix: 'Bu mashinaning manziliga ruxsat bering yoki serverni davom ettiring; portni tekshiring.',
  },
  frozen: {
    title: '{product} ulanishni qabul qiladi, lekin javob bermaydi',
    cause: 'Jarayon qotgan yoki toʻxtatilgan, yuklamasi haddan ortiq, yoki port ortida hech kim yoʻq.',
    fix: '{product}’ni qayta ishga tushiring.',
  },
  other_protocol: {
    title: 'Bu manzilda {product} emas, boshqasi javob beryapti',
    cause: 'Port yoki nom boshqa xizmatga tegishli.',
    fix: '{variable} ichidagi manzil va portni tuzating.',
  },
  closed_at_handshake: {
    title: 'Server ulanish paytida aloqani uzdi',
    cause:
      'Yoʻq boʻlgan, uxlab yotgan yoki tarif chegarasiga yetgan xizmat oldidagi proksi va eski joylashtirish manzili shunday javob beradi ("server closed the connection unexpectedly").',
    fix: '{service} xizmati ishlayotganini tekshiring va {variable}’ning hozirgi qiymatini nusxalang (tashqarida {publicVariable}); soʻng xizmatni qayta ishga tushiring.',
  },
  tls_name_mismatch: {
    title: 'Sertifikat boshqa nomga berilgan',
    cause: 'Manzildagi nom sertifikatda yoʻq: proksi yoki toʻgʻridan-toʻgʻri IP.',
    fix: '{variable} ichida sertifikatdagi nomni yozing.',
  },
  tls_expired: {
    title: 'Sertifikat muddati tugagan yoki hali boshlanmagan',
    cause: 'Sertifikat yangilanmagan yoki bu mashinaning soati notoʻgʻri.',
    fix: 'Sertifikatni yangilang; soatni tekshiring.',
  },
  tls_failed: {
    title: 'TLS oʻrnatilmadi',
    cause: 'Tomonlar versiya yoki shifrlarda kelisha olmadi.',
    fix: 'Serverni yangilang yoki uning jurnalini koʻring.',
  },
};
