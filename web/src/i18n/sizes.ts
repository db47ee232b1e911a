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
      const whole = Math.round(Math.abs(seconds));
      if (whole < 120) return t('common.seconds', { n: formatCount(whole) });
      if (whole < 7200) {
        const rest = whole % 60;
        const minutes = t('common.minutes', { n: formatCount(Math.floor(whole / 60)) });
        return whole < 600 && rest > 0 ? `${minutes} ${t('common.seconds', { n: rest })}` : minutes;
      }
      const hour = t('common.hours', { n: formatCount(Math.floor((whole % 86_400) / 3600)) });
      if (whole >= 86_400) {
        const days = Math.floor(whole / 86_400);
        const rest = Math.floor((whole % 86_400) / 3600);
        return `${t('common.days', { n: formatCount(days) }, days)}${rest > 0 ? ` ${hour}` : ''}`;
      }
      const minutes = Math.floor((whole % 3600) / 60);
      return minutes > 0 ? `${hour} ${t('common.minutes', { n: formatCount(minutes) })}` : hour;
    },
  };
}
