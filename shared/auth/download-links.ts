/**
 * Links for what a browser must fetch by itself, without a header: good for one path, once, for a minute. They stand in
 * for no token: what they open is one download, and they end with the sign-in that asked for them.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { DbOrTransaction } from '../db/client.ts';
import { execute, selectRow } from '../db/rows.ts';
import { AppError } from '../errors.ts';
import { inTime } from './in-time.ts';
import type { Principal, Role } from './principal.ts';

export const DOWNLOAD_LINK_TTL_S = 60;
/** The query parameter that carries the link's secret. */
export const DOWNLOAD_LINK_PARAMETER = 'link';

/** What a link is good for: path and query below /api/v1 without the link itself, spelled one way. */
export function linkTarget(url: URL): string {
  const query = new URLSearchParams(url.search);
  query.delete(DOWNLOAD_LINK_PARAMETER);
  return query.size === 0 ? url.pathname : `${url.pathname}?${query.toString()}`;
}

export interface DownloadLinks {
  /** @param path as linkTarget spells it */
  create(principal: Principal, path: string): Promise<{ secret: string; expiresAt: Date }>;
  /** Uses it up. @throws AppError unauthenticated, token_revoked */
  open(secret: string, path: string): Promise<Principal>;
  /** For whoever asks only what he would get, and leaves it good. @throws AppError as open does */
  look(secret: string, path: string): Promise<Principal>;
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
const IS_GOOD = 'token_hash = ? and path = ? and used_at is null and expires_at > now()';
const linkSpent = () => new AppError('unauthenticated', { details: { reason: 'link_spent' } });

export function createDownloadLinks(db: DbOrTransaction): DownloadLinks {
  /** Whoever asked for the link, as long as their sign-in lasts. */
  async function principalOf(hash: Buffer): Promise<Principal> {
    const row = await inTime(
      selectRow<{
        user_id: string;
        role: Role;
        jti: string | null;
        token_version: number;
        expires_at_s: number;
        ended: boolean;
      }>(
        db,
        `select l.user_id::text, u.role, l.jti, l.token_version,
          floor(extract(epoch from l.expires_at))::float8 as expires_at_s,
                u.status <> 'approved' or u.token_version <> l.token_version
                  or exists (select from revoked_tokens r where r.jti = l.jti)
                  or exists (select from user_tokens t where t.id::text = l.jti and t.revoked_at is not null) as ended
         from download_links l join users u on u.id = l.user_id where l.token_hash = ?`,
        [hash],
      ),
      'using a link',
    );
    if (row === null || row.ended) throw new AppError('token_revoked');
    return {
      userId: row.user_id,
      role: row.role,
      kind: 'download',
      jti: row.jti,
      version: row.token_version,
      expiresAtS: row.expires_at_s,
      scopes: null,
    };
  }

  return {
    async create(principal, path) {
      const secret = randomBytes(24).toString('base64url');
      const row = await selectRow<{ expires_at: Date }>(
        db,
        `insert into download_links (token_hash, user_id, path, jti, token_version, expires_at)
         values (?, ?, ?, ?, ?, now() + make_interval(secs => ${DOWNLOAD_LINK_TTL_S})) returning expires_at`,
        [hashOf(secret), principal.userId, path, principal.jti, principal.version],
      );
      return { secret, expiresAt: row?.expires_at ?? new Date() };
    },

    async open(secret, path) {
      const hash = hashOf(secret);
      const used = await inTime(
        execute(db, `update download_links set used_at = now() where ${IS_GOOD}`, [hash, path]),
        'using a link',
      );
      if (used === 0) throw linkSpent();
      return principalOf(hash);
    },

    async look(secret, path) {
      const hash = hashOf(secret);
      const found = await inTime(
        selectRow(db, `select from download_links where ${IS_GOOD}`, [hash, path]),
        'looking at a link',
      );
      if (found === null) throw linkSpent();
      return principalOf(hash);
    },
  };
}
