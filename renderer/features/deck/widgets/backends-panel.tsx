import { Plug } from 'lucide-react';
import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import { backendFreshness, canBeHalted, panicSummary } from '#shared/domain/derive.ts';
import { SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { steadyAge } from '../../../stores/clock.ts';
import { useLinksReading } from '../../../stores/desk-reading.ts';
import { useEntry, useSliceValues } from '../../../stores/desk.ts';
import { useBackend } from '../../../stores/kinds.ts';
import { isPlayback } from '../../../stores/own-place.ts';
import { openPlace } from '../../../stores/ui.ts';
import { BackendTag } from '../../../ui/backend-tag.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { LightDot, lightOf } from '../../../ui/link-light.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState } from '../../../ui/states.tsx';

/** Each backend: may it trade, is its link live, how old is its data. */
export function BackendsPanel() {
  const backends = useSliceValues('backends');
  const onlyPractice = backends.length > 0 && backends.every((backend) => backend.practice);
  return (
    <Panel
      title={t('Backends')}
      actions={
        <Button size="sm" variant="ghost" onClick={() => openPlace('settings')}>
          {t('Manage')}
        </Button>
      }
      bodyClassName="overflow-y-auto"
    >
      {backends.length === 0 ? (
        <EmptyState
          icon={<Plug size={20} aria-hidden />}
          title={t('No backend is connected')}
          className="h-full !py-6"
          action={<ConnectButton />}
        >
          {t('Connect your bot, or turn the practice desk on in the settings.')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {backends.map((backend) => (
            <BackendRow key={backend.id} config={backend} />
          ))}
        </ul>
      )}
      {onlyPractice && !isPlayback && (
        <div className="flex items-center gap-3 border-t border-line px-3.5 py-2.5 text-xs text-muted">
          <span className="min-w-0 flex-1">
            {t('This is practice data. Your own bot is one address away.')}
          </span>
          <ConnectButton />
        </div>
      )}
    </Panel>
  );
}

const ConnectButton = () => (
  <Button
    size="sm"
    variant="primary"
    icon={<Plug size={13} aria-hidden />}
    onClick={() => openPlace('settings', 'add')}
  >
    {t('Connect your bot')}
  </Button>
);

function BackendRow({ config }: { config: BackendConfig }) {
  const { age, stale, light } = useLinksReading(SECOND_MS, (links, now) => {
    const { ageMs, stale, worst } = backendFreshness(config.id, links.values(), now);
    const age = ageMs === null ? t('no data') : steadyAge(ageMs, now);
    return { age, stale, light: lightOf(worst, now) };
  });
  // What is not as it should be takes a second line, with words.
  const calm = !stale && light.tone === 'live';
  return (
    <li>
      <button
        type="button"
        onClick={() => openPlace('settings', config.id)}
        className={cx(
          'block w-full px-3.5 py-2 text-left hover:bg-raised focus-visible:-outline-offset-2',
          !config.enabled && 'opacity-60',
        )}
      >
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="sr-only">{t('Open')} </span>
          <BackendTag backendId={config.id} className="!text-sm !text-ink" />
          <span className="ml-auto flex items-center gap-2.5">
            {config.enabled && calm && (
              <span className="figures flex items-center gap-1.5 text-xs text-faint" title={light.words}>
                <LightDot tone={light.tone} />
                <span className="sr-only">{light.words}</span>
                <span aria-hidden>{age}</span>
              </span>
            )}
            {config.enabled ? <KillBadge backendId={config.id} stale={stale} /> : <Badge>{t('Off')}</Badge>}
          </span>
        </span>
        {config.enabled && !calm && (
          <span className="mt-1 flex items-baseline gap-2 text-xs">
            <LightDot tone={light.tone} />
            <span className="line-clamp-2 min-w-0 flex-1 text-muted" title={light.words}>
              {light.words}
            </span>
            {stale && <span className="figures text-warn">{age}</span>}
          </span>
        )}
      </button>
    </li>
  );
}

/** Whether the backend may trade, as it said itself; unknown is never "may trade", and old is never "halted" (D4). */
function KillBadge({ backendId, stale }: { backendId: string; stale: boolean }) {
  const killSwitch = useEntry('killSwitches', backendId);
  const { config, kind } = useBackend(backendId);
  const unproven = panicSummary(useEntry('panic', 'panic')).open.find((one) => one.backendId === backendId);
  if (!canBeHalted(kind, config)) return <Badge>{t('Only watches')}</Badge>;
  if (unproven !== undefined)
    return (
      <Badge tone="danger">
        {unproven.state === 'requested' ? t('Being halted') : t('Halt not confirmed')}
      </Badge>
    );
  if (killSwitch === undefined || killSwitch.enabled === null)
    return <Badge tone="warn">{t('Halt state unknown')}</Badge>;
  if (stale) return <Badge tone="warn">{killSwitch.enabled ? t('Was halted') : t('May still trade')}</Badge>;
  return killSwitch.enabled ? (
    <Badge tone="danger">{t('Halted')}</Badge>
  ) : (
    <Badge tone="ok">{t('May trade')}</Badge>
  );
}
