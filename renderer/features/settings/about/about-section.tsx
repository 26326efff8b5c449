import { useRequest } from '../../../stores/use-request.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Panel, Stat } from '../../../ui/panel.tsx';
import { ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { Notices } from './notices.tsx';

const CREDITS = [
  {
    name: 'TradingView Lightweight Charts™',
    note: 'Copyright © TradingView, Inc. https://www.tradingview.com/',
    licence: 'Apache-2.0',
  },
  { name: 'Electron', note: 'Copyright © Electron contributors and GitHub Inc.', licence: 'MIT' },
  { name: 'React', note: 'Copyright © Meta Platforms, Inc. and affiliates', licence: 'MIT' },
  { name: 'Radix UI', note: 'Copyright © WorkOS', licence: 'MIT' },
  { name: 'TanStack Table and Virtual', note: 'Copyright © Tanner Linsley', licence: 'MIT' },
  { name: 'Tailwind CSS', note: 'Copyright © Tailwind Labs, Inc.', licence: 'MIT' },
  {
    name: 'zustand, zod, cmdk, sonner, decimal.js, eventsource, electron-store',
    note: 'Copyright © their authors',
    licence: 'MIT',
  },
  { name: 'Lucide', note: 'Copyright © Lucide contributors', licence: 'ISC' },
  { name: 'Inter', note: 'Copyright © The Inter Project Authors', licence: 'OFL-1.1' },
  { name: 'JetBrains Mono', note: 'Copyright © The JetBrains Mono Project Authors', licence: 'OFL-1.1' },
] as const;

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
              title="The versions could not be read"
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
                <strong>Not for release.</strong> This build was {info.notForRelease}, for tests alone. Do not
                give it to anybody; it does not update itself.
              </p>
            )}
            <dl className="grid grid-cols-2 gap-4 sm:grid-cols-5">
              <Stat label="Version">
                {info.version}
                {info.revision !== null && <span className="text-xs text-muted"> {info.revision}</span>}
              </Stat>
              <Stat label="Electron">{info.electron}</Stat>
              <Stat label="Chromium">{info.chrome}</Stat>
              <Stat label="Node">{info.node}</Stat>
              <Stat label="System">{info.platform}</Stat>
            </dl>
            <div>
              <p className="label">Data folder</p>
              <p className="mt-0.5 flex items-center gap-1">
                <code className="selectable min-w-0 truncate font-mono text-xs text-ink">
                  {info.dataFolder}
                </code>
                <CopyButton text={info.dataFolder} label="Copy the path" />
              </p>
              <p className="text-xs text-muted">
                The journal and the settings. Copy it while Quarterdeck is closed to back them up; secrets are
                not part of it in a form that another computer can read.
              </p>
            </div>
          </div>
        )}
      </Panel>
      <Panel title="Built on the work of others" actions={<Notices />}>
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
