import { useState } from 'react';

import { LONGEST_LAYOUT_NAME } from '#shared/domain/settings/deck.ts';
import { t } from '#shared/words.ts';

import { TextField } from '../../ui/text-field.tsx';
import { FormDialog } from '../settings/parts/form-dialog.tsx';

interface LayoutNameDialogProps {
  title: string;
  action: string;
  name: string;
  taken: readonly string[];
  /** Answers whether it could be saved; it says why not by itself. */
  keep: (name: string) => Promise<boolean>;
  onClose: () => void;
}

/** Asks what a layout is called. */
export function LayoutNameDialog({ title, action, name, taken, keep, onClose }: LayoutNameDialogProps) {
  const [text, setText] = useState(name);
  const [busy, setBusy] = useState(false);
  const wanted = text.trim();
  const isTaken = taken.some((one) => one.toLowerCase() === wanted.toLowerCase());
  async function save(): Promise<void> {
    setBusy(true);
    if (await keep(wanted)) onClose();
    else setBusy(false);
  }
  return (
    <FormDialog
      title={title}
      action={action}
      ready={wanted !== '' && !isTaken}
      busy={busy}
      trouble={null}
      onSave={() => void save()}
      onClose={onClose}
    >
      <TextField
        label={t('Name')}
        value={text}
        onText={setText}
        maxLength={LONGEST_LAYOUT_NAME}
        error={isTaken ? t('There is a layout of this name.') : null}
      />
    </FormDialog>
  );
}
