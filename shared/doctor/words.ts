/** What the codes of the doctor say. */
import { fillPlaces } from '../texts/fill.ts';
import { inEach, languages, type Lang } from '../texts/languages.ts';
import type { DoctorCode, OwnTables } from './codes/entry.ts';
import { STORES } from './codes/network.ts';

/** A step of a ladder has a title alone. */
export interface DoctorWords {
  title: string;
  cause?: string;
  effect?: string;
  fix?: string;
}

type Table = Readonly<Record<string, DoctorWords>>;

const ownWords = inEach((lang): Table => {
  const { anyArea: _a, away: _b, network: _c, report: _d, ...own } = languages[lang].doctor;
  return Object.assign({}, ...Object.values<Table>(own satisfies OwnTables)) as Table;
});

/** In one language; what the stores and the areas have in common is said with their names. */
export function doctorWords(code: DoctorCode, lang: Lang): DoctorWords {
  const own = ownWords[lang][code];
  if (own !== undefined) return own;
  const { anyArea, away, network } = languages[lang].doctor;
  const [area = '', name = ''] = code.split('.');
  const common = (network as Table)[name];
  if ((area === 'postgres' || area === 'redis') && common !== undefined) {
    const said = withNames(common, STORES[area]);
    return common.cause === undefined ? said : { ...said, effect: away[area] };
  }
  const ofAny = (anyArea as Table)[name];
  if (ofAny === undefined) throw new Error(`the code ${code} has no words`);
  return ofAny;
}

function withNames(words: DoctorWords, names: Readonly<Record<string, string>>): DoctorWords {
  const filled = Object.entries(words).map(([part, text]: [string, string]) => [part, fillPlaces(text, names)]);
  return Object.fromEntries(filled) as unknown as DoctorWords;
}
