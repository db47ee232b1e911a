/** Answers about one order, as far as tests look at them. */
interface MissBody {
  recordId: string;
  source: string;
  key: string;
  timeDeltaS: number;
  amountDelta: string;
  orderId: string;
  reason: { code: string; message: string };
}
export interface DecisionBody {
  id: string;
  kind: string;
  resolution: string;
  note: string;
  recordId: string | null;
  stale: boolean;
  createdByName: string;
}
export interface OrderBody {
  id: string;
  orderNumber: string | null;
  status: string;
  settled: boolean;
  pending: boolean;
  issues: string[];
  matchScore: number;
  ownerCode: string | null;
  decision: DecisionBody | null;
  decisions: DecisionBody[];
  legs: Record<string, (Record<string, unknown> & { key: string; recordId: string }) | null>;
  why: {
    rule: string;
    message: string;
    figures: Record<string, unknown>;
    differences: { code: string; params: Record<string, unknown>; message: string }[];
    coverage: { source: string; covered: boolean }[];
    candidates: MissBody[];
    nearMisses: MissBody[];
    windows: Record<string, unknown>;
  };
}
export interface ErrorBody {
  error: { code: string; details?: Record<string, unknown> };
}
