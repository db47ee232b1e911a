/**
 * The statements of a merge, made from the definition of the source. `matches` holds the rows of one round that change
 * a record already there, and which of its fields each sets; rows that set nothing are not in it.
 */
import { changeStatements, type ChangeStatements } from './merging/change-sql.ts';
import { insertStatements, type InsertStatements } from './merging/insert-sql.ts';
import { matchStatements, type MatchStatements } from './merging/match-sql.ts';
import { type NameStatement, nameStatements } from './merging/name-sql.ts';
import { mergeTerms } from './merging/terms.ts';
import type { Source } from './sources/source.ts';
import type { Staging } from './staging.ts';

export interface MergeStatements extends MatchStatements, InsertStatements, ChangeStatements {
  nameMachinesAndGoods: NameStatement[];
}

export function recordChanges(source: Source, staging: Staging): MergeStatements {
  const terms = mergeTerms(source, staging);
  return {
    ...matchStatements(terms),
    ...insertStatements(terms),
    ...changeStatements(terms),
    nameMachinesAndGoods: nameStatements(source, staging),
  };
}
