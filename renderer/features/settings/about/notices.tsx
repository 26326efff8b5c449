import { useState } from 'react';

import { t } from '#shared/words.ts';

import { useRequest } from '../../../stores/use-request.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorState, SkeletonRows } from '../../../ui/states.tsx';

/** Every package that the application is built on, with its licence text; read only when somebody wants to. */
export function Notices() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" variant="ghost" onClick={() => setOpen(true)}>
        {t('All notices')}
      </Button>
      {open && (
        <Dialog open onOpenChange={setOpen} width="lg" title={t('Third-party notices')}>
          <NoticesText />
        </Dialog>
      )}
    </>
  );
}

function NoticesText() {
  const { value, trouble, reload } = useRequest('help.notices', {});
  if (value !== null)
    return (
      <pre
        tabIndex={0}
        className="selectable font-mono text-xs leading-relaxed whitespace-pre-wrap text-muted"
      >
        {value.text}
      </pre>
    );
  return trouble === null ? (
    <SkeletonRows count={6} />
  ) : (
    <ErrorState title={t('The notices could not be read')} message={trouble} onRetry={reload} />
  );
}
