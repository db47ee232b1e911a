export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const storedKey = 'vhm24r.theme';

export function storedTheme(): Theme {
  const stored = localStorage.getItem(storedKey);
  return THEMES.find((theme) => theme === stored) ?? 'auto';
}

/** `auto` follows the system; the other two win over it. */
export function applyTheme(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  localStorage.setItem(storedKey, theme);
}
