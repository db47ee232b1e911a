/**
 * Latin letters that look like Cyrillic ones, lower case (rules.md 3: A B C E H K M O P T X). Reports mix them into
 * Cyrillic words: the last letter of Payme's `НАЗВАНИЕ ПОСТАВЩИКA` is Latin.
 */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
};

/**
 * Lower case, ё -> е, Latin look-alikes to Cyrillic inside words that hold a Cyrillic letter; a hyphen does not end a
 * word.
 */
export function foldWords(text: string): string {
  const lower = text.normalize('NFC').toLowerCase().replaceAll('ё', 'е');
  if (!/[а-яўқғҳ]/.test(lower) || !/[a-z]/.test(lower)) return lower;
  return lower.replace(/[\p{L}_-]+/gu, (word) =>
    /[а-яўқғҳ]/.test(word) ? word.replace(/[abcehkmoptx]/g, (letter) => LOOK_ALIKES[letter] ?? letter) : word,
  );
}
