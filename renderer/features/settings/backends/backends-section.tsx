import { FlaskConical, Plug, Plus } from 'lucide-react';
import { useState } from 'react';

import { INGEST_ID } from '#shared/domain/own-ids.ts';
import { t } from '#shared/words.ts';

import { useSliceValues } from '../../../stores/desk.ts';
import { useSettings } from '../../../stores/settings.ts';
import { selectItem, useUi } from '../../../stores/ui.ts';
import { Button } from '../../../ui/button.tsx';
import { Switch } from '../../../ui/controls.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { BackendCard } from './backend-card.tsx';
import { BackendDialog } from './backend-dialog.tsx';
import { saveSetting, SettingRow } from '../parts/setting-row.tsx';

/** The bots that are connected, how their links do, and the practice desk. The item `add` opens the form for a new one. */
export function BackendsSection() {
  const all = useSliceValues('backends');
  // The listener for scripts has a section of its own.
  const backends = all.filter(({ id }) => id !== INGEST_ID);
  const practice = useSettings()?.practice.enabled ?? false;
  const itemId = useUi((state) => state.itemId);
  const [adding, setAdding] = useState(false);
  const close = (): void => {
    setAdding(false);
    if (itemId === 'add') selectItem('backends');
  };
  const real = backends.filter((backend) => !backend.practice);
  const connect = (
    <Button variant="primary" icon={<Plus size={14} aria-hidden />} onClick={() => setAdding(true)}>
      {t('Connect your bot')}
    </Button>
  );

  return (
    <div className="flex flex-col gap-4">
      {real.length === 0 ? (
        <Panel>
          <EmptyState
            icon={<Plug size={26} aria-hidden />}
            title={t('No bot of yours is connected')}
            action={connect}
          >
            {t(
              'You need its address and, for most, one secret. The connection is tested before it is saved, and the test says what it found.',
            )}
          </EmptyState>
        </Panel>
      ) : (
        <div className="flex justify-end">{connect}</div>
      )}
      {backends.map((backend) => (
        <BackendCard key={backend.id} backend={backend} open={backend.id === itemId} />
      ))}
      <Panel>
        <SettingRow
          label={t('Practice desk')}
          help={t(
            'A market and a bot that live inside Quarterdeck. No real money; its figures are marked PRACTICE and never added to real ones.',
          )}
        >
          <FlaskConical size={15} aria-hidden className="text-practice" />
          <Switch
            aria-label={t('Practice desk')}
            checked={practice}
            onChange={(enabled) => void saveSetting({ practice: { enabled } })}
          />
        </SettingRow>
      </Panel>
      {(adding || itemId === 'add') && <BackendDialog backendId={null} onClose={close} />}
    </div>
  );
}
