import { MAKE_SECRET_COMMAND } from '../../config.ts';
import { rung, words, type CodeTable, type Words } from '../finding.ts';
import { problem } from './entry.ts';

const commands = [MAKE_SECRET_COMMAND, "railway variables --service api --set 'JWT_SECRETS=k1:…'"];
const refused = words('api не запустится.', 'The api does not start.');
const makeNew = words('Сделайте новый секрет и задайте JWT_SECRETS.', 'Make a new secret and set JWT_SECRETS.');
const weak = (title: Words, cause: Words) =>
  problem('error', { title, cause, effect: refused, fix: makeNew, commands });

export const jwtCodes = {
  'jwt.secrets': rung('Секреты подписи заданы и крепки', 'The signing secrets are given and strong'),
  'jwt.sign_verify': rung('Токен создан и проверен', 'A token is made and verified'),
  'jwt.secret_missing': weak(
    words('JWT_SECRETS не задан', 'JWT_SECRETS is not set'),
    words('Секрета по умолчанию нет намеренно.', 'There is no default, on purpose.'),
  ),
  'jwt.malformed': weak(
    words('JWT_SECRETS не вида kid:секрет', 'JWT_SECRETS is not of the form kid:secret'),
    words(
      'Нужно kid:секрет[,kid:секрет…], имена ключей разные.',
      'It takes kid:secret[,kid:secret…] with different key names.',
    ),
  ),
  'jwt.secret_short': weak(
    words('Секрет короче 32 символов', 'A secret is under 32 characters'),
    words('Короткий секрет подбирается.', 'A short secret can be guessed.'),
  ),
  'jwt.secret_default': weak(
    words('Секрет — известное значение по умолчанию', 'A secret is a known default'),
    words('Он есть в примерах и словарях.', 'It is in examples and word lists.'),
  ),
  'jwt.secret_repeated': weak(
    words('Секрет — одно слово, повторённое много раз', 'A secret is one word repeated'),
    words('Длина есть, случайности нет.', 'It is long and not random.'),
  ),
  'jwt.secret_low_entropy': weak(
    words('В секрете слишком мало разных символов', 'A secret has too few distinct characters'),
    words('Нужно хотя бы 6 разных.', 'It takes 6 at least.'),
  ),
  'jwt.secret_weak': problem('warn', {
    title: words('Секрет из символов одного-двух видов', 'A secret uses one or two kinds of characters'),
    cause: words(
      'Меньше трёх из четырёх: строчные, прописные, цифры, знаки.',
      'Fewer than three of four: lower case, upper case, digits, signs.',
    ),
    effect: words('Работает; подобрать легче, чем случайный.', 'It works; it is easier to guess than a random one.'),
    fix: words(
      'Добавьте новый ключ в конец JWT_SECRETS, затем поставьте его первым.',
      'Append a new key to JWT_SECRETS, then move it to the front.',
    ),
    commands,
  }),
  'jwt.round_trip_failed': problem('error', {
    title: words('Созданный токен не проходит проверку', 'A token that was just made is not accepted'),
    cause: words('Часы идут назад, либо ключи непригодны.', 'The clock runs backwards, or the keys cannot be used.'),
    effect: words('Никто не может войти.', 'Nobody can sign in.'),
    fix: words('Проверьте часы и сделайте новый ключ.', 'Check the clock and make a new key.'),
    commands,
  }),
} satisfies CodeTable;
