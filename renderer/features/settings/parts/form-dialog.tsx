import type { ReactNode } from 'react';
import { useId } from 'react';

import { t } from '#shared/words.ts';

import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormTrouble } from './form-trouble.tsx';

interface FormDialogProps {
  title: string;
  description?: string;
  /** What saving is called here. */
  action: string;
  variant?: 'primary' | 'danger';
  /** What is typed can be saved. */
  ready: boolean;
  busy?: boolean;
  /** Why it could not be saved. */
  trouble: string | null;
  onSave: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A small form over everything else, that is saved as a whole or not at all. */
export function FormDialog({
  title,
  description,
  action,
  variant = 'primary',
  ready,
  busy = false,
  trouble,
  onSave,
  onClose,
  children,
}: FormDialogProps) {
  const formId = useId();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="sm"
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button form={formId} type="submit" variant={variant} busy={busy} disabled={!ready}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-3.5 pt-1"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onSave();
        }}
      >
        {children}
        {trouble !== null && <FormTrouble words={trouble} />}
      </form>
    </Dialog>
  );
}
