import type { Order } from '../api/types.ts';
import { toneOfIssue, toneOfStatus, type Tone } from '../parts/tones.ts';

export interface Tag {
  kind: 'order' | 'issue' | 'sale';
  code: string;
  tone: Tone;
}

const urgency: readonly Tone[] = ['bad', 'warn', 'info', 'ok', 'quiet'];

/**
 * Status and issues of an order and whether it was not paid or was given back, the most urgent first. While an issue is
 * open the status is never green: who looks for the colour alone must not take the order for done.
 */
export function tagsOf(order: Pick<Order, 'status' | 'issues' | 'settled' | 'sale'>): Tag[] {
  const open = order.issues.length > 0 && !order.settled;
  const tone = toneOfStatus(order.status);
  const tags: Tag[] = [
    { kind: 'order', code: order.status, tone: open && tone === 'ok' ? 'quiet' : tone },
    ...order.issues
      .filter((code) => code !== order.status)
      .map((code): Tag => ({ kind: 'issue', code, tone: order.settled ? 'quiet' : toneOfIssue(code) })),
    ...(order.sale ? [{ kind: 'sale', code: order.sale, tone: 'quiet' } satisfies Tag] : []),
  ];
  return tags.toSorted((a, b) => urgency.indexOf(a.tone) - urgency.indexOf(b.tone));
}
