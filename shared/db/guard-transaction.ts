import type { Client } from 'pg';

/**
 * The database itself ends the transaction when its process stands still: idle for most of a lease, or its socket is
 * gone. Statements may take as long as they need; waiting for the merge lock counts against nobody.
 */
export async function guardTransaction(client: Client, leaseMs: number): Promise<void> {
  const idleMs = Math.max(500, Math.floor(leaseMs * 0.8));
  await client.query(`
    set local statement_timeout = 0;
    set local lock_timeout = 0;
    set local idle_in_transaction_session_timeout = ${idleMs};
    set local client_connection_check_interval = ${Math.max(250, Math.floor(leaseMs / 2))};
    set local jit = off;
    set local work_mem = '64MB'`);
}
