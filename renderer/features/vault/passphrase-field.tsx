import { TextField } from '../../ui/text-field.tsx';

interface PassphraseFieldProps {
  label: string;
  help?: string | undefined;
  error?: string | null;
  /** What the field tells a password manager. */
  autoComplete: 'off' | 'new-password';
  value: string;
  onText: (text: string) => void;
}

/** A passphrase or a PIN, never shown while it is typed. */
export const PassphraseField = (field: PassphraseFieldProps) => (
  <TextField {...field} type="password" maxLength={1_000} />
);
