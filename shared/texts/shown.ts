/** What a file, a letter, a person or a server says is shown, never obeyed: nothing of it acts on a terminal. */
export function shown(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, ' ');
}
