import { answerOf } from '../../client/client.ts';
import type { Shape } from '../../client/shapes.ts';
import { renderText } from '../../shared/texts/text.ts';
import { languages, type Lang } from '../../shared/texts/languages.ts';
import { orderStatusTexts } from '../../shared/texts/tables.ts';
import { type Command, EXIT, type Run, textOf } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { FILTER_USAGE, filterOf, filterOptions } from '../order-filter.ts';
import { type Cell, csvText, tableText, timeText } from '../output.ts';
import { worded } from '../texts.ts';

type Order = Shape<'Order'>;

const FORMATS = ['table', 'csv', 'json'] as const;
const PAGE = 1_000;
const SHOWN = 50;

/** `orders [filters]`: newest first. */
export const orders: Command = {
  name: 'orders',
  usage: `orders ${FILTER_USAGE} [--limit N | --all] [--format table|csv|json]`,
  options: { ...filterOptions, limit: { type: 'string' }, all: { type: 'boolean' }, format: { type: 'string' } },
  async run(run) {
    const { values, lang } = run;
    const format = run.json ? 'json' : (textOf(values, 'format') ?? 'table');
    if (!FORMATS.some((one) => one === format))
      throw new UsageError(worded('oneOf', lang, { option: '--format', values: FORMATS.join(', ') }));
    const { items, more } = await found(run, values['all'] === true ? Infinity : limitOf(run));
    if (format === 'json') run.print({ items });
    else if (format === 'csv') run.io.stdout.write(csvText(COLUMNS, items.map(valuesOf)));
    else {
      if (items.length > 0)
        run.say(
          tableText(
            languages[lang].tableHeads.orders,
            items.map((order) => cellsOf(order, lang)),
          ),
        );
      run.note(worded(more ? 'ordersMore' : 'orders', lang, { count: items.length }));
    }
    return EXIT.done;
  },
};

function limitOf({ values, lang }: Run): number {
  const limit = Number(textOf(values, 'limit') ?? SHOWN);
  if (!Number.isInteger(limit) || limit < 1)
    throw new UsageError(worded('oneOf', lang, { option: '--limit', values: '1, 2, 3 …' }));
  return limit;
}

async function found(run: Run, limit: number): Promise<{ items: Order[]; more: boolean }> {
  const client = run.client();
  const filter = filterOf(run);
  const items: Order[] = [];
  let cursor: string | undefined;
  do {
    const query = {
      ...filter,
      limit: Math.min(PAGE, limit - items.length),
      ...(cursor === undefined ? {} : { cursor }),
    };
    const page = await answerOf(client.GET('/api/v1/orders', { params: { query } }));
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && items.length < limit);
  return { items, more: cursor !== undefined };
}

function cellsOf(order: Order, lang: Lang): Cell[] {
  return [
    timeText(order.time),
    order.orderNumber,
    order.machineName ?? order.machineCode,
    order.goodsName,
    order.paymentType,
    order.price,
    renderText(orderStatusTexts, order.status, {}, lang),
    order.why?.message,
  ];
}

/** For programs: names and codes of the contract, whatever the language. */
const COLUMNS = [
  'id',
  'time',
  'orderNumber',
  'machineCode',
  'goodsName',
  'paymentType',
  'price',
  'status',
  'pending',
  'issues',
  'difference',
  'why',
];

function valuesOf(order: Order): Cell[] {
  const { id, time, orderNumber, machineCode, goodsName, paymentType, price, status, pending, issues } = order;
  const rest = [String(pending), issues.join(' '), order.difference, order.why?.message];
  return [id, time, orderNumber, machineCode, goodsName, paymentType, price, status, ...rest];
}
