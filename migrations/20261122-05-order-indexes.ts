import type { Knex } from 'knex';

/**
 * Indexes for lists and totals of orders (GET /orders). Those that end in (time, id) give a page in list order; price
 * is included where totals are asked for, so that they are summed from the index alone.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index orders_status_idx;
    create index orders_status_idx on orders (status, time, id) include (price);
    create index orders_machine_idx on orders (machine_code, time, id) include (price);
    create index orders_settled_idx on orders (time, id) include (price) where settled;
    create index orders_updated_idx on orders (time, id) include (price) where version > 1;
    -- most orders have none: they cost nothing here
    create index orders_issues_idx on orders using gin (issues) where issues <> '{}';
    create index order_changes_fields_idx on order_changes (change_type, order_id)
      where change_type in ('filled', 'changed');
    -- a receipt is searched for by the number printed on it
    create index fiscal_receipts_check_number_idx on fiscal_receipts (fiscal_check_number);

    -- Goods by name, few: what a search text means is looked up here, and an index of a million orders by goods is
    -- spared
    create table goods (name text primary key);
    insert into goods (name) select distinct goods_name from orders where goods_name is not null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table goods;
    drop index fiscal_receipts_check_number_idx, order_changes_fields_idx, orders_issues_idx, orders_updated_idx,
      orders_settled_idx,
      orders_machine_idx, orders_status_idx;
    create index orders_status_idx on orders (status, time, id);
  `);
}
