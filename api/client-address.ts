import type { Request } from 'express';

/**
 * The client's address as TRUST_PROXY allows it to be known, without a port: some proxies write one into
 * X-Forwarded-For, and every connection would count as somebody else.
 */
export function clientAddress(request: Request): string {
  const text = request.ip ?? '';
  const [, bracketed] = /^\[([^\]]+)\](?::\d+)?$/.exec(text) ?? [];
  if (bracketed !== undefined) return bracketed;
  const [, plain] = /^(\d{1,3}(?:\.\d{1,3}){3}):\d+$/.exec(text) ?? [];
  return plain ?? text;
}
