import { nextTick, onBeforeMount, onMounted, onUnmounted, useTemplateRef } from 'vue';

/**
 * A form that opens within the page: its first field, by its template ref, has the focus; when it closes, what opened
 * it has the focus again. Otherwise who goes by keyboard begins anew at the top of the page.
 */
export function useOpenedForm(firstField: string): void {
  const first = useTemplateRef<HTMLElement>(firstField);
  let opener: Element | null = null;
  onBeforeMount(() => (opener = document.activeElement));
  onMounted(() => first.value?.focus());
  onUnmounted(async () => {
    await nextTick();
    if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus();
  });
}
