import type { CodedText } from '../api/types.ts';

/** Whose record it is: an order number, where the report has one, and a time. */
interface Identity {
  number: string;
  time: string;
}

/** A record that a row would overwrite, as it is and as the file has it. */
export interface ReplacedSample {
  id: string;
  known: Identity;
  inFile: Identity;
}

/** The samples of the question, which the server writes as one text: `ID: NUMBER TIME → NUMBER TIME; …`. */
export function replacedSamples({ params }: CodedText): ReplacedSample[] {
  return String(params?.['samples'] ?? '')
    .split('; ')
    .flatMap((sample) => {
      const [, id, known, inFile] = /^(.+?): (.+) → (.+)$/.exec(sample) ?? [];
      return id === undefined || known === undefined || inFile === undefined
        ? []
        : [{ id, known: identityOf(known), inFile: identityOf(inFile) }];
    });
}

function identityOf(text: string): Identity {
  const [, number = '', time = text] = /^(?:(.*) )?(\S+ \S+)$/.exec(text) ?? [];
  return { number, time };
}
