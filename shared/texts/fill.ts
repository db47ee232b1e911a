/** Places of a sentence: `{name}`. One that nothing is known of stays as it stands. */
export function fillPlaces(template: string, params: Readonly<Record<string, string | number | undefined>>): string {
  return template.replace(/\{(\w+)\}/g, (match, name: string) =>
    Object.hasOwn(params, name) ? String(params[name] ?? match) : match,
  );
}
