/**
 * An example of every parameter, body and answer of the OpenAPI document, worked out from the schemas and from names
 * that say what is meant.
 */

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: Json[];
  const?: Json;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: boolean | Schema;
  minimum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  minLength?: number;
  pattern?: string;
  format?: string;
  default?: Json;
  example?: Json;
}

interface Media {
  schema?: Schema;
  example?: Json;
}

interface Operation {
  parameters?: { name: string; schema?: Schema; example?: Json }[];
  requestBody?: { content: Record<string, Media> };
  responses?: Record<string, { content?: Record<string, Media> }>;
}

const UUID = '0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11';
/** Values that a reader of this API meets. */
const BY_NAME: Readonly<Record<string, Json>> = {
  id: '8974',
  did: '12',
  orderId: '8974',
  orderNumber: 'ff0000025520250701025853a7ca181f0000',
  machine: 'a7ca181f0000',
  machineCode: 'a7ca181f0000',
  machineName: 'Чиланзар, 7 квартал',
  goodsName: 'Горячий шоколад',
  from: '2025-07-01',
  to: '2025-07-31',
  amountFrom: '5000',
  amountTo: '20000',
  price: '15000',
  sum: '15000',
  amount: '15000',
  q: '15000',
  email: 'operator@example.uz',
  password: 'qahva-terak-orzu-9',
  currentPassword: 'avvalgi-qahva-terak-7',
  newPassword: 'qahva-terak-orzu-9',
  name: 'report.xlsx',
  firstName: 'Дилшод',
  lastName: 'Каримов',
  note: 'Проверено по журналу автомата',
  reason: 'Загружен отчёт не за тот месяц',
  path: '/api/v1/files/0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11/content',
  recordId: 'payme-31',
  sha256: 'a3f1c2d4e5b60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90',
  message: 'Нет чека на 15 000',
  code: 'no_receipt',
  requestId: UUID,
  month: '2025-07',
  address: '192.0.2.10',
  cursor: '',
  limit: 50,
};
const BY_FORMAT: Readonly<Record<string, string>> = {
  'date-time': '2025-07-01T09:55:56.000+05:00',
  date: '2025-07-01',
  uuid: UUID,
  email: 'operator@example.uz',
  binary: '',
};
const MAX_DEPTH = 8;

/** The same document, each place with an example where it had none. */
export function addExamples<Document extends object>(document: Document): Document {
  const { paths = {}, components } = document as {
    paths?: Record<string, Record<string, Operation>>;
    components?: { schemas?: Record<string, Schema> };
  };
  const schemas = components?.schemas ?? {};
  const of = (schema: Schema | undefined, name = ''): Json | undefined =>
    schema === undefined ? undefined : exampleOf(schema, name, schemas, 0);
  for (const operations of Object.values(paths)) {
    for (const operation of Object.values(operations)) {
      for (const parameter of operation.parameters ?? []) {
        const example = of(parameter.schema, parameter.name);
        if (parameter.example === undefined && example !== undefined && example !== '') parameter.example = example;
      }
      const contents = [
        operation.requestBody?.content,
        ...Object.values(operation.responses ?? {}).map(({ content }) => content),
      ];
      for (const media of contents.flatMap((content) => Object.entries(content ?? {}))) {
        const [type, body] = media;
        if (type === 'application/json') body.example ??= of(body.schema) ?? null;
      }
    }
  }
  return document;
}

function exampleOf(schema: Schema, name: string, schemas: Readonly<Record<string, Schema>>, depth: number): Json {
  const inner = (one: Schema, as = name): Json => exampleOf(one, as, schemas, depth + 1);
  if (depth > MAX_DEPTH) return null;
  if (schema.example !== undefined) return schema.example;
  if (schema.$ref !== undefined) {
    const known = schemas[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)];
    return known === undefined ? null : inner(known);
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum.find((value) => value !== null) ?? null;
  const choice = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].find((one) => one.type !== 'null');
  if (choice !== undefined) return inner(choice);
  if (schema.allOf !== undefined) {
    const parts = schema.allOf.map((one) => inner(one));
    return Object.assign(
      {},
      ...parts.filter((part) => part !== null && typeof part === 'object' && !Array.isArray(part)),
    ) as Json;
  }
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type;
  if (type === 'object' || schema.properties !== undefined) {
    const own = Object.entries(schema.properties ?? {}).map(([key, one]) => [key, inner(one, key)] as const);
    return Object.fromEntries(own.filter(([key, value]) => value !== null || (schema.required ?? []).includes(key)));
  }
  if (type === 'array') return schema.items === undefined ? [] : [inner(schema.items)];
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') {
    const least = schema.minimum ?? (schema.exclusiveMinimum === undefined ? 0 : schema.exclusiveMinimum + 1);
    const named = BY_NAME[name];
    return typeof named === 'number' ? named : typeof schema.default === 'number' ? schema.default : Math.max(least, 1);
  }
  if (type === 'string' || type === undefined) return textOf(schema, name);
  return null;
}

/** The first of: its format, its name, what its pattern takes, its default. */
function textOf(schema: Schema, name: string): string {
  const fits = (text: string): boolean =>
    text.length >= (schema.minLength ?? 0) &&
    (schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(text));
  const candidates = [
    BY_FORMAT[schema.format ?? ''],
    typeof BY_NAME[name] === 'string' ? (BY_NAME[name] as string) : undefined,
    typeof schema.default === 'string' ? schema.default : undefined,
    '15000',
    '42',
    UUID,
    '2025-07-01',
    'A'.repeat(43),
    'vhm24r',
  ];
  return candidates.find((text): text is string => text !== undefined && fits(text)) ?? '';
}
