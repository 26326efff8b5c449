/** Names of the secrets in the vault. */
export const EMAIL_SECRET = 'email';
export const PASSWORD_SECRET = 'password';
