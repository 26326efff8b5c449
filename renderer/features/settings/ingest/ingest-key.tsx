import { useState } from 'react';

import { t } from '#shared/words.ts';

import { describeError, request } from '../../../bridge.ts';
import { toast } from '../../../stores/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';

/** Makes the first key, or a new one after asking: the old one opens nothing from then on. */
export function IngestKey({ present, onMade }: { present: boolean; onMade: (key: string) => void }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);

  async function make(): Promise<void> {
    setBusy(true);
    try {
      const { key } = await request('ingest.rotate-key', {});
      setAsking(false);
      onMade(key);
    } catch (error) {
      toast.error(t('No key was made'), { description: describeError(error) });
    }
    setBusy(false);
  }

  return (
    <>
      <Button size="sm" busy={busy} onClick={() => (present ? setAsking(true) : void make())}>
        {present ? t('Replace the key') : t('Make a key')}
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        width="sm"
        title={t('Replace the key?')}
        description={t(
          'Scripts that use the old key are refused from now on, until they are given the new one.',
        )}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>{t('Keep the old one')}</Button>
            <Button variant="primary" busy={busy} onClick={() => void make()}>
              {t('Replace it')}
            </Button>
          </>
        }
      >
        {null}
      </Dialog>
    </>
  );
}
