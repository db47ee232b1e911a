/**
 * The HTTP contract by name, for the page, for programs and for tests. contract.ts is made from the schemas of the
 * routes (`npm run api:types`), so what a caller reads is what the server writes.
 */
import type { components } from './contract.ts';

/** One shape of the contract, e.g. `Shape<'Order'>`. */
export type Shape<Name extends keyof components['schemas']> = components['schemas'][Name];
