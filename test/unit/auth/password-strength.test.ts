import assert from 'node:assert/strict';
import { passwordWeakness } from '../../../shared/auth/password-strength.ts';

describe('passwords that guessing begins with', () => {
  for (const [password, why] of [
    ['password1234', 'too_common'],
    ['PASSWORD1234', 'too_common'],
    ['aaaaaaaaaaaa', 'repeated'],
    ['coffeecoffee', 'repeated'],
    ['coffee-coffee-cof', 'repeated'],
    ['парольпароль', 'repeated'],
    ['123456789012', 'sequence'],
    ['abcdefghijklmnop', 'sequence'],
    ['qwertyuiop[]', 'sequence'],
    ['qwertyuiopas', 'sequence'],
    ['210987654321', 'sequence'],
  ] as const) {
    it(`refuses ${password}: ${why}`, async () => assert.equal(await passwordWeakness(password), why));
  }

  it('refuses what consists of one’s own address or name', async () => {
    const owner = { email: 'anna.karimova@vhm24r.test', name: 'Anna Karimova' };
    for (const password of [
      'anna.karimova',
      'Anna.Karimova12',
      'anna.karimova@vhm24r.test',
      'Karimova2026',
      'KarimovaAnna1',
      'karimova-anna',
    ])
      assert.equal(await passwordWeakness(password, owner), 'personal', password);
    const other = { email: 'jasurbek@vhm24r.test', name: 'Jasurbek Karimov' };
    assert.equal(await passwordWeakness('KarimovJasurbek1', other), 'personal');
  });

  it('accepts anything else that is long enough, whatever it is made of', async () => {
    for (const password of [
      'correct horse battery',
      'кофе без сахара',
      'zx8Vq2LmTn4w',
      'another-good-password',
      'Test-Password-1',
    ])
      assert.equal(await passwordWeakness(password, { email: 'anna@vhm24r.test' }), null, password);
  });
});
