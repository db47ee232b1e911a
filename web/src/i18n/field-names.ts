import { useI18n } from 'vue-i18n';
import { formatAmount, formatMoney, formatTime } from './format.ts';

const moneyFields = [
  'orderPrice',
  'price',
  'amount',
  'cashAmount',
  'cardAmount',
  'commission',
  'bonusAmount',
  'cashbackAmount',
];
const vocabularies: Record<string, readonly string[]> = {
  paymentType: ['payment'],
  orderResource: ['payment'],
  status: ['status', 'word'],
  paymentStatus: ['word'],
  paymentState: ['word'],
  brewStatus: ['word'],
  operationType: ['word'],
  orderType: ['word'],
  gateway: ['payment'],
  decision: ['order.kinds'],
};

/** Values are scalars; anything deeper is shown as it came. */
function textOfValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function camel(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
}

/**
 * Names of canonical fields and their values as people read them: money with its currency, times in Tashkent,
 * vocabularies in words.
 */
export function useFieldNames(): {
  fieldName(field: string | null): string;
  fieldValue(field: string | null, value: unknown): string;
} {
  const { t, te } = useI18n();
  const known = (key: string): boolean => te(key, 'ru' as never);

  function fieldName(field: string | null): string {
    const name = camel(field ?? '');
    return known(`field.${name}`) ? t(`field.${name}`) : (field ?? '');
  }

  function fieldValue(field: string | null, value: unknown): string {
    if (value === null || value === undefined || value === '') return t('order.empty');
    const name = camel(field ?? '');
    const text = textOfValue(value);
    const vocabulary = vocabularies[name]?.find((section) => known(`${section}.${text}`));
    if (vocabulary) return t(`${vocabulary}.${text}`);
    if (moneyFields.includes(name)) return /^-?\d/.test(text) ? formatMoney(text) : formatAmount(text);
    if (/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text)) return formatTime(text);
    return text;
  }

  return { fieldName, fieldValue };
}
