/**
 * What a route is. Every route of the product is an entry of the table api/routes/index.ts: its role, its schemas
 * (which validate requests and make the OpenAPI document) and its handler. A route without a declared role does not
 * compile.
 */
import type { Lang } from '../shared/texts/languages.ts';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Principal, Role } from '../shared/auth/principal.ts';

export { ROLES, type Principal, type Role } from '../shared/auth/principal.ts';

/** public: no sign-in. any: whoever is signed in. Otherwise this role or a higher one. */
export type RouteRole = 'public' | 'any' | Role;

export interface RouteContext<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  /** set unless the route is public */
  principal: Principal;
  requestId: string;
  /** ru unless Accept-Language prefers en */
  lang: Lang;
  /** the client's address as TRUST_PROXY allows it to be known */
  address: string;
  /**
   * For a handler that reads the body itself: before it takes effect. @throws AppError token_revoked,
   * service_unavailable
   */
  assertStillIn(): Promise<void>;
  request: Request;
  response: Response;
}

/** JSON of this shape, something else, or nothing. */
export type Answer = z.ZodType | MediaAnswer | null;

export interface MediaAnswer {
  /** types of what is no JSON, e.g. text/csv */
  media: readonly string[];
  /** where the request may ask for JSON as well */
  json?: z.ZodType;
}

/** The schema of the JSON that an answer may be; null where it is none. */
export function jsonOf(answer: Answer): z.ZodType | null {
  return answer !== null && 'media' in answer ? (answer.json ?? null) : answer;
}

/** What a handler may return where these are the answers: the JSON of one of them, or undefined. */
type Returned<Answers> = {
  [Status in keyof Answers]: Answers[Status] extends z.ZodType
    ? z.input<Answers[Status]>
    : Answers[Status] extends { json: infer Json extends z.ZodType }
      ? z.input<Json>
      : undefined;
}[keyof Answers];

export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answers extends Record<number, Answer> = Record<number, Answer>,
> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Express pattern below /api/v1, e.g. /files/:id */
  path: string;
  role: RouteRole;
  summary: string;
  params?: Params;
  /** strict: unknown query parameters are refused */
  query?: Query;
  body?: Body;
  /**
   * what it answers by status, faults apart (they are the same for all routes); makes the OpenAPI document, and tests
   * hold answers to it
   */
  responses: Answers;
  /** multipart upload: the body is not parsed as JSON */
  multipart?: true;
  /** signs in by the refresh cookie or the bearer in its own handler: no principal is made for it */
  ownAuthentication?: true;
  /** its sender shows a secret, and counts against no address unless it is wrong: the handler counts */
  ownLimits?: true;
  /** it hands out what outlives a personal token, so none opens it, whatever its scopes */
  signInOnly?: true;
  /** its cost hangs on how much there is: a person has two of these at once, others wait */
  expensive?: true;
  /** may a single-use link of POST /downloads open it */
  downloadable?: true;
  /**
   * What it returns, or resolves to, is sent as JSON with 200; undefined = it has answered itself (or 204 when it has
   * not).
   */
  handler(
    context: RouteContext<z.output<Params>, z.output<Query>, z.output<Body>>,
  ): Returned<Answers> | undefined | void | Promise<Returned<Answers> | undefined | void>;
}

/** What the OpenAPI document says of a route. */
export type DescribedRoute = Omit<Route, 'handler'>;

/** Gives a route its types: what the handler returns is one of the declared answers, or does not compile. */
export function defineRoute<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answers extends Record<number, Answer>,
>(route: Route<Params, Query, Body, Answers>): Route {
  return route as unknown as Route;
}
