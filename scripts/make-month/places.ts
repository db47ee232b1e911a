/** Where a machine stands, as the two reports that say so put it. */
export interface Place {
  /** in the machine's report */
  address: string;
  /** the server's name for the kind of place */
  category: string;
}

const PLACES: readonly [Place, ...Place[]] = [
  { address: 'остановка "198 школа", Ташкент', category: 'Школа' },
  { address: 'станция метро "Чиланзар", вестибюль 2, Ташкент', category: 'Метро' },
  { address: 'ул. Амира Темура 107Б, бизнес-центр, Ташкент', category: 'Офис' },
  { address: 'вокзал Ташкент-Северный, зал ожидания', category: 'Вокзал' },
  { address: 'ул. Университетская 4, корпус "А", Ташкент', category: 'Университет' },
  { address: '16-я городская больница, 1 этаж, Ташкент', category: 'Больница' },
  { address: 'рынок "Чорсу", вход 3, Ташкент', category: 'Рынок' },
  { address: 'ул. Мукими 43, автосервис, Ташкент', category: 'Сервис' },
  { address: 'Юнусабад 4, поликлиника, Ташкент', category: 'Поликлиника' },
  { address: 'ТЦ "Самарканд Дарвоза", 2 этаж, Ташкент', category: 'Торговый центр' },
  { address: 'ул. Бабура 174, спортзал, Ташкент', category: 'Спорт' },
  { address: 'аэропорт, стоянка такси, Ташкент', category: 'Аэропорт' },
];

/** The n-th machine of a fleet, counted from 0; a large fleet has several at one place. */
export function placeOf(n: number): Place {
  return PLACES[n % PLACES.length] ?? PLACES[0];
}
