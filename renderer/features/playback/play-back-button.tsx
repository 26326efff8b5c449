import { History } from 'lucide-react';
import { useState } from 'react';

import type { Stretch } from '#shared/domain/journal/playback.ts';
import { MINUTE_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { nowMs } from '../../stores/clock.ts';
import { playBack } from '../../stores/playback.ts';
import { Button } from '../../ui/button.tsx';
import { StretchDialog } from './stretch-dialog.tsx';

interface PlayBackButtonProps {
  /** What is looked at now, where that is a stretch. */
  stretch: { fromMs: number | null; toMs: number | null };
}

/** Asks which stretch, and opens it in the window of the past. */
export function PlayBackButton({ stretch }: PlayBackButtonProps) {
  const [asked, setAsked] = useState<Stretch | null>(null);
  return (
    <>
      <Button
        icon={<History size={15} aria-hidden />}
        aria-haspopup="dialog"
        onClick={() => {
          const now = nowMs();
          const toMs = Math.min(stretch.toMs ?? now, now);
          setAsked({ fromMs: stretch.fromMs ?? toMs - 15 * MINUTE_MS, toMs });
        }}
      >
        {t('Play back')}
      </Button>
      {asked !== null && (
        <StretchDialog
          first={asked}
          label={t('Play back')}
          onClose={() => setAsked(null)}
          onChoose={(chosen) => {
            setAsked(null);
            void playBack({ stretch: chosen });
          }}
        />
      )}
    </>
  );
}
