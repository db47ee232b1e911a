/** Uzbek words for what the doctor finds on the way to a store; see uz-doctor.ts. */

/** A rung has a title only; what is wrong also has a cause, an effect and what to do. */
export type DoctorWords =
  | readonly [title: string]
  | readonly [title: string, cause: string, effect: string, fix: string];

/** Both are reached over the same network and fail in the same ways. */
export function onTheWire(store: 'PostgreSQL' | 'Redis', effect: string): Record<string, DoctorWords> {
  const area = store === 'Redis' ? 'redis' : 'postgres';
  const service = store === 'Redis' ? 'Redis' : 'Postgres';
  const variable = store === 'Redis' ? 'REDIS_URL' : 'DATABASE_URL';
  const outside = store === 'Redis' ? 'REDIS_PUBLIC_URL' : 'DATABASE_PUBLIC_URL';
  const words: Record<string, DoctorWords> = {
    address: [`${store} manzili berilgan`],
    resolve: [`${store} serverining nomi topildi`],
    port: [`${store} porti javob beryapti`],
    protocol: [`Portda haqiqatan ham ${store}`],
    tls: [`${store} shifrlashi manzilda aytilgandek`],
    url_malformed: [
      `${variable} ${store} manzili emas`,
      'Manzilni oʻqib boʻlmadi: sxemasi boshqa, ortiqcha qoʻshtirnoq yoki boʻshliq bor, yoki paroldagi @ : / # belgilari foizli kodlanmagan.',
      effect,
      `${variable} qiymatini ${service} xizmatining oʻzgaruvchilar sahifasidan toʻliq nusxalang; paroldagi maxsus belgilarni kodlang.`,
    ],
    url_unresolved: [
      `${variable} ichida oʻzgaruvchiga havola qolib ketgan`,
      'Qiymatda ${{…}} yoki $NOM bor: bunday nomli xizmat boʻlmagani uchun platforma uni almashtirmagan.',
      effect,
      `${service} xizmatining oʻzgaruvchisini qaytadan tanlang, xizmat nomi mos kelishi kerak.`,
    ],
    dns_internal_from_outside: [
      'Railway’ning ichki manzili tashqaridan ishlatilgan',
      '*.railway.internal nomlari faqat bitta Railway muhitining tarmogʻi ichida bor; noutbukda, yigʻish paytida va boshqa muhitda ular yoʻq.',
      effect,
      `Railway’dan tashqarida ${variable} uchun ochiq manzilni bering: ${service} xizmatining ${outside} qiymati. Railway’da ichkisini qoldiring.`,
    ],
    dns_internal_not_found: [
      'Railway’ning ichki nomi topilmadi',
      'Bu muhitda bunday nomli xizmat yoʻq, u qayta nomlangan yoki toʻxtatilgan, yoki ichki tarmoq hali ishga tushmagan.',
      effect,
      `${variable} uchun shu muhitdagi ${service} xizmatiga havola bering.`,
    ],
    dns_ipv4_only: [
      'Nom faqat IPv4 boʻyicha qidirilyapti, bor narsa esa faqat IPv6',
      'Manzilda family=4 yozilgan, ichki tarmoq esa IPv6 orqali javob beradi.',
      effect,
      `${variable} ichidan family=4 ni olib tashlang yoki family=0 qiling.`,
    ],
    dns_not_found: [
      'Bunday server nomi yoʻq',
      'Nomda xato bor, xizmat oʻchirilgan yoki manzil boshqa loyihadan.',
      effect,
      `${variable} qiymatini qaytadan nusxalang va xizmatni qayta ishga tushiring.`,
    ],
    dns_unavailable: [
      'Nomlar xizmati javob bermayapti',
      'Tarmoq yoʻq yoki DNS javob bermayapti: nomni tekshirib boʻlmaydi.',
      effect,
      'Bu mashinaning tarmogʻini tekshirib, takrorlang.',
    ],
    refused: [
      'Port yopiq: ulanish rad etildi',
      `Bu manzilda hech kim kutmayapti: ${store} ishga tushirilmagan, toʻxtatilgan yoki port boshqa.`,
      effect,
      `${store}’ni ishga tushiring yoki davom ettiring; ${variable} ichidagi portni solishtiring.`,
    ],
    unreachable: [
      'Servergacha yoʻl yoʻq',
      'Bu mashinadan tarmoqqa chiqib boʻlmaydi yoki bu yerda yoʻq IPv6 kerak.',
      effect,
      `Ochiq manzildan (${outside}) foydalaning yoki yoʻnalishni tekshiring.`,
    ],
    timeout: [
      'Port jim: ulanib boʻlmadi',
      'Paketlar yoʻqolyapti: tarmoq ekrani, ruxsat etilgan manzillar roʻyxati, yoki server toʻxtatib qoʻyilgan.',
      effect,
      'Bu mashinaning manziliga ruxsat bering yoki serverni davom ettiring; portni tekshiring.',
    ],
    frozen: [
      `${store} ulanishni qabul qiladi, lekin javob bermaydi`,
      'Jarayon qotgan yoki toʻxtatilgan, yuklamasi haddan ortiq, yoki port ortida hech kim yoʻq.',
      effect,
      `${store}’ni qayta ishga tushiring.`,
    ],
    other_protocol: [
      `Bu manzilda ${store} emas, boshqasi javob beryapti`,
      'Port yoki nom boshqa xizmatga tegishli.',
      effect,
      `${variable} ichidagi manzil va portni tuzating.`,
    ],
    closed_at_handshake: [
      'Server ulanish paytida aloqani uzdi',
      'Yoʻq boʻlgan, uxlab yotgan yoki tarif chegarasiga yetgan xizmat oldidagi proksi va eski joylashtirish manzili shunday javob beradi ("server closed the connection unexpectedly").',
      effect,
      `${service} xizmati ishlayotganini tekshiring va ${variable}’ning hozirgi qiymatini nusxalang (tashqarida ${outside}); soʻng xizmatni qayta ishga tushiring.`,
    ],
    tls_name_mismatch: [
      'Sertifikat boshqa nomga berilgan',
      'Manzildagi nom sertifikatda yoʻq: proksi yoki toʻgʻridan-toʻgʻri IP.',
      effect,
      `${variable} ichida sertifikatdagi nomni yozing.`,
    ],
    tls_expired: [
      'Sertifikat muddati tugagan yoki hali boshlanmagan',
      'Sertifikat yangilanmagan yoki bu mashinaning soati notoʻgʻri.',
      effect,
      'Sertifikatni yangilang; soatni tekshiring.',
    ],
    tls_failed: [
      'TLS oʻrnatilmadi',
      'Tomonlar versiya yoki shifrlarda kelisha olmadi.',
      effect,
      'Serverni yangilang yoki uning jurnalini koʻring.',
    ],
    tls_required: [
      'Server shifrlash talab qiladi, manzil esa shifrlashsiz',
      'Port faqat TLS qabul qiladi.',
      effect,
      store === 'Redis'
        ? 'REDIS_URL rediss:// bilan boshlansin'
        : 'DATABASE_URL oxiriga sslmode qoʻshing (no-verify: oʻzi imzolagan sertifikat tekshirilmaydi).',
    ],
    tls_not_offered: [
      'Manzil TLS talab qiladi, port esa uni bilmaydi',
      'Port shifrlashsiz: ichki tarmoqda va mahalliy mashinada shunday boʻladi.',
      effect,
      store === 'Redis'
        ? 'rediss:// oʻrniga redis:// yozing yoki TLS porti koʻrsatilsin.'
        : 'DATABASE_URL ichidan sslmode ni olib tashlang yoki serverda TLS ni yoqing.',
    ],
    tls_self_signed: [
      'Server sertifikatini serverning oʻzi imzolagan',
      'Uni taniqli markazlardan hech biri imzolamagan; Railway’dagi Postgres shunday.',
      effect,
      store === 'Redis'
        ? 'Xizmatga ildiz sertifikatini bering.'
        : 'Ichki tarmoqda sslmode’siz manzilni ishlating; tashqarida sslmode=no-verify yoki oʻz ildiz sertifikatingizni.',
    ],
  };
  return Object.fromEntries(Object.entries(words).map(([code, texts]) => [`${area}.${code}`, texts]));
}
