import type { UnopenedCause, VaultStatus } from '#shared/ipc/vault-requests.ts';

import type { Secret, SecretBook } from './secret-book.ts';

/** What the window may know: which secrets there are and how they are kept, in words, and no value (S1). */
export function vaultStatus(book: SecretBook, nextTryAtMs: number | null): VaultStatus {
  const { passphrase, sessionChosen } = book.keeping();
  const locked = passphrase !== null && passphrase.key === null;
  const all = [...book.secrets.values()].map((secret) => ({ secret, why: whyUnopened(secret, book) }));
  return {
    protection:
      passphrase !== null ? 'passphrase' : book.keychainTrouble === null ? 'system-keychain' : 'session-only',
    explanation: explain(book, locked, all),
    secrets: all.flatMap(({ secret: { backendId, name, savedAtMs, usedAtMs }, why }) =>
      why === null ? [{ backendId, name, savedAtMs, usedAtMs }] : [],
    ),
    unopened: all.flatMap(({ secret: { backendId, name, savedAtMs }, why }) =>
      why === null ? [] : [{ backendId, name, savedAtMs, why }],
    ),
    locked,
    keychainTrouble: book.keychainTrouble,
    sessionChosen,
    nextTryAtMs,
  };
}

function whyUnopened(secret: Secret, book: SecretBook): UnopenedCause | null {
  if (secret.kept === 'session') return null;
  if (secret.keptBy === 'keychain' && book.keychainTrouble !== null) return 'no-keychain';
  const { passphrase } = book.keeping();
  if (secret.keptBy === 'passphrase') {
    if (passphrase === null) return 'damaged';
    if (passphrase.key === null) return 'locked';
  }
  return secret.lost ? 'damaged' : null;
}

function explain(
  book: SecretBook,
  locked: boolean,
  all: readonly { secret: Secret; why: UnopenedCause | null }[],
): string {
  const { passphrase } = book.keeping();
  const withCause = (cause: UnopenedCause) => all.filter(({ why }) => why === cause);
  const away = withCause('no-keychain');
  const damaged = withCause('damaged');
  const named = damaged.map(({ secret }) => `${secret.name} of ${secret.backendId}`).join(', ');
  const opener = passphrase === null ? 'The keychain' : 'The vault';
  const sentences = [
    passphrase !== null
      ? locked
        ? 'Secrets are encrypted by your passphrase, which Quarterdeck does not keep. What needs one of them waits until you give it.'
        : 'Secrets are encrypted by your passphrase. It is asked for once after each start.'
      : book.keychainTrouble === null
        ? "Secrets are encrypted by the system's keychain."
        : `Secrets are kept for this session only and have to be entered again after a restart: ${book.keychainTrouble}`,
    ...(away.length > 0
      ? [`${away.length} saved before cannot be opened without the keychain and stay where they are.`]
      : []),
    ...(damaged.length > 0 ? [`${opener} no longer opens ${named}: enter it again.`] : []),
    ...book.remarks,
  ];
  return sentences.join(' ');
}
