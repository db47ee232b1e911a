/** Who asks, and what they may do. viewer < operator < finance < admin (api.md section 4). */
export const ROLES = ['viewer', 'operator', 'finance', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What a personal API token may be used for; each opens the routes of one role, as far as its owner's role reaches. */
export const SCOPES = ['read', 'upload', 'decide', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** The scope that a route of this role asks of a personal API token. */
export const SCOPE_OF_ROLE: Readonly<Record<Role, Scope>> = {
  viewer: 'read',
  operator: 'upload',
  finance: 'decide',
  admin: 'admin',
};

/** Who asks, after authentication. */
export interface Principal {
  userId: string;
  role: Role;
  /** how: bearer access token, personal API token, ops or docs cookie, or single-use download link */
  kind: 'access' | 'api_token' | 'ops' | 'docs' | 'download';
  /**
   * the token's id, for revocation (of a download link: that of the sign-in that made it); null for kinds without one
   */
  jti: string | null;
  /** users.token_version the token was made under */
  version: number;
  /** expiry of the token, epoch seconds; null = none */
  expiresAtS: number | null;
  /** scopes of a personal API token; null = everything its role allows */
  scopes: readonly string[] | null;
}

export function isRole(value: unknown): value is Role {
  return typeof value === 'string' && (ROLES as readonly string[]).includes(value);
}

/** True when `role` is `wanted` or a higher one. */
export function reaches(role: Role, wanted: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(wanted);
}
