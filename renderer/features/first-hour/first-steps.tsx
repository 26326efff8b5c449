import { CircleCheck, ClipboardCheck, Compass, Plug, X } from 'lucide-react';
import type { ReactNode } from 'react';

import { t } from '#shared/words.ts';

import { useConnectedBackends, usePanic } from '../../stores/derived.ts';
import { useEntry, useSliceValues } from '../../stores/desk.ts';
import { useSettings } from '../../stores/settings.ts';
import { openPlace } from '../../stores/ui.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { rehearse } from '../panic/use-rehearsal.ts';
import { putStepsAway, startTour } from './guide.ts';

/** What is worth doing in the first hour, each until it is done; gone for good when all are, or when put away. */
export function FirstSteps() {
  const guide = useSettings()?.guide;
  const bots = useSliceValues('backends').filter(({ practice }) => !practice);
  const connected = useConnectedBackends();
  const hasBot = bots.length > 0;
  const isConnected = bots.some(({ id }) => connected.has(id));
  const latched = usePanic().summary.latched;
  const rehearsed = useEntry('rehearsal', 'rehearsal') !== undefined;
  if (guide === undefined || guide.steps === 'put-away') return null;
  if (guide.tourSeen && hasBot && rehearsed) return null;
  // In a panic there is nothing to be learned.
  if (latched) return null;
  return (
    <section
      aria-label={t('First steps')}
      className="flex shrink-0 items-center gap-2 border-b border-line bg-accent-soft px-3 py-1.5 text-xs text-muted max-[56rem]:flex-wrap"
    >
      <span className="mr-1 truncate font-medium text-ink max-[1180px]:sr-only">{t('New here?')}</span>
      <Step done={guide.tourSeen} icon={<Compass size={14} aria-hidden />} onClick={startTour}>
        {guide.tourSeen ? t('Tour taken') : t('Take the tour')}
      </Step>
      <Step
        done={isConnected}
        icon={<Plug size={14} aria-hidden />}
        onClick={() => openPlace('settings', hasBot ? 'backends' : 'add')}
      >
        {isConnected
          ? t('A bot is connected')
          : hasBot
            ? t('Your bot is not connected')
            : t('Connect a bot of yours')}
      </Step>
      <Step
        done={rehearsed}
        icon={<ClipboardCheck size={14} aria-hidden />}
        onClick={() => {
          openPlace('settings', 'panic');
          void rehearse('window');
        }}
      >
        {rehearsed ? t('A halt was rehearsed') : t('Rehearse a halt')}
      </Step>
      <IconButton
        size="sm"
        label={t('Put the first steps away')}
        className="ml-auto"
        icon={<X size={14} aria-hidden />}
        onClick={putStepsAway}
      />
    </section>
  );
}

interface StepProps {
  done: boolean;
  icon: ReactNode;
  onClick: () => void;
  children: string;
}

function Step({ done, icon, onClick, children }: StepProps) {
  if (done)
    return (
      <span className="flex items-center gap-1.5 px-2 whitespace-nowrap">
        <CircleCheck size={14} aria-hidden className="text-ok" /> {children}
      </span>
    );
  return (
    <Button size="sm" icon={icon} onClick={onClick}>
      {children}
    </Button>
  );
}
