/** What is asked for at the same moment: together nobody gets what one after another they would not. */
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import type { Knex } from 'knex';
import type { Client } from 'pg';
import { createSignInLink } from '../../shared/auth/sign-in-links.ts';
import { insertUser } from '../../shared/auth/users.ts';
import type { Db } from '../../shared/db/client.ts';
import { execute, selectRow } from '../../shared/db/rows.ts';
import { ClaimEnded } from '../../shared/faults.ts';
import type { ClaimedFile } from '../../shared/ingest/claimed-file.ts';
import { endWithoutRows } from '../../shared/ingest/finish-file.ts';
import { MERGE_LOCK_KEY } from '../../shared/reconcile/merge-lock.ts';
import { claimMessages, messageFailed, messageSent, putMessage } from '../../shared/telegram/messages.ts';
import { addUpdates, claimUpdate } from '../../shared/telegram/updates.ts';
import { acceptUpload } from '../../shared/uploads/accept-upload.ts';
import { ask } from '../support/ask.ts';
import { eventually } from '../support/eventually.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { acceptFile } from '../support/load-report.ts';
import { openTestClient } from '../support/load-world.ts';
import { makePerson } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

interface FileBody {
  id: string;
  status: string;
}

function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open: () => open(), opened };
}

describe('what is asked for at the same moment', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let api: InProcessApi;
  let sql: Client;
  let url: string;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url, SYNC_WAIT_MS: '0' }, { sweepIntervalMs: 200 });
    sql = await openTestClient(database.url);
    url = `${api.url}/api/v1`;
  });
  after(async () => {
    await sql?.end();
    await api?.close();
    await database?.drop();
  });

  const db = () => api.opened.resources.db;
  const many = <T>(count: number, one: (at: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: count }, (_, at) => one(at)));
  const statusesOf = (answers: readonly { status: number }[]): number[] =>
    answers.map(({ status }) => status).toSorted((a, b) => a - b);

  async function upload(name: string, content: string | Uint8Array<ArrayBuffer>, preview = false): Promise<FileBody> {
    const { body } = await api.client.upload([{ name, content }], { preview });
    const { files } = await api.client.waitForSession(body.session.id);
    return files[0] as FileBody;
  }

  it('fifty personal tokens are the most, also of those that are asked for together', async () => {
    const who = await makePerson(db());
    const { token } = await who.signIn(api.url);
    await execute(
      db(),
      `insert into user_tokens (user_id, name, token_hash, hint, scopes, token_version)
       select u.id, 'script ' || n, sha256(convert_to(u.id || ' ' || n, 'UTF8')), 'vhm_0000', '{read}', u.token_version
       from users u cross join generate_series(1, 48) n where u.id = ?`,
      [who.id],
    );
    const asked = await many(6, (at) => ask(`${url}/tokens`, { token, body: { name: `another ${at}` } }));
    assert.deepEqual(statusesOf(asked), [201, 201, 409, 409, 409, 409]);
  });

  it('a hundred exports are the most that one keeps, also of those that are asked for together', async () => {
    const who = await makePerson(db());
    const { token } = await who.signIn(api.url);
    await execute(
      db(),
      `insert into exports (id, kind, format, created_by, status, storage_key, size_bytes, expires_at)
       select gen_random_uuid(), 'orders', 'csv', ?, 'completed', 'exports/20250701/100000-' || gen_random_uuid(), 10,
         now() + interval '1 hour'
       from generate_series(1, 98)`,
      [who.id],
    );
    const body = { kind: 'orders', format: 'csv', filter: {} };
    const asked = await many(6, () => ask(`${url}/exports`, { token, body }));
    assert.deepEqual(statusesOf(asked), [202, 202, 409, 409, 409, 409]);
  });

  it('of the links by which the bot signs a person in one is good, also of those that are made together', async () => {
    const given = { telegramId: '920001', firstName: 'P', role: 'viewer', status: 'approved' } as const;
    const { id } = await insertUser(db(), given);
    const links = await many(5, () => createSignInLink(db(), id));
    const used = await Promise.all(links.map((token) => ask(`${url}/auth/link`, { body: { token } })));
    assert.deepEqual(statusesOf(used), [200, 401, 401, 401, 401]);
  });

  it('a cancellation, what was looked at, an invitation and a download take effect once', async () => {
    const admin = (await (await makePerson(db(), { role: 'admin' })).signIn(api.url)).token;
    const asks = await upload('asks.csv', 'nothing known\n1\n');
    const cancelled = await many(5, () => api.client.post(`/files/${asks.id}/cancel`, {}));
    assert.deepEqual(statusesOf(cancelled), [200, 409, 409, 409, 409]);
    const seen = await upload('seen.csv', csvBytes(rowsOfHappyWorkers([{ number: 'M-1' }])), true);
    assert.equal(seen.status, 'previewed');
    const applied = await many(5, () => api.client.post(`/files/${seen.id}/apply`, {}));
    assert.deepEqual(statusesOf(applied), [202, 409, 409, 409, 409]);
    const invited = await ask(`${url}/users`, { token: admin, body: { email: 'together@vhm24r.test' } });
    const { invitation } = invited.body as unknown as { invitation: { url: string } };
    const body = { token: invitation.url.split('#')[1], password: 'orzu-qahva-9-terak' };
    const chosen = await many(4, () => ask(`${url}/auth/invitation`, { body }));
    assert.deepEqual(statusesOf(chosen), [200, 404, 404, 404]);
    const linked = await ask(`${url}/downloads`, { token: admin, body: { path: `/files/${asks.id}/content` } });
    const { url: link } = linked.body as unknown as { url: string };
    const fetched = await many(4, () => ask(`${api.url}${link}`));
    assert.deepEqual(statusesOf(fetched), [200, 401, 401, 401]);
  });

  it('who was paused beyond its claim cancels no file that another has loaded since', async () => {
    const { fileId } = await acceptFile(sql, 'paused.csv');
    const { rows } = await sql.query<{ session: string }>(
      'select session_id as session from uploaded_files where id = $1',
      [fileId],
    );
    const claim = { id: fileId, sessionId: rows[0]?.session, fence: '1', preview: false, foreseen: null };
    const cancel = () => endWithoutRows(db(), claim as ClaimedFile, { status: 'cancelled', code: 'user_blocked' });
    const statusOf = async () => {
      const found = await sql.query<{ status: string }>('select status from uploaded_files where id = $1', [fileId]);
      return found.rows[0]?.status;
    };
    await sql.query(`update uploaded_files set fence = 2, status = 'completed' where id = $1`, [fileId]);
    await assert.rejects(cancel(), ClaimEnded);
    assert.equal(await statusOf(), 'completed');
    // its own it ends, asked for or not
    await sql.query(
      `update uploaded_files set fence = 1, status = 'processing', cancel_requested = true where id = $1`,
      [fileId],
    );
    await cancel();
    assert.equal(await statusOf(), 'cancelled');
  });

  it('a file is not taken back while its correction is being loaded', async () => {
    const rows = rowsOfHappyWorkers([{ number: 'C-1' }, { number: 'C-2' }]);
    const price = rows[0]?.indexOf('Цена заказа') ?? -1;
    (rows[2] as (typeof rows)[number])[price] = '';
    const faulty = await upload('faulty.csv', csvBytes(rows));
    assert.equal(faulty.status, 'completed_with_errors');
    const { text } = await ask(`${url}/files/${faulty.id}/errors?format=csv`, { token: api.client.token ?? '' });
    const lines = text.split(/\r?\n/);
    const separator = (lines[0] ?? '').includes(';') ? ';' : ',';
    const at = (lines[0] ?? '').split(separator).findIndex((name) => name.includes('Цена заказа'));
    const cells = (lines[1] ?? '').split(separator);
    cells[at] = '15000';
    const mended = [lines[0], cells.join(separator), ''].join('\n');

    const waiting = (count: number) =>
      eventually(
        async () => {
          const found = await sql.query<{ count: number }>(
            `select count(*)::int as count from pg_locks
             where locktype = 'advisory' and objid = ${MERGE_LOCK_KEY} and not granted
               and database = (select oid from pg_database where datname = current_database())`,
          );
          assert.equal(found.rows[0]?.count, count);
        },
        { timeoutMs: 20_000, intervalMs: 20 },
      );
    await sql.query('begin');
    await sql.query(`select pg_advisory_xact_lock(${MERGE_LOCK_KEY})`);
    const sent = await api.client.upload([{ name: 'mended.csv', content: mended }]);
    await waiting(1);
    const asked = await api.client.post<{ id: string }>(`/files/${faulty.id}/undo`, { reason: 'of another month' });
    assert.equal(asked.status, 202);
    await waiting(2);
    await sql.query('rollback');
    const undo = await eventually(
      async () => {
        const { body } = await api.client.get<{ status: string; blockedBy: { code: string } | null }>(
          `/undos/${asked.body.id}`,
        );
        assert.ok(!['queued', 'processing'].includes(body.status));
        return body;
      },
      { timeoutMs: 30_000 },
    );
    assert.deepEqual([undo.status, undo.blockedBy?.code], ['blocked', 'has_correction']);
    assert.equal((await api.client.waitForSession(sent.body.session.id)).status, 'completed');
    assert.equal((await api.client.get<FileBody>(`/files/${faulty.id}`)).body.status, 'completed_with_errors');
  });

  it('a later file has the last word, also when an earlier one stood still before its commit', async () => {
    const { db: primary, store, uploads } = api.opened.resources;
    const priced = (price: number, ...others: string[]) =>
      csvBytes(rowsOfHappyWorkers([{ number: 'P-1', price }, ...others.map((number) => ({ number }))]));
    await upload('first.csv', priced(10_000));
    const signal = new AbortController().signal;
    const second = await uploads.store({ name: 'second.csv', bytes: Readable.from([priced(20_000)]) }, signal);
    const [placed, commits] = [gate(), gate()];
    const still = {
      transaction: (work: (trx: Knex.Transaction) => Promise<unknown>) =>
        primary.transaction(async (trx) => {
          const done = await work(trx);
          await trx.raw('set local idle_in_transaction_session_timeout = 0');
          placed.open();
          await commits.opened;
          return done;
        }),
    } as unknown as Db;
    const user = await sql.query<{ id: string }>(`select id from users where role = 'admin' limit 1`);
    const by = { userId: user.rows[0]?.id ?? '', requestId: 'second', address: 'test' };
    const options = { by, door: 'page', source: null, mode: 'in-process' } as const;
    const accepted = acceptUpload({ db: still, store }, [second], options);
    await placed.opened;
    await upload('third.csv', priced(10_000, 'P-2'));
    commits.open();
    await api.client.waitForSession((await accepted).sessionId);
    const found = await sql.query<{ price: string }>(`select price from orders where order_number = 'P-1'`);
    assert.equal(Number(found.rows[0]?.price), 10_000);
  });

  it('of one chat one update is at work, however many look for some at the same instant', async () => {
    const bot = '77';
    for (let round = 1; round <= 20; round++) {
      const chat = { id: 910_000 + round, type: 'private' };
      const updates = Array.from({ length: 6 }, (_, at) => ({ update_id: round * 10 + at, message: { chat } }));
      await addUpdates(db(), bot, updates as never);
      const claimed = await many(6, () => claimUpdate(db(), bot));
      assert.deepEqual(
        claimed.flatMap((one) => (one === null ? [] : [one.updateId])),
        [String(round * 10)],
      );
      await execute(db(), 'update telegram_updates set done_at = clock_timestamp() where bot_id = ?', [bot]);
    }
  });

  it('what is said anew while a message of the bot is on its way is not lost', async () => {
    const key = { key: 'choices:930001', chatId: '930001' };
    const next = async () => {
      await execute(db(), `update telegram_turns set next_at = '-infinity'`);
      const [message] = await db().transaction(claimMessages);
      assert.ok(message);
      return message;
    };
    await putMessage(db(), { ...key, text: 'as it was' });
    await messageSent(db(), await next(), 11);
    await putMessage(db(), { ...key, text: 'as it is' });
    const edit = await next();
    await putMessage(db(), { ...key, text: 'as it is', fresh: true });
    await messageSent(db(), edit, 11);
    const fresh = await next();
    assert.equal(fresh.messageId, null, 'a message of its own was asked for');
    await putMessage(db(), { ...key, text: 'as it came out' });
    await messageFailed(db(), fresh, 'bad_request');
    assert.equal((await next()).body.text, 'as it came out');
  });

  it('of the last two administrators one remains when each demotes the other', async () => {
    const two = await many(2, async () => {
      const person = await makePerson(db(), { role: 'admin' });
      return { id: person.id, token: (await person.signIn(api.url)).token };
    });
    await execute(db(), `update users set role = 'viewer' where role = 'admin' and id <> all (?::bigint[])`, [
      two.map(({ id }) => id),
    ]);
    const asked = await Promise.all(
      two.map(({ token }, at) =>
        ask(`${url}/users/${two[1 - at]?.id}`, { method: 'PATCH', token, body: { role: 'viewer' } }),
      ),
    );
    assert.equal(asked.filter(({ status }) => status === 200).length, 1);
    const left = await selectRow<{ count: number }>(
      db(),
      `select count(*)::int as count from users where role = 'admin' and status = 'approved'`,
    );
    assert.equal(left?.count, 1);
  });
});
