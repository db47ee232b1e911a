/**
 * Paths as a caller writes them, `/orders/${id}/changes`, held to the contract: which route is meant, what it takes and
 * what it answers. For callers with a transport of their own; client.ts has one.
 */
import type { paths } from './contract.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

type Route = keyof paths;
type RouteWith<M extends Method> = {
  [R in Route]: paths[R] extends Record<M, { responses: unknown }> ? R : never;
}[Route];

/** "/api/v1/orders/{id}/changes" as `/orders/${string}/changes` */
type Written<R extends string> = R extends `/api/v1${infer Rest}` ? Filled<Rest> : never;
type Filled<Text extends string> = Text extends `${infer Before}{${string}}${infer After}`
  ? `${Before}${string}${Filled<After>}`
  : Text;

/** What may be asked by this method. */
export type AskedPath<M extends Method> = Written<RouteWith<M>>;

/** The route that is meant: the one that is written exactly so. */
type RouteOf<M extends Method, Path extends string> = Path extends string
  ? { [R in RouteWith<M>]: Path extends Written<R> ? (Written<R> extends Path ? R : never) : never }[RouteWith<M>]
  : never;

type Operation<M extends Method, Path extends string> =
  RouteOf<M, Path> extends infer R ? (R extends Route ? paths[R][M & keyof paths[R]] : never) : never;

type JsonOf<Response> = Response extends { content: { 'application/json': infer Body } } ? Body : null;
type Good = 200 | 201 | 202 | 204;

/**
 * The JSON of its good answers; null where there is none. Unknown where the contract has no such route:
 * `/orders/${id}/nothing` is like `/orders/${string}`.
 */
export type Answered<M extends Method, Path extends string> = [RouteOf<M, Path>] extends [never]
  ? unknown
  : Operation<M, Path> extends infer O
    ? O extends { responses: infer Responses }
      ? { [Status in keyof Responses & Good]: JsonOf<Responses[Status]> }[keyof Responses & Good]
      : never
    : never;

/** The body that it takes as JSON. */
export type Body<M extends Method, Path extends string> =
  Operation<M, Path> extends infer O
    ? O extends { requestBody?: { content: { 'application/json': infer Sent } } }
      ? Sent
      : undefined
    : never;

/** The names of its query. */
export type QueryName<M extends Method, Path extends string> =
  Operation<M, Path> extends infer O
    ? O extends { parameters: { query?: infer Query } }
      ? keyof NonNullable<Query>
      : never
    : never;
