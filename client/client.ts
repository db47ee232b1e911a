/**
 * The HTTP contract as typed calls, for the page, for programs and for tests: paths, parameters, bodies and answers come from contract.ts,
 * which is made from the schemas of the routes.
 */
import createClient, { type MaybeOptionalInit } from 'openapi-fetch';
import type { PathsWithMethod, RequiredKeysOf, ResponseObjectMap, SuccessResponse } from 'openapi-typescript-helpers';
import type { components, paths } from './contract.ts';

export const API_PREFIX = '/api/v1';

/** Shapes of the contract by name, e.g. `Shape<'Order'>`. */
export type Shape<Name extends keyof components['schemas']> = components['schemas'][Name];
export type Fault = Shape<'Fault'>;

/** Paths without the prefix, as routes are declared. */
export type ApiPaths = { [Path in keyof paths as Path extends `${typeof API_PREFIX}${infer Rest}` ? Rest : never]: paths[Path] };
type Method = 'get' | 'post' | 'patch' | 'delete';
type Operation<Path extends keyof ApiPaths, Verb extends Method> = ApiPaths[Path] extends Record<Verb, infer One> ? One : never;
/** What a call resolves to when all goes well. */
export type AnswerOf<Path extends keyof ApiPaths, Verb extends Method> =
  Operation<Path, Verb> extends Record<string | number, unknown>
    ? SuccessResponse<ResponseObjectMap<Operation<Path, Verb>>, 'application/json'>
    : never;

/** What a call needs beside its path; nothing where nothing is needed. */
type InitParam<Init> = RequiredKeysOf<Init> extends never ? [init?: Init] : [init: Init];

type Call<Verb extends Method> = <Path extends PathsWithMethod<ApiPaths, Verb>>(
  path: Path,
  ...init: InitParam<MaybeOptionalInit<ApiPaths[Path], Verb>>
) => Promise<AnswerOf<Path, Verb>>;

export interface TypedApi {
  get: Call<'get'>;
  post: Call<'post'>;
  patch: Call<'patch'>;
  remove: Call<'delete'>;
}

export interface TypedApiOptions {
  /** where /api/v1 is, without a slash at the end; empty = where the page came from */
  origin: string;
  /** sends one request, with what signs it in */
  send(request: Request): Promise<Response>;
  /** the error to throw for an answer that is none of success */
  refused(response: Response, body: Fault | string | undefined): Error;
}

/** Lists travel comma-separated; empty values are left out. */
export function queryText(query: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const text = Array.isArray(value) ? value.join(',') : value === undefined || value === null ? '' : String(value);
    if (text !== '') params.set(name, text);
  }
  return params.toString();
}

export function createTypedApi({ origin, send, refused }: TypedApiOptions): TypedApi {
  const client = createClient<ApiPaths>({ baseUrl: `${origin}${API_PREFIX}`, fetch: send, querySerializer: queryText });
  const call =
    (method: Method) =>
    async (path: string, init: object = {}): Promise<unknown> => {
      const { data, error, response } = await client.request(method as never, path as never, init as never);
      if (!response.ok) throw refused(response, error as Fault | string | undefined);
      return data;
    };
  return { get: call('get'), post: call('post'), patch: call('patch'), remove: call('delete') } as TypedApi;
}
