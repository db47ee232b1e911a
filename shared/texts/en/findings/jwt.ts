export const jwt = {
  'jwt.secrets': { title: 'The signing secrets are given and strong' },
  'jwt.sign_verify': { title: 'A token is made and verified' },
  'jwt.secret_missing': {
    title: 'JWT_SECRETS is not set',
    cause: 'There is no default, on purpose.',
    effect: 'The api does not start.',
    fix: 'Make a new secret and set JWT_SECRETS.',
  },
  'jwt.malformed': {
    title: 'JWT_SECRETS is not of the form kid:secret',
    cause: 'It takes kid:secret[,kid:secret…] with different key names.',
    effect: 'The api does not start.',
    fix: 'Make a new secret and set JWT_SECRETS.',
  },
  'jwt.secret_short': {
    title: 'A secret is under 32 characters',
    cause: 'A short secret can be guessed.',
    effect: 'The api does not start.',
    fix: 'Make a new secret and set JWT_SECRETS.',
  },
  'jwt.secret_default': {
    title: 'A secret is a known default',
    cause: 'It is in examples and word lists.',
    effect: 'The api does not start.',
    fix: 'Make a new secret and set JWT_SECRETS.',
  },
  'jwt.secret_repeated': {
    title: 'A secret is one word repeated',
    cause: 'It is long and not random.',
    effect: 'The api does not start.',
    fix: 'Make a new secret and set JWT_SECRETS.',
  },
  'jwt.secret_low_entropy': {
    title: 'A secret has too few distinct characters',
    cause: 'It takes 6 at least.',
    effect: 'The api does not start.',
    fix: 'Make a new secret and set JWT_SECRETS.',
  },
  'jwt.secret_weak': {
    title: 'A secret uses one or two kinds of characters',
    cause: 'Fewer than three of four: lower case, upper case, digits, signs.',
    effect: 'It works; it is easier to guess than a random one.',
    fix: 'Append a new key to JWT_SECRETS, then move it to the front.',
  },
  'jwt.round_trip_failed': {
    title: 'A token that was just made is not accepted',
    cause: 'The clock runs backwards, or the keys cannot be used.',
    effect: 'Nobody can sign in.',
    fix: 'Check the clock and make a new key.',
  },
};
