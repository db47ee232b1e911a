import type { Messages } from '../ru/index.ts';

export const previewTexts: Pick<Messages, 'preview'> = {
  preview: {
    only: 'Show me first what would change',
    onlyHint: 'The files are checked from end to end, and change nothing until you apply them.',
    look: 'Look at {n} file | Look at {n} files',
    waits: 'Nothing has changed yet. This is what these files will do when they are applied.',
    waitsOne: 'Nothing has changed yet. This is what this file will do when it is applied.',
    samples: 'Which values change',
    sampleOrder: 'Order',
    sampleField: 'Field',
    sampleOld: 'Was',
    sampleNew: 'Will be',
    apply: 'Apply',
    discard: 'Discard',
    would: 'What will change',
    nothing: 'No order and no status changes.',
    ordersNew: '{n} new order | {n} new orders',
    ordersChanged: '{n} order changes | {n} orders change',
    statusNew: '{n} of them “{to}”, {sum}',
    statusMixed: '{n} “{to}” ({sum}), receipts and payments without order included',
    aloneNow: '{n} “{to}” ({sum}) stands alone now | {n} “{to}” ({sum}) stand alone now',
    statusGone:
      '{n} “{from}” ({sum}) no longer stands alone: its order was found | {n} “{from}” ({sum}) no longer stand alone: their orders were found',
    coverageGained: '{source}: there is data now for {from} — {to}',
    asTold: 'It came out as it was shown.',
    differs: 'It did not come out as it was shown: other files were loaded or decisions made in between.',
    was: 'It was shown',
    is: 'It came out',
    same: 'Other files were loaded or decisions made since it was shown, but that made no difference to this file.',
  },
};
