/** Actions are named `area.deed`; the texts keep them flat. */
export function auditKey(action: string): string {
  return `auditAction.${action.replace('.', '_')}`;
}
