import pg from 'pg';

/**
 * A year of orders for the page to show, made by the database itself: what they say is invented, how they are spread
 * over statuses, issues, machines, payment types, prices and days is near that of a real year.
 */
export async function makeOrders(databaseUrl: string, count: number): Promise<void> {
  const db = new pg.Client({ connectionString: databaseUrl, ssl: false });
  await db.connect();
  try {
    for (const statement of [ORDERS, ISSUES, MACHINES, GOODS, COVERAGE, DAYS])
      await db.query(statement, statement === ORDERS ? [count] : []);
    await db.query('vacuum analyze');
  } finally {
    await db.end();
  }
}

const STATUS_OF = `case
  when n % 100 < 93 then 'fully_matched' when n % 100 = 93 then 'price_mismatch'
    when n % 100 = 94 then 'fiscal_mismatch'
  when n % 100 = 95 then 'gateway_mismatch' when n % 100 = 96 then 'hw_only' when n % 100 = 97 then 'vendhub_only'
  when n % 100 = 98 then 'time_out_of_range' else 'matched' end`;

const ORDERS = `
  insert into orders (order_number, machine_code, goods_name, payment_type, price, time, has_hw, has_vh, status, issues,
    pending, settled, version, last_change)
  select 'ff' || lpad(to_hex(n), 8, '0') || lpad(n::text, 14, '0') || 'bench0000000',
    'machine' || lpad((n * 7 % 40)::text, 5, '0'), 'Напиток ' || n % 25,
    (array['cash', 'cash', 'payme', 'click', 'uzum', 'qr', 'card', 'vip'])[1 + n % 8], 5000 + n * 13 % 40 * 1000,
    '2025-01-01T00:00:00+05:00'::timestamptz + n * interval '350 days' / $1::float8, n % 100 <> 97, n % 100 <> 96,
      ${STATUS_OF},
    case when n % 100 between 93 and 98 then array[${STATUS_OF}]
        when n % 311 = 0 then array['delivery_failed_but_paid'] else '{}' end,
    n % 997 = 0, n % 1009 = 0, 1 + (n % 500 = 0)::int, case when n % 500 = 0 then 'updated' else 'new' end
  from generate_series(1, $1::int) n`;
const ISSUES = `insert into order_issues (order_id, code) select id, unnest(issues) from orders where issues <> '{}'`;
const MACHINES = `insert into machines (machine_code, address) select distinct machine_code, 'Ташкент, ' || machine_code
  from orders`;
const GOODS = `insert into goods (name) select distinct goods_name from orders`;
const SOURCES = `(values ('happy_workers'), ('vendhub'), ('fiscal_bills'), ('payme'), ('click'), ('uzum')) s (source)`;
const COVERAGE = `insert into source_coverage (source, covered_from, covered_to) select s.source, o.first, o.last
  from ${SOURCES} cross join (select min(time) as first, max(time) as last from orders) o`;
const DAYS = `insert into source_days (source, day, records) select s.source,
  (o.time at time zone 'Asia/Tashkent')::date, count(*)
  from orders o cross join ${SOURCES} group by 1, 2`;
