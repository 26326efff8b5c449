import { useEffect, useState } from 'react';

import type { UpdateState } from '#shared/domain/settings/desktop.ts';
import type { RequestName, RequestParams } from '#shared/ipc/contract.ts';
import { t } from '#shared/words.ts';

import { describeError, on, request } from '../../../bridge.ts';
import { useSettings } from '../../../stores/settings.ts';
import { toast } from '../../../stores/toasts.ts';
import { useRequest } from '../../../stores/use-request.ts';
import { Select, Switch } from '../../../ui/controls.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { saveSetting, SettingRow } from '../parts/setting-row.tsx';
import { UpdateView } from './update-view.tsx';

/** Looking for updates, fetching and installing them: each by the person's own wish. */
export function UpdatesSection() {
  const updates = useSettings()?.updates;
  const { value: info } = useRequest('app.info', {});
  const { value: asked, trouble, reload } = useRequest('updates.state', {});
  const [pushed, setPushed] = useState<UpdateState | null>(null);
  useEffect(() => on('updates.state', setPushed), []);
  const state = pushed ?? asked;

  if (updates === undefined) return null;
  if (state === null)
    return trouble === null ? (
      <SkeletonRows count={3} />
    ) : (
      <ErrorState title={t('The state of updates could not be read')} message={trouble} onRetry={reload} />
    );
  return (
    <div className="flex flex-col gap-4">
      <Panel
        title={t('Updates')}
        actions={<span className="text-xs text-muted">{versionLine(info?.version)}</span>}
      >
        <UpdateView state={state} onAsk={(name, params) => void ask(name, params)} />
      </Panel>
      {state.kind !== 'unavailable' && (
        <Panel title={t('Looking for updates')}>
          <SettingRow
            label={t('Look once a day')}
            help={t(
              'Asks the place where releases are announced and says what it found; nothing is fetched or installed by itself. Off, no call is made unless you press “Check now”.',
            )}
          >
            <Switch
              aria-label={t('Look once a day')}
              checked={updates.check === 'daily'}
              onChange={(daily) => void saveSetting({ updates: { check: daily ? 'daily' : 'off' } })}
            />
          </SettingRow>
          <SettingRow
            label={t('Channel')}
            help={t(
              'Beta brings what is new earlier, and less tried. There is no way back to an older version.',
            )}
          >
            <Select
              aria-label={t('Channel')}
              value={updates.channel}
              onChange={(channel) => void saveSetting({ updates: { channel } })}
              options={[
                { value: 'latest', label: t('Finished releases') },
                { value: 'beta', label: t('Beta') },
              ]}
            />
          </SettingRow>
        </Panel>
      )}
    </div>
  );
}

const versionLine = (version: string | undefined): string =>
  version === undefined ? '' : t('You have version {version}', { version });

/** What comes of it shows in the state; only what could not even be asked is said here. */
async function ask<N extends RequestName>(name: N, params: RequestParams<N>): Promise<void> {
  try {
    await request(name, params);
  } catch (error) {
    toast.error(t('That did not work'), { description: describeError(error) });
  }
}
