import { useI18n } from 'vue-i18n';
import { formatCount, sizeParts } from './format.ts';

/** Sizes and durations with their units in the page's language. */
export function useSizes(): { size(bytes: number): string; duration(seconds: number): string } {
  const { t } = useI18n();
  return {
    size(bytes) {
      const { figure, unit } = sizeParts(bytes);
      return t(`common.bytes.${unit}`, { n: figure });
    },
    duration(seconds) {
      const rounded = Math.round(Math.abs(seconds));
      if (rounded < 120) return t('common.seconds', { n: formatCount(rounded) });
      if (rounded < 7200) {
        const rest = rounded % 60;
        const minutes = t('common.minutes', { n: formatCount(Math.floor(rounded / 60)) });
        return rounded < 600 && rest > 0 ? `${minutes} ${t('common.seconds', { n: rest })}` : minutes;
      }
      const hour = t('common.hours', { n: formatCount(Math.floor((rounded % 86_400) / 3600)) });
      if (rounded >= 86_400) {
        const days = Math.floor(rounded / 86_400);
        const rest = Math.floor((rounded % 86_400) / 3600);
        return `${t('common.days', { n: formatCount(days) }, days)}${rest > 0 ? ` ${hour}` : ''}`;
      }
      const minutes = Math.floor((rounded % 3600) / 60);
      return minutes > 0 ? `${hour} ${t('common.minutes', { n: formatCount(minutes) })}` : hour;
    },
  };
}
