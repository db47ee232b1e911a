/** Nobody has answered, or only with a wish to come back later, for as long as was waited. */
export class AwayError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AwayError';
  }
}
