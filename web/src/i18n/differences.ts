import { useI18n } from 'vue-i18n';
import type { CodedText } from '../api/types.ts';
import { dayOf, formatAmount, formatClock, formatDay, formatMoney, formatTime } from './format.ts';
import { useLabels } from './labels.ts';
import { useSizes } from './sizes.ts';

const moneyParams = ['amount', 'delta', 'happyWorkers', 'vendhub', 'found', 'expected'];
const secondsParams = ['seconds', 'windowS'];

/**
 * What disagrees within an order, in words. The page words it in every language, because its figures are amounts,
 * instants and codes that have to be put as people read them; a code it does not know comes with the server's sentence.
 * In the list, `why`, there is room for bare amounts alone.
 */
export function useDifferences(section: 'difference' | 'why' = 'difference'): (one: CodedText) => string {
  const { t, te } = useI18n();
  const labels = useLabels();
  const { duration } = useSizes();

  function shown(name: string, value: string | number | null): string {
    const text = String(value ?? '');
    if (secondsParams.includes(name)) return duration(Number(value));
    if (section === 'why' && /^\d+(\.\d+)?$/.test(text)) return formatAmount(text);
    if (moneyParams.includes(name) && /^-?\d+(\.\d+)?$/.test(text)) return formatMoney(text);
    if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return formatTime(text);
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return formatDay(text);
    return labels.label(['payment', 'sourceLong', 'word'], text);
  }

  /** "в 11:34" of the order's own day, "13.06 в 11:34" of another */
  function moment(at: string, of: string | number | null | undefined): string {
    const clock = formatClock(at).slice(0, 5);
    if (typeof of === 'string' && dayOf(of) === dayOf(at)) return t('order.atClock', { clock });
    return t('order.atDay', { clock, day: formatDay(at).slice(0, 5) });
  }

  return (one) => {
    if (!te(`${section}.${one.code}`, 'ru' as never)) return one.message ?? one.code;
    const params = one.params ?? {};
    const words: Record<string, string> = {};
    for (const [name, value] of Object.entries(params)) words[name] = shown(name, value);
    if (typeof params['at'] === 'string') words['at'] = moment(params['at'], params['of']);
    // the end of a stretch within one day needs no day of its own
    const { from, to } = params;
    if (typeof from === 'string' && typeof to === 'string' && dayOf(from) === dayOf(to)) words['to'] = formatClock(to);
    return t(`${section}.${one.code}`, words);
  };
}
