/**
 * `npm run api:types`: writes client/contract.ts, the types of the HTTP contract, from the schemas that validate
 * requests and answers, and client/vocabulary.ts, the values that its closed lists have. A unit test holds the files to
 * them.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { openApiDocument } from '../api/openapi.ts';
import { createRoutes } from '../api/routes/index.ts';
import { AUDIT_ACTIONS } from '../shared/audit/audit.ts';
import { ROLES } from '../shared/auth/principal.ts';
import { loadConfig } from '../shared/config.ts';
import { GATEWAYS, SOURCE_NAMES, sourceList } from '../shared/ingest/sources/index.ts';
import { isMainModule } from '../shared/main-module.ts';
import { REASON_FILTERS } from '../shared/orders/reasons.ts';
import { SALE_OUTCOMES } from '../shared/orders/sale-outcomes.ts';
import { RESOLUTIONS } from '../shared/reconcile/decisions.ts';
import type { ApiResources } from '../shared/resources.ts';
import { CALM_STATUSES, CHANGE_TYPES, ISSUE_CODES, PAYMENT_TYPES, PROBLEM_STATUSES } from '../shared/rules/codes.ts';

export const CONTRACT_PATH = fileURLToPath(new URL('../client/contract.ts', import.meta.url));
export const VOCABULARY_PATH = fileURLToPath(new URL('../client/vocabulary.ts', import.meta.url));

const HEAD = '/** Made by `npm run api:types` from the schemas of the routes: not to be edited. */\n';

/** Making the table of routes asks for no more than the settings; what handlers use is not there. */
export function routesOnPaper() {
  const config = loadConfig(
    {
      NODE_ENV: 'test',
      DATABASE_URL: 'postgres://127.0.0.1/none',
      JWT_SECRETS: 'test:kQ7v-2mXz9Lw4RtYb8NcJd5HsGf3PaEu6',
      AUDIT_KEY: 'test-4Zr8WqVn2KxTc6Jm9PdYh3Lb7Gs5Fa1Eu',
    },
    'api',
  );
  return createRoutes({ config, auth: {} } as unknown as ApiResources);
}

/** @returns the text of client/contract.ts as the routes are now */
export async function contractOfRoutes(): Promise<string> {
  const document = openApiDocument(routesOnPaper(), '/api/v1', 'contract');
  // the generator resolves references in place: what it gets is its own
  const own = JSON.parse(JSON.stringify(document)) as OpenAPI3;
  return HEAD + astToString(await openapiTS(own, { alphabetize: true, silent: true }));
}

/**
 * The closed lists of the contract as values, for whoever offers them: the page's filters and forms, the command line.
 * @returns the text of client/vocabulary.ts
 */
export function vocabulary(): string {
  const lists: Record<string, [about: string, values: readonly string[]]> = {
    GATEWAYS: ['A kind of payment and a status bear the name of each.', GATEWAYS],
    SOURCES: ['', SOURCE_NAMES],
    PROBLEM_STATUSES: ['Statuses under which something is left to settle.', PROBLEM_STATUSES],
    CALM_STATUSES: ['', CALM_STATUSES],
    ISSUES: ['Independent issues, then the statuses that also come as an issue.', ISSUE_CODES],
    PAYMENT_TYPES: ['', PAYMENT_TYPES],
    CHANGE_TYPES: ['What imports did to an order.', CHANGE_TYPES],
    REASONS: ['Why a proof does not agree: missing, apart from there and other.', REASON_FILTERS],
    SALE_OUTCOMES: ['Sales that are no revenue.', SALE_OUTCOMES],
    RESOLUTIONS: ['', RESOLUTIONS],
    ROLES: ['', ROLES],
    AUDIT_ACTIONS: ['', AUDIT_ACTIONS],
  };
  // what is asked of any status is no closed list of its own
  const kindOf = (name: string) => (name === 'CALM_STATUSES' ? ` as readonly Shape<'Order'>['status'][]` : ' as const');
  const constants = Object.entries(lists).map(
    ([name, [about, values]]) =>
      `${about === '' ? '' : `/** ${about} */\n`}export const ${name} = [\n` +
      `${values.map((one) => `  '${one}',\n`).join('')}]${kindOf(name)};\n`,
  );
  const fields = sourceList.map(({ name, fields: all }) => {
    const offered = all.filter(({ need, column }) => need === 'R' || column !== null);
    const rows = offered.map((field) => `    { name: '${field.name}', required: ${field.need === 'R'} },\n`);
    return `  ${name}: [\n${rows.join('')}  ],\n`;
  });
  const about = '/** What a column of each report can be, by canonical names in snake_case. */\n';
  return [
    `${HEAD}import type { Shape } from './shapes.ts';\n`,
    ...constants,
    `${about}export const SOURCE_FIELDS = {\n${fields.join('')}} as const;\n`,
  ].join('\n');
}

if (isMainModule(import.meta.url)) {
  await writeFile(CONTRACT_PATH, await contractOfRoutes());
  await writeFile(VOCABULARY_PATH, vocabulary());
}
