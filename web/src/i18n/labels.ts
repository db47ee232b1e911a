import { useI18n } from 'vue-i18n';

/** Names of codes; a code the page does not know yet (a newer server) is shown as it is. */
export function useLabels(): {
  /** First of the sections that knows the code. */
  label(sections: readonly string[], code: string): string;
  status(code: string): string;
  issue(code: string): string;
  payment(code: string | null): string;
} {
  const { t, te } = useI18n();

  function label(sections: readonly string[], code: string): string {
    const section = sections.find((name) => te(`${name}.${code}`, 'ru' as never));
    return section ? t(`${section}.${code}`) : code;
  }

  return {
    label,
    status: (code) => label(['status'], code),
    issue: (code) => label(['issue', 'status'], code),
    payment: (code) => (code === null ? '' : label(['payment'], code)),
  };
}
