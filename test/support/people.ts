import { randomBytes } from 'node:crypto';
import { createPasswords } from '../../shared/auth/passwords.ts';
import type { Role } from '../../shared/auth/principal.ts';
import { insertUser, type UserStatus } from '../../shared/auth/users.ts';
import type { Db } from '../../shared/db/client.ts';
import { signIn, type TestSignIn } from './ask.ts';

export const TEST_PASSWORD = 'a long enough password';
let passwordHash: Promise<string> | null = null;

export interface TestPerson {
  id: string;
  email: string;
  password: string;
  signIn(baseUrl: string): Promise<TestSignIn>;
}

/** Somebody with an e-mail of their own and TEST_PASSWORD. */
export async function makePerson(
  db: Db,
  { role = 'viewer', status = 'approved' }: { role?: Role; status?: UserStatus } = {},
): Promise<TestPerson> {
  passwordHash ??= createPasswords().hash(TEST_PASSWORD);
  const email = `${role}-${randomBytes(5).toString('hex')}@vhm24r.test`;
  const user = await insertUser(db, { email, passwordHash: await passwordHash, role, status });
  return { id: user.id, email, password: TEST_PASSWORD, signIn: (baseUrl) => signIn(baseUrl, email, TEST_PASSWORD) };
}
