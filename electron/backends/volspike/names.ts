/** Secrets and options by the names that the settings keep them under. */
export const EMAIL_SECRET = 'email';
export const PASSWORD_SECRET = 'password';
export const IDENTITY_OPTION = 'identity';
export const TIER_OPTION = 'tier';
