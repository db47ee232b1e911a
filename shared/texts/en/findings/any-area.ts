/** What any area may say of itself. */
export const anyArea = {
  check_timeout: {
    title: 'The check did not end in its time',
    cause: 'Something in this area answers too slowly.',
    effect: 'Nothing is known of the rest of this area.',
    fix: 'Repeat this area alone.',
  },
  check_crashed: {
    title: 'The check itself failed',
    cause: "A fault in the check's own code.",
    effect: 'Nothing is known of this area.',
    fix: 'Report the evidence to the developers.',
  },
};
