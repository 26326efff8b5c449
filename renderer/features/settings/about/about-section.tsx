import { t } from '#shared/words.ts';

import { useRequest } from '../../../stores/use-request.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Panel, Stat } from '../../../ui/panel.tsx';
import { ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { Notices } from './notices.tsx';

const CREDITS = [
  {
    name: t('TradingView Lightweight Charts™'),
    note: t('Copyright © TradingView, Inc. https://www.tradingview.com/'),
    licence: 'Apache-2.0',
  },
  { name: t('Electron'), note: t('Copyright © Electron contributors and GitHub Inc.'), licence: 'MIT' },
  { name: t('React'), note: t('Copyright © Meta Platforms, Inc. and affiliates'), licence: 'MIT' },
  { name: t('Radix UI'), note: t('Copyright © WorkOS'), licence: 'MIT' },
  { name: t('TanStack Table and Virtual'), note: t('Copyright © Tanner Linsley'), licence: 'MIT' },
  { name: t('Tailwind CSS'), note: t('Copyright © Tailwind Labs, Inc.'), licence: 'MIT' },
  {
    name: 'zustand, zod, cmdk, decimal.js, eventsource, electron-store',
    note: t('Copyright © their authors'),
    licence: 'MIT',
  },
  { name: t('Lucide'), note: t('Copyright © Lucide contributors'), licence: 'ISC' },
  { name: t('Inter'), note: t('Copyright © The Inter Project Authors'), licence: 'OFL-1.1' },
  {
    name: t('JetBrains Mono'),
    note: t('Copyright © The JetBrains Mono Project Authors'),
    licence: 'OFL-1.1',
  },
] as const;

const SYSTEMS: ReadonlyMap<string, string> = new Map([
  ['linux', 'Linux'],
  ['darwin', 'macOS'],
  ['win32', 'Windows'],
]);

/** Versions, where data is kept, and whose work this stands on. */
export function AboutSection() {
  const { value: info, trouble, loading, reload } = useRequest('app.info', {});
  return (
    <div className="flex flex-col gap-4">
      <Panel title="Quarterdeck">
        {info === null ? (
          trouble === null ? (
            <SkeletonRows count={2} />
          ) : (
            <ErrorState
              title={t('The versions could not be read')}
              message={trouble}
              {...(loading ? {} : { onRetry: reload })}
            />
          )
        ) : (
          <div className="flex flex-col gap-4 p-4">
            {info.notForRelease !== null && (
              <p
                role="note"
                className="rounded-md border border-warn/50 bg-warn/10 px-3 py-2 text-sm text-ink"
              >
                <strong>{t('Not for release.')}</strong>{' '}
                {t(
                  'This build was {notForRelease}, for tests alone. Do not give it to anybody; it does not update itself.',
                  { notForRelease: info.notForRelease },
                )}
              </p>
            )}
            <dl className="flex flex-wrap gap-x-10 gap-y-4">
              <Stat label={t('Version')}>
                {info.version}
                {info.revision !== null && <span className="text-xs text-muted"> {info.revision}</span>}
              </Stat>
              <Stat label={t('Electron')}>{info.electron}</Stat>
              <Stat label={t('Chromium')}>{info.chrome}</Stat>
              <Stat label={t('Node')}>{info.node}</Stat>
              <Stat label={t('System')}>{SYSTEMS.get(info.platform) ?? info.platform}</Stat>
            </dl>
            <div>
              <p className="label">{t('Data folder')}</p>
              <p className="mt-0.5 flex items-center gap-1">
                <code className="selectable min-w-0 truncate font-mono text-xs text-ink">
                  {info.dataFolder}
                </code>
                <CopyButton text={info.dataFolder} label={t('Copy the path')} />
              </p>
              <p className="text-xs text-muted">
                {t(
                  'The journal and the settings. Copy it while Quarterdeck is closed to back them up; secrets are not part of it in a form that another computer can read.',
                )}
              </p>
            </div>
          </div>
        )}
      </Panel>
      <Panel title={t('Built on the work of others')} actions={<Notices />}>
        <ul>
          {CREDITS.map(({ name, note, licence }) => (
            <li key={name} className="flex items-baseline gap-4 border-b border-line px-4 py-2 last:border-0">
              <span className="min-w-0 flex-1 text-sm text-ink">
                {name} <span className="selectable text-xs text-muted">{note}</span>
              </span>
              <span className="shrink-0 text-xs text-faint">{licence}</span>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}
