import pg from 'pg';

/** What reconciliation must find: truth.json of make-month. */
export interface Truth {
  orders: Record<string, { status: string }>;
  /** by order number: the issue that must be raised */
  issues: Record<string, string>;
  /** by `<source>:<natural key>` */
  orphans: Record<string, string>;
  /** rows of each report */
  counts: Record<string, number>;
}

/** What the database says otherwise than the truth, one line each. */
export async function differencesFrom(
  truth: Pick<Truth, 'orders' | 'issues' | 'orphans'>,
  url: string,
): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{
      order_number: string | null;
      proof: string | null;
      status: string;
      pending: boolean;
      issues: string[];
    }>(`
      select o.order_number, case when o.proof_source = 'fiscal_bills' then 'fiscal:' || r.natural_key
        else o.proof_source || ':' || p.natural_key end as proof,
        o.status, o.pending, o.issues
      from orders o left join fiscal_receipts r on o.proof_source = 'fiscal_bills' and r.id = o.proof_id
      left join gateway_payments p on o.proof_source <> 'fiscal_bills' and p.id = o.proof_id`);
    const wrong: string[] = [];
    const seen = new Set<string>();
    for (const row of rows) {
      const key = row.order_number ?? (row.proof as string);
      seen.add(key);
      if (row.order_number !== null) {
        const issue = truth.issues[key];
        if (truth.orders[key]?.status !== row.status)
          wrong.push(`${key} is ${row.status}, not ${truth.orders[key]?.status}`);
        if (row.pending) wrong.push(`${key} is pending`);
        if (issue !== undefined && !row.issues.includes(issue)) wrong.push(`${key} lacks ${issue}`);
      } else if (row.status.endsWith('_only') ? truth.orphans[key] !== row.status : key in truth.orphans)
        wrong.push(`${key} is ${row.status}`);
    }
    for (const key of [...Object.keys(truth.orders), ...Object.keys(truth.orphans)])
      if (!seen.has(key)) wrong.push(`${key} is missing`);
    return wrong;
  } finally {
    await client.end();
  }
}
