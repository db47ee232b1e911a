import { sourceList } from '../sources/index.ts';
import type { FieldType } from '../sources/source.ts';
import { foldWords } from './look-alikes.ts';

/** Field types with a closed list of words (rules.md 4). */
export type VocabularyType = Extract<
  FieldType,
  'payment_type' | 'order_type' | 'payment_status' | 'brew_status' | 'gateway_state' | 'receipt_operation'
>;

interface Vocabulary {
  /** canonical code -> spellings; compared in lower case without blanks, `_` and `-` */
  words: Readonly<Record<string, readonly string[]>>;
  /** canonical code -> fragments, tried after the words */
  fragments?: Readonly<Record<string, readonly string[]>>;
  /** what any other word becomes; null = its raw text is kept */
  otherwise: string | null;
}

const VOCABULARIES: Readonly<Record<VocabularyType, Vocabulary>> = {
  payment_type: {
    words: {
      cash: ['Cash payment', 'Оплата наличными', 'Наличные', 'cash', 'naqd'],
      qr: ['Custom payment', 'Таможенный платеж', 'QR', 'QR платежи', 'userDefined'],
      ...Object.fromEntries(
        sourceList.flatMap(({ name, paymentWords }) => (paymentWords === undefined ? [] : [[name, paymentWords]])),
      ),
      card: ['Pay card', 'Оплата кредита', 'credit', 'Карта', 'Карты', 'card'],
      vip: ['VIP', 'ВИП'],
      test: ['testShipment', 'Test Shipment', 'test', 'Тестовая отгрузка'],
    },
    otherwise: null,
  },
  order_type: {
    words: { normal: ['Normal order', 'Обычный порядок', 'normal'] },
    fragments: { cart: ['cart', 'корзин'] },
    otherwise: null,
  },
  payment_status: {
    words: {
      paid: ['Paid', 'Оплачено'],
      refunded: ['Refunded', 'Возвращен', 'Возврат'],
      unpaid: ['Unpaid', 'Not paid', 'Не оплачено', 'Не оплачен', 'Неоплачено'],
    },
    otherwise: 'unknown',
  },
  brew_status: {
    words: {
      delivered: ['Delivered', 'Доставлен', 'Доставка подтверждена'],
      delivery_failure: ['Delivery failure', 'Сбой доставки'],
      not_delivered: ['Not delivered', 'Не доставлено'],
    },
    otherwise: null,
  },
  gateway_state: {
    words: {
      success: ['ОПЛАЧЕНО', 'Успешно подтвержден', 'SUCCESS'],
      cancelled: ['ОТМЕНЕНО', 'Отменен', 'Аннулирован', 'CANCELLED', 'REVERSED', 'FAILED'],
      pending: ['PENDING'],
    },
    otherwise: 'unknown',
  },
  receipt_operation: {
    words: { sale: ['Продажа', 'sale'], return: ['Возврат', 'return'] },
    otherwise: 'other',
  },
};

function wordKey(text: string): string {
  return foldWords(text).replace(/[\s\u00a0_-]+/g, '');
}

const WORDS = new Map<VocabularyType, ReadonlyMap<string, string>>(
  (Object.entries(VOCABULARIES) as [VocabularyType, Vocabulary][]).map(([type, vocabulary]) => [
    type,
    new Map(
      Object.entries(vocabulary.words).flatMap(([code, spellings]) =>
        spellings.map((word) => [wordKey(word), code] as const),
      ),
    ),
  ]),
);

export interface WordReading {
  value: string;
  /** false = outside the list: `value` is the raw text, or `unknown` or `other` */
  known: boolean;
}

/** The canonical code of a trimmed word, or what the vocabulary makes of any other. */
export function normaliseWord(type: VocabularyType, text: string): WordReading {
  const { fragments, otherwise } = VOCABULARIES[type];
  const key = wordKey(text);
  const code = WORDS.get(type)?.get(key);
  if (code !== undefined) return { value: code, known: true };
  for (const [fragmentCode, list] of Object.entries(fragments ?? {})) {
    if (list.some((fragment) => key.includes(fragment))) return { value: fragmentCode, known: true };
  }
  return { value: otherwise ?? text, known: false };
}

/** What a cell without value means: a state that is not known, or no value where raw text is kept. */
export function wordOfNothing(type: VocabularyType): string | null {
  return VOCABULARIES[type].otherwise;
}

export function isVocabularyType(type: FieldType): type is VocabularyType {
  return Object.hasOwn(VOCABULARIES, type);
}
