import { useI18n } from 'vue-i18n';
import type { RouteLocationRaw } from 'vue-router';
import type { AuditEntry } from '../api/admin-types.ts';
import { formatCount, formatDay, formatTime } from '../i18n/format.ts';
import { useLabels } from '../i18n/labels.ts';

/** What an entry was done to: in words, and the page that shows it. */
export interface AuditSubject {
  kind: string;
  name: string;
  to: RouteLocationRaw | null;
}

export interface AuditFact {
  label: string;
  value: string;
}

/** Where the values of the details have their words. */
const vocabularies = [
  'role',
  'userStatus',
  'order.kinds',
  'order.resolutions',
  'fileStatus',
  'system.targets',
  'system.states',
  'scope',
  'sourceLong',
  'status',
  'issue',
  'payment',
  'files.door',
  'auditValue',
];
/** What only machines know by its number: saying it helps nobody. */
const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;
/** Periods read from their beginning, whatever the order in which they were stored. */
const ORDER = ['from', 'to'];
/** Numbers of rows that the page names in words or leads to. */
export const inner: ReadonlySet<string> = new Set([
  'decisionId',
  'undoId',
  'recordId',
  'family',
  'signature',
  'fileId',
]);
const pages: Readonly<Record<string, string>> = { order: 'order', file: 'file', session: 'session' };

/** An entry of the audit log in words: its subject by name, its details as facts instead of codes. */
export function useAuditWords(): {
  subject(entry: AuditEntry): AuditSubject | null;
  facts(entry: AuditEntry): AuditFact[];
} {
  const { t, te } = useI18n();
  const { label } = useLabels();
  const known = (key: string): boolean => te(key, 'ru' as never);

  function subject({ subject: text, subjectName }: AuditEntry): AuditSubject | null {
    if (text === null) return null;
    const at = text.indexOf(':');
    const [kind, id] = at === -1 ? ['', text] : [text.slice(0, at), text.slice(at + 1)];
    const page = pages[kind];
    const name =
      subjectName ??
      (kind === 'service' ? label(['system.targets'], id) : kind === 'path' || kind === 'queue' ? id : '');
    return {
      kind: known(`auditSubject.${kind}`) ? t(`auditSubject.${kind}`) : kind,
      name: name === '' && page === undefined && !UUID.test(id) ? id : name,
      to: page === undefined ? null : { name: page, params: { id } },
    };
  }

  function scalar(value: unknown): string {
    if (typeof value === 'boolean') return t(value ? 'auditValue.yes' : 'auditValue.no');
    if (typeof value === 'number') return formatCount(value);
    const text = String(value);
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return formatDay(text);
    if (/^\d{4}-\d{2}-\d{2}T\d{2}:/.test(text)) return formatTime(text, false);
    return label(vocabularies, text);
  }

  const isDate = (value: unknown): boolean => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value);

  function name(key: string, value: unknown): string {
    if ((key === 'from' || key === 'to') && isDate(value)) return t(`common.${key}`);
    return known(`auditDetail.${key}`) ? t(`auditDetail.${key}`) : key;
  }

  /** Lists of things are counted, lists of words joined, groups opened. */
  function of(key: string, value: unknown): AuditFact[] {
    if (value === null || value === undefined || value === '' || inner.has(key)) return [];
    if (Array.isArray(value)) {
      if (value.length === 0) return [];
      const words = value.every((one) => typeof one !== 'object')
        ? value.map(scalar).join(', ')
        : formatCount(value.length);
      return [{ label: name(key, value), value: words }];
    }
    if (typeof value === 'object') return entriesOf(value).flatMap(([part, one]) => of(part, one));
    // a step of an exchange of keys is no deed on a queue, though two have one name
    const step = key === 'step' && typeof value === 'string' ? `auditStep.${value}` : '';
    return [{ label: name(key, value), value: known(step) ? t(step) : scalar(value) }];
  }

  function facts({ details, note }: AuditEntry): AuditFact[] {
    const entries = entriesOf(details).flatMap(([key, value]) => of(key, value));
    return note === null ? entries : [...entries, { label: t('order.note'), value: note }];
  }

  return { subject, facts };
}

function entriesOf(details: object): [string, unknown][] {
  return Object.entries(details).toSorted(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b));
}
