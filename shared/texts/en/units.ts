/** Stretches of time and moments, as people of the language say them. */
export interface Units {
  s: string;
  min: string;
  h: string;
  days: (count: number) => string;
  /** at a clock time, of the same day or with its day */
  at: (clock: string, day: string | null) => string;
}

export const units: Units = {
  s: 's',
  min: 'min',
  h: 'h',
  days: (count) => (count === 1 ? 'day' : 'days'),
  at: (clock, day) => (day === null ? `at ${clock}` : `on ${day} at ${clock}`),
};
