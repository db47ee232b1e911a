/** A link that lets a person choose a password; it is shown once. */
export interface Invited {
  userId: string;
  /** the person's */
  name: string;
  url: string;
  /** ISO 8601 */
  expiresAt: string;
}
