import type { Texts } from '../../en/index.ts';

export const postgresUpkeep: Texts['doctor']['postgresUpkeep'] = {
  'postgres.upkeep': { title: 'Baza tartibda: hajmi, tozalash, tranzaksiya raqamlari' },
  'postgres.replica': { title: 'Oʻqish uchun nusxa server joyida' },
  'postgres.replica_away': {
    title: 'Oʻqish uchun nusxa server javob bermayapti',
    cause: 'DATABASE_READ_URL’dagi server toʻxtagan, yetib boʻlmaydi yoki kiritmayapti.',
    effect: 'Hammasi asosiy serverdan oʻqiladi: xatolar yoʻq, u koʻproq yuklangan.',
    fix: 'Nusxa serverni ishga tushiring yoki DATABASE_READ_URL’ni olib tashlang.',
  },
  'postgres.replica_lagging': {
    title: 'Nusxa server orqada qolyapti',
    cause: 'Jurnalni qayta bajarish toʻxtatilgan, tarmoq yoki disk sekin, yoki uzoq soʻrov ushlab turibdi.',
    effect: 'U yetib olguncha asosiy serverdan oʻqiladi.',
    fix: 'Orqada qolishni koʻring va toʻxtatilgan boʻlsa davom ettiring.',
  },
  'postgres.replica_is_primary': {
    title: 'DATABASE_READ_URL nusxa serverga olib bormaydi',
    cause: 'U yerda asosiy server: manzillar bir xil yoki nusxa asosiyga aylangan.',
    effect: 'U ishlatilmaydi: DATABASE_URL’dan oʻqiladi.',
    fix: 'Nusxa serverni koʻrsating; almashishdan keyin manzillarni oʻrnini almashtiring.',
  },
  'postgres.replica_other_database': {
    title: 'DATABASE_READ_URL boshqa bazaga olib boradi',
    cause: 'Bu DATABASE_URL bazasining nusxasi emas.',
    effect: 'U ishlatilmaydi: DATABASE_URL’dan oʻqiladi.',
    fix: 'Manzilni tuzating yoki oʻzgaruvchini olib tashlang.',
  },
  'postgres.dead_rows': {
    title: 'Jadvalda oʻlik qatorlar koʻp',
    cause: 'Avtotozalash ulgurmayapti, oʻchirilgan yoki uni eski tranzaksiya ushlab turibdi.',
    effect: 'Jadval behuda joy egallaydi, unga soʻrovlar sekinroq.',
    fix: 'Nomi «koʻrindi» qatorida boʻlgan jadvalni tozalang; takrorlansa, eski tranzaksiyalarni qidiring.',
  },
  'postgres.old_transaction': {
    title: 'Tranzaksiya bir soatdan ortiq ochiq',
    cause: 'Uzoq soʻrov, unutilgan dastur yoki hech kim tugatmagan tayyorlangan tranzaksiya.',
    effect: 'U ochiq ekan, barcha jadvallarning oʻlik qatorlari toʻplanadi.',
    fix: 'Uni tugating: pid yoki nomi «koʻrindi» qatorida.',
  },
  'postgres.wraparound_near': {
    title: 'Tranzaksiya raqamlari tugayapti',
    cause: 'Eski qatorlar muzlatilmayapti: avtotozalash oʻchirilgan yoki uni eski tranzaksiya ushlab turibdi.',
    effect: 'Ikki milliardda PostgreSQL yozuvlarni qabul qilishni toʻxtatadi.',
    fix: 'Eski tranzaksiyalarni tugating va qatorlarni muzlating; xizmatlar ishlayverishi mumkin.',
  },
  'postgres.index_never_used': {
    title: 'Katta indeksdan bir marta ham foydalanilmagan',
    cause: 'Indeks qoʻlda qoʻshilgan yoki u moʻljallangan soʻrovlarni bu yerda hech kim qilmaydi.',
    effect: 'U joy egallaydi va yuklashni sekinlashtiradi.',
    fix: 'Qoʻlda qoʻshilganini oʻchirish mumkin. Dasturning oʻz indekslarini qoldiring.',
  },
  'postgres.growing_fast': {
    title: 'Baza bir haftada yarmidan koʻproqqa oʻsdi',
    cause:
      'Oʻtgan yillar yuklanyapti, kimdir bir xil narsani qayta-qayta yuboryapti yoki oʻlik qatorlar tozalanmayapti.',
    effect: 'Disk siz kutganingizdan oldin tugaydi.',
    fix: 'Qaysi jadval oʻsayotganini «koʻrindi» qatoridan koʻring va docs/scale.md bilan solishtiring.',
  },
};
