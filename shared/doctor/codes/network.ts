/**
 * Codes that PostgreSQL and Redis share: names, ports, first bytes, TLS. Each area has its own set, with its own
 * variable.
 */
import { problem, rung, type CodeEntry, type NetworkCode, type Store } from './entry.ts';

/** A store as its codes name it: the places in their sentences, too. */
export const STORES = {
  postgres: {
    product: 'PostgreSQL',
    variable: 'DATABASE_URL',
    publicVariable: 'DATABASE_PUBLIC_URL',
    service: 'Postgres',
    ask: 'pg_isready -d "$DATABASE_URL"',
  },
  redis: {
    product: 'Redis',
    variable: 'REDIS_URL',
    publicVariable: 'REDIS_PUBLIC_URL',
    service: 'Redis',
    ask: 'redis-cli -u "$REDIS_URL" ping',
  },
} as const satisfies Record<Store, Readonly<Record<string, string>>>;

type CodesOf<Area extends Store> = {
  [Name in NetworkCode as `${Area}.${Name}`]: ReturnType<typeof codesByName>[Name];
};

export function networkCodes<Area extends Store>(area: Area): CodesOf<Area> {
  const entries = Object.entries<CodeEntry>(codesByName(area)).map(([name, entry]) => [`${area}.${name}`, entry]);
  return Object.fromEntries(entries) as CodesOf<Area>;
}

function codesByName(area: Store) {
  const { variable, publicVariable, service, ask } = STORES[area];
  const variables = `railway variables --service ${service}`;
  const byReference = `railway variables --set '${variable}=\${{${service}.${variable}}}'`;
  return {
    address: rung,
    resolve: rung,
    port: rung,
    protocol: rung,
    tls: rung,
    url_malformed: problem('error', [variables, `node -p "encodeURIComponent('PASSWORD')"`]),
    url_unresolved: problem('error', [byReference]),
    dns_internal_from_outside: problem('error', [
      `${variables} --kv | grep ${publicVariable}`,
      `export ${variable}="<${publicVariable}>"`,
    ]),
    dns_internal_not_found: problem('error', [byReference]),
    dns_ipv4_only: problem('error'),
    dns_not_found: problem('error', [variables]),
    dns_unavailable: problem('error', ['cat /etc/resolv.conf']),
    refused: problem('error', [ask]),
    unreachable: problem('error'),
    timeout: problem('error'),
    frozen: problem('error', [`railway restart --service ${service}`]),
    other_protocol: problem('error', [variables]),
    closed_at_handshake: problem('error', ['railway status', variables]),
    tls_name_mismatch: problem('error'),
    tls_expired: problem('error', ['date -u']),
    tls_failed: problem('error'),
  } satisfies Record<NetworkCode, CodeEntry>;
}
