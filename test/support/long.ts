/** The full counts, `npm run test:long`; without it as much as `npm test` has time for (CONTRIBUTING.md). */
export const isLong = process.env['TEST_LONG'] === '1';

/** A test that only the full counts take: what it shows costs minutes, or is one more of what another already shows. */
export function itLong(title: string, body: Mocha.AsyncFunc): void {
  if (isLong) it(title, body);
}

/** A suite that only the full counts take, for the same reasons. */
export function describeLong(title: string, body: (this: Mocha.Suite) => void): void {
  if (isLong) describe(title, body);
}
