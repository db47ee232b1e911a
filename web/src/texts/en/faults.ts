import type { Messages } from '../ru/index.ts';

export const faultsTexts: Pick<Messages, 'reasons' | 'codes'> = {
  /** What a refusal's `details.reason` means to the reader. */
  reasons: {
    wrong_credentials: 'Email or password does not fit.',
    user_blocked: 'This account is blocked. Ask an administrator.',
    wrong_password: 'The current password is not right.',
    last_admin: 'This is the last administrator: someone has to stay.',
    yourself: 'You cannot block yourself.',
    too_many_tokens: 'There are too many keys: end those you do not need.',
    invitation_ended: 'The link was used, was replaced by a new one or has run out. Ask an administrator for another.',
    weak_password: 'This password is among the first that somebody would guess. Choose another.',
    email_known: 'There is an account with this email already.',
    not_approved: 'Approve or unblock this person first.',
    no_email: 'This person has no email and signs in by Telegram.',
    undo_at_work: 'This import is being undone already: wait until that has ended.',
    nothing_to_undo: 'There is nothing to undo: nothing of it was loaded, or all of it is undone already.',
  },
  codes: {
    network: 'The server does not answer. Check the connection; no data is lost.',
    internal: 'Something went wrong on the server. Try again.',
    not_found: 'Not found: it may be gone, or the link is out of date.',
    service_unavailable: 'The service is away for the moment. Try again in a minute.',
  },
};
