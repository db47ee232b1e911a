import type { DoctorWords } from './doctor-network.ts';

/** Uzbek words for what makes a database slow over months, and for its replica; see doctor.ts. */
export const uzDoctorUpkeep: Record<string, DoctorWords> = {
  'postgres.upkeep': ['Baza tartibda: hajmi, tozalash, tranzaksiya raqamlari'],
  'postgres.replica': ['Oʻqish uchun nusxa server joyida'],
  'postgres.replica_away': [
    'Oʻqish uchun nusxa server javob bermayapti',
    'DATABASE_READ_URL’dagi server toʻxtagan, yetib boʻlmaydi yoki kiritmayapti.',
    'Hammasi asosiy serverdan oʻqiladi: xatolar yoʻq, u koʻproq yuklangan.',
    'Nusxa serverni ishga tushiring yoki DATABASE_READ_URL’ni olib tashlang.',
  ],
  'postgres.replica_lagging': [
    'Nusxa server orqada qolyapti',
    'Jurnalni qayta bajarish toʻxtatilgan, tarmoq yoki disk sekin, yoki uzoq soʻrov ushlab turibdi.',
    'U yetib olguncha asosiy serverdan oʻqiladi.',
    'Orqada qolishni koʻring va toʻxtatilgan boʻlsa davom ettiring.',
  ],
  'postgres.replica_is_primary': [
    'DATABASE_READ_URL nusxa serverga olib bormaydi',
    'U yerda asosiy server: manzillar bir xil yoki nusxa asosiyga aylangan.',
    'U ishlatilmaydi: DATABASE_URL’dan oʻqiladi.',
    'Nusxa serverni koʻrsating; almashishdan keyin manzillarni oʻrnini almashtiring.',
  ],
  'postgres.replica_other_database': [
    'DATABASE_READ_URL boshqa bazaga olib boradi',
    'Bu DATABASE_URL bazasining nusxasi emas.',
    'U ishlatilmaydi: DATABASE_URL’dan oʻqiladi.',
    'Manzilni tuzating yoki oʻzgaruvchini olib tashlang.',
  ],
  'postgres.dead_rows': [
    'Jadvalda oʻlik qatorlar koʻp',
    'Avtotozalash ulgurmayapti, oʻchirilgan yoki uni eski tranzaksiya ushlab turibdi.',
    'Jadval behuda joy egallaydi, unga soʻrovlar sekinroq.',
    'Nomi pastdagi qatorda boʻlgan jadvalni tozalang; takrorlansa, eski tranzaksiyalarni qidiring.',
  ],
  'postgres.old_transaction': [
    'Tranzaksiya bir soatdan ortiq ochiq',
    'Uzoq soʻrov, unutilgan dastur yoki hech kim tugatmagan tayyorlangan tranzaksiya.',
    'U ochiq ekan, barcha jadvallarning oʻlik qatorlari toʻplanadi.',
    'Uni tugating: pid yoki nomi pastdagi qatorda.',
  ],
  'postgres.wraparound_near': [
    'Tranzaksiya raqamlari tugayapti',
    'Eski qatorlar muzlatilmayapti: avtotozalash oʻchirilgan yoki uni eski tranzaksiya ushlab turibdi.',
    'Ikki milliardda PostgreSQL yozuvlarni qabul qilishni toʻxtatadi.',
    'Eski tranzaksiyalarni tugating va qatorlarni muzlating; xizmatlar ishlayverishi mumkin.',
  ],
  'postgres.index_never_used': [
    'Katta indeksdan bir marta ham foydalanilmagan',
    'Indeks qoʻlda qoʻshilgan yoki u moʻljallangan soʻrovlarni bu yerda hech kim qilmaydi.',
    'U joy egallaydi va yuklashni sekinlashtiradi.',
    'Qoʻlda qoʻshilganini oʻchirish mumkin. Dasturning oʻz indekslarini qoldiring.',
  ],
  'postgres.growing_fast': [
    'Baza bir haftada yarmidan koʻproqqa oʻsdi',
    'Oʻtgan yillar yuklanyapti, kimdir bir xil narsani qayta-qayta yuboryapti yoki oʻlik qatorlar tozalanmayapti.',
    'Disk siz kutganingizdan oldin tugaydi.',
    'Qaysi jadval oʻsayotganini pastdagi qatordan koʻring va docs/scale.md bilan solishtiring.',
  ],
};
