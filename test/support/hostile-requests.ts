/**
 * Requests nobody means, made from the OpenAPI document: one parameter of one operation holds something odd, the others
 * what they should, so that the odd one gets as far as it can.
 */
import { JSON_TYPE, FORM_TYPE, TEXTS, EXTREMES, RAW, VALUES, BODIES, TYPES, HEADERS } from './hostile-values.ts';
import type { Random } from '../../scripts/make-month/random.ts';

interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  minimum?: number;
  minLength?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

interface Operation {
  parameters?: { name: string; in: 'path' | 'query'; required?: boolean; schema?: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

export interface Document {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
}

/** Where something odd can stand: a parameter, a property of a body, a whole body. */
export interface Place {
  method: string;
  path: string;
  operation: Operation;
  in: 'path' | 'query' | 'property' | 'body' | 'field';
  name: string;
}

export interface HostileRequest {
  method: string;
  /** as it is sent, from the first slash */
  target: string;
  headers: Record<string, string>;
  body: string | null;
}

/** What exists, so that a request meets it: ids by the path they belong to, bodies by operation. */
export interface Known {
  ids: Record<string, string>;
  bodies: Record<string, unknown>;
  cursors: string[];
  /** what parameters take, by name, where the document does not tell */
  values: Record<string, string>;
}

/** Every place of every operation of the document. */
export function placesOf(document: Document): Place[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]): Place[] => {
      const at = (inside: Place['in'], name: string): Place => ({ method, path, operation, in: inside, name });
      const content = operation.requestBody?.content ?? {};
      const json = content[JSON_TYPE]?.schema;
      return [
        ...(operation.parameters ?? []).map((parameter) => at(parameter.in, parameter.name)),
        ...(json === undefined ? [] : [...propertiesOf(json, document)].map((name) => at('property', name))),
        ...(json === undefined ? [] : [at('body', '')]),
        ...(content[FORM_TYPE] === undefined ? [] : [at('field', 'source'), at('field', 'filename')]),
      ];
    }),
  );
}

function resolve(schema: Schema, document: Document): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (document.components?.schemas?.[name] ?? {});
}

/** Of all forms that a body may have. */
function propertiesOf(given: Schema, document: Document, found = new Set<string>()): Set<string> {
  const schema = resolve(given, document);
  for (const form of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
    propertiesOf(form, document, found);
  for (const name of Object.keys(schema.properties ?? {})) found.add(name);
  return found;
}

/** Something that this schema takes, as far as a few lines can tell. */
function fitting(given: Schema | undefined, document: Document, random: Random): unknown {
  const schema = resolve(given ?? {}, document);
  const forms = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (forms !== undefined && forms.length > 0)
    return fitting(random.pick(forms as [Schema, ...Schema[]]), document, random);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined && schema.enum.length > 0) return random.pick(schema.enum as [unknown, ...unknown[]]);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'array') return [fitting(schema.items, document, random)];
  if (type === 'object') {
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, fitting(inner, document, random)]),
    );
  }
  if (type === 'integer' || type === 'number') return Math.max(schema.minimum ?? 1, 1);
  if (type === 'boolean') return random.next() < 0.5;
  const formats: Record<string, string> = {
    uuid: '7f0d6f4e-3f0a-4c56-9a55-0f3c9f6a2b11',
    date: '2025-07-01',
    'date-time': '2025-07-01T10:00:00+05:00',
    email: 'somebody@vhm24r.test',
  };
  return formats[schema.format ?? ''] ?? 'a'.repeat(Math.max(1, schema.minLength ?? 1));
}

/** A text in an address, byte by byte: also what encodeURIComponent refuses. */
function inAddress(text: string): string {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff)
      bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    else bytes.push(...Buffer.from(char));
  }
  return bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

function oddAddress(name: string, random: Random, known: Known): string {
  if (name === 'cursor' && random.next() < 0.7) return inAddress(oddCursor(random, known));
  return random.next() < 0.15 ? random.pick(RAW) : inAddress(oddText(name, random));
}

function oddText(name: string, random: Random): string {
  const kinds = EXTREMES.filter(([pattern]) => pattern.test(name));
  if (kinds.length === 0 || random.next() < 0.4) return random.pick(TEXTS);
  return random.pick(random.pick(kinds as [(typeof EXTREMES)[number], ...typeof EXTREMES])[1]);
}

/** Bent ones of ours, and what earlier versions took: the key of a row in plain sight. */
function oddCursor(random: Random, known: Known): string {
  const forged = [
    ['2026-02-31 10:00:00+05', 'no-uuid'],
    ['1; drop', '2'],
    ['value', '\0', '2026-13-01 00:00:00+05', '1'],
    [null],
    [],
  ];
  if (random.next() < 0.5 || known.cursors.length === 0) {
    return Buffer.from(JSON.stringify(random.pick(forged as [unknown, ...unknown[]]))).toString('base64url');
  }
  const cursor = random.pick(known.cursors as [string, ...string[]]);
  if (random.next() < 0.3) return cursor;
  const bytes = Buffer.from(cursor, 'base64url');
  bytes[random.int(0, bytes.length - 1)]! ^= 1 << random.int(0, 7);
  return bytes.toString('base64url');
}

/** A request with something odd in this place, and now and then in a second one. */
export function hostileRequest(place: Place, document: Document, known: Known, random: Random): HostileRequest {
  const { operation, path, method } = place;
  const parameters = operation.parameters ?? [];
  const isOdd = (inside: Place['in'], name: string) =>
    (place.in === inside && place.name === name) || random.next() < 0.02;
  const target = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    isOdd('path', name)
      ? oddAddress(name, random, known)
      : encodeURIComponent(knownId(path, name, parameters, { document, known, random })),
  );
  const query = parameters
    .filter((one) => {
      if (one.in !== 'query') return false;
      if (one.required === true || (place.in === 'query' && place.name === one.name)) return true;
      return known.values[one.name] !== undefined && random.next() < 0.1;
    })
    .map((one) => {
      const value = isOdd('query', one.name)
        ? oddAddress(one.name, random, known)
        : inAddress(known.values[one.name] ?? [fitting(one.schema, document, random)].flat().join(','));
      const twice = random.next() < 0.05 ? `&${one.name}=${value}` : '';
      return `${one.name}${random.next() < 0.03 ? '[]' : ''}=${value}${twice}`;
    });
  const made = bodyOf(place, document, known, random);
  return {
    method: method.toUpperCase(),
    target: query.length === 0 ? target : `${target}?${query.join('&')}`,
    headers: { ...made.headers, ...(random.next() < 0.15 ? random.pick(HEADERS) : {}) },
    body: made.body,
  };
}

function knownId(
  path: string,
  name: string,
  parameters: NonNullable<Operation['parameters']>,
  { document, known, random }: { document: Document; known: Known; random: Random },
): string {
  const base = Object.keys(known.ids).find((prefix) => path.startsWith(prefix) && name === 'id');
  if (base !== undefined) return known.ids[base] ?? '';
  return String(fitting(parameters.find((one) => one.in === 'path' && one.name === name)?.schema, document, random));
}

function bodyOf(
  place: Place,
  document: Document,
  known: Known,
  random: Random,
): { headers: Record<string, string>; body: string | null } {
  const content = place.operation.requestBody?.content ?? {};
  if (content[FORM_TYPE] !== undefined) return formOf(place, random);
  const schema = content[JSON_TYPE]?.schema;
  if (schema === undefined) return { headers: {}, body: null };
  if (place.in === 'body' && random.next() < 0.5)
    return { headers: { 'content-type': random.pick(TYPES) }, body: random.pick(BODIES) };
  const whole = place.in === 'body' ? random.pick(VALUES) : undefined;
  const base = known.bodies[`${place.method.toUpperCase()} ${place.path}`] ?? fitting(schema, document, random);
  const odd = {
    ...(base as object),
    [place.name]: random.next() < 0.6 ? oddText(place.name, random) : random.pick(VALUES),
  };
  const value = whole !== undefined ? whole : place.in === 'property' ? odd : base;
  return { headers: { 'content-type': JSON_TYPE }, body: JSON.stringify(value) };
}

/** Two files at most, so small that reading them takes no time. */
function formOf(place: Place, random: Random): { headers: Record<string, string>; body: string } {
  const odd = random.pick(TEXTS).replaceAll(/[\r\n]/g, ' ');
  const source = place.in === 'field' && place.name === 'source' ? odd : 'no such source';
  const name = place.in === 'field' && place.name === 'filename' ? odd.replaceAll('"', '%22') : 'a.csv';
  const boundary = random.next() < 0.9 ? 'x-boundary' : 'another';
  const body = [
    `--x-boundary\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\n\r\na,b\r\n`,
    `--x-boundary\r\ncontent-disposition: form-data; name="source"\r\n\r\n${source}\r\n--x-boundary--\r\n`,
  ].join('');
  return { headers: { 'content-type': `${FORM_TYPE}; boundary=${boundary}` }, body };
}
