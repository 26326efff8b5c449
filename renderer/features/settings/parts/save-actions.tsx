import { t } from '#shared/words.ts';

import { Button } from '../../../ui/button.tsx';

interface SaveActionsProps {
  label: string;
  /** Something differs from what is saved. */
  changed: boolean;
  /** What is typed can be saved. */
  ready: boolean;
  busy: boolean;
  onUndo: () => void;
  onSave: () => void;
}

/** The actions of a form that changes only when saved, all together. */
export const SaveActions = ({ label, changed, ready, busy, onUndo, onSave }: SaveActionsProps) => (
  <>
    {changed && (
      <Button size="sm" variant="ghost" onClick={onUndo}>
        {t('Undo')}
      </Button>
    )}
    <Button size="sm" variant="primary" disabled={!changed || !ready} busy={busy} onClick={onSave}>
      {label}
    </Button>
  </>
);
