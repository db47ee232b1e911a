import { MAKE_SECRET_COMMAND } from '../../config.ts';
import { rung, words, type CodeTable, type Words } from '../finding.ts';
import { problem } from './entry.ts';

const commands = [MAKE_SECRET_COMMAND, "railway variables --service api --set 'JWT_SECRETS=k1:…'"];
const refused = words('api не запустится.', 'The api does not start.', 'api ishga tushmaydi.');
const makeNew = words(
  'Сделайте новый секрет и задайте JWT_SECRETS.',
  'Make a new secret and set JWT_SECRETS.',
  'Yangi maxfiy soʻz yarating va JWT_SECRETS ga yozing.',
);
const weak = (title: Words, cause: Words) =>
  problem('error', { title, cause, effect: refused, fix: makeNew, commands });

export const jwtCodes = {
  'jwt.secrets': rung(
    'Секреты подписи заданы и крепки',
    'The signing secrets are given and strong',
    'Imzo maxfiy soʻzlari berilgan va mustahkam',
  ),
  'jwt.sign_verify': rung('Токен создан и проверен', 'A token is made and verified', 'Token yaratildi va tekshirildi'),
  'jwt.secret_missing': weak(
    words('JWT_SECRETS не задан', 'JWT_SECRETS is not set', 'JWT_SECRETS berilmagan'),
    words(
      'Секрета по умолчанию нет намеренно.',
      'There is no default, on purpose.',
      'Tayyor maxfiy soʻz ataylab qoʻyilmagan.',
    ),
  ),
  'jwt.malformed': weak(
    words(
      'JWT_SECRETS не вида kid:секрет',
      'JWT_SECRETS is not of the form kid:secret',
      'JWT_SECRETS kid:maxfiy koʻrinishida emas',
    ),
    words(
      'Нужно kid:секрет[,kid:секрет…], имена ключей разные.',
      'It takes kid:secret[,kid:secret…] with different key names.',
      'kid:maxfiy[,kid:maxfiy…] kerak, kalit nomlari har xil boʻlsin.',
    ),
  ),
  'jwt.secret_short': weak(
    words('Секрет короче 32 символов', 'A secret is under 32 characters', 'Maxfiy soʻz 32 belgidan qisqa'),
    words('Короткий секрет подбирается.', 'A short secret can be guessed.', 'Qisqa soʻzni tanlab topish mumkin.'),
  ),
  'jwt.secret_default': weak(
    words(
      'Секрет — известное значение по умолчанию',
      'A secret is a known default',
      'Maxfiy soʻz hammaga maʼlum tayyor qiymat',
    ),
    words('Он есть в примерах и словарях.', 'It is in examples and word lists.', 'U misollar va lugʻatlarda bor.'),
  ),
  'jwt.secret_repeated': weak(
    words(
      'Секрет — одно слово, повторённое много раз',
      'A secret is one word repeated',
      'Maxfiy soʻz bitta soʻzning koʻp takrori',
    ),
    words('Длина есть, случайности нет.', 'It is long and not random.', 'Uzunligi bor, tasodifiyligi yoʻq.'),
  ),
  'jwt.secret_low_entropy': weak(
    words(
      'В секрете слишком мало разных символов',
      'A secret has too few distinct characters',
      'Maxfiy soʻzda har xil belgi juda kam',
    ),
    words('Нужно хотя бы 6 разных.', 'It takes 6 at least.', 'Kamida 6 xil belgi kerak.'),
  ),
  'jwt.secret_weak': problem('warn', {
    title: words(
      'Секрет из символов одного-двух видов',
      'A secret uses one or two kinds of characters',
      'Maxfiy soʻz bir-ikki turdagi belgidan iborat',
    ),
    cause: words(
      'Меньше трёх из четырёх: строчные, прописные, цифры, знаки.',
      'Fewer than three of four: lower case, upper case, digits, signs.',
      'Toʻrt turdan uchtasidan kam: kichik harf, katta harf, raqam, belgi.',
    ),
    effect: words(
      'Работает; подобрать легче, чем случайный.',
      'It works; it is easier to guess than a random one.',
      'Ishlaydi; lekin uni tanlab topish tasodifiysidan osonroq.',
    ),
    fix: words(
      'Добавьте новый ключ в конец JWT_SECRETS, затем поставьте его первым.',
      'Append a new key to JWT_SECRETS, then move it to the front.',
      'JWT_SECRETS oxiriga yangi kalit qoʻshing, keyin uni birinchi qiling.',
    ),
    commands,
  }),
  'jwt.round_trip_failed': problem('error', {
    title: words(
      'Созданный токен не проходит проверку',
      'A token that was just made is not accepted',
      'Yaratilgan token tekshiruvdan oʻtmayapti',
    ),
    cause: words(
      'Часы идут назад, либо ключи непригодны.',
      'The clock runs backwards, or the keys cannot be used.',
      'Soat orqaga ketyapti yoki kalitlar yaroqsiz.',
    ),
    effect: words('Никто не может войти.', 'Nobody can sign in.', 'Hech kim kira olmaydi.'),
    fix: words(
      'Проверьте часы и сделайте новый ключ.',
      'Check the clock and make a new key.',
      'Soatni tekshiring va yangi kalit yarating.',
    ),
    commands,
  }),
} satisfies CodeTable;
