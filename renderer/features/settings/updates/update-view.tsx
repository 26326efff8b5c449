import type { ReactNode } from 'react';

import type { Update, UpdateState } from '#shared/domain/settings/desktop.ts';
import type { RequestName, RequestParams } from '#shared/ipc/contract.ts';
import { t } from '#shared/words.ts';

import { Button } from '../../../ui/button.tsx';
import { formatDateTime } from '../../../ui/format.ts';

interface UpdateViewProps {
  state: UpdateState;
  onAsk: <N extends RequestName>(name: N, params: RequestParams<N>) => void;
}

/** Where updating stands, in words, and the one or two next steps. */
export function UpdateView({ state, onAsk }: UpdateViewProps) {
  const check = (
    <Button busy={state.kind === 'checking'} onClick={() => onAsk('updates.check', {})}>
      {t('Check now')}
    </Button>
  );
  switch (state.kind) {
    case 'unavailable':
      return <Line words={state.why} />;
    case 'idle':
      return (
        <Line words={t('Nobody has looked for updates since Quarterdeck was started.')} action={check} />
      );
    case 'checking':
      return <Line words={t('Looking for a newer version.')} action={check} />;
    case 'up-to-date':
      return (
        <Line
          words={t('This is the newest version, as of {dateTime}.', {
            dateTime: formatDateTime(state.checkedAtMs),
          })}
          action={check}
        />
      );
    case 'available':
      return (
        <>
          <Line
            words={t('Version {version} is there.', { version: state.update.version })}
            action={
              <Button variant="primary" onClick={() => onAsk('updates.download', {})}>
                {t('Download{update}', { update: sizeOf(state.update) })}
              </Button>
            }
          />
          <News update={state.update} />
        </>
      );
    case 'downloading':
      return (
        <>
          <Line
            words={t('Version {version}: {percent} % downloaded.', {
              version: state.update.version,
              percent: state.percent,
            })}
            action={<Button onClick={() => onAsk('updates.cancel', {})}>{t('Cancel')}</Button>}
          />
          <progress className="sr-only" aria-label={t('Download')} max={100} value={state.percent} />
          <div aria-hidden className="mx-4 mb-3.5 h-1.5 overflow-hidden rounded-full bg-soft">
            <div className="h-full bg-accent-fill" style={{ width: `${state.percent}%` }} />
          </div>
        </>
      );
    case 'ready':
      return <Ready state={state} onAsk={onAsk} />;
    case 'failed':
      return (
        <>
          <Line
            isTrouble
            words={state.message}
            action={
              state.update === null ? (
                check
              ) : (
                <Button onClick={() => onAsk('updates.download', {})}>{t('Download again')}</Button>
              )
            }
          />
          <p className="px-4 pb-3.5 text-xs text-muted">
            {t('Nothing was changed; this version goes on as it is.')}
          </p>
        </>
      );
  }
}

function Ready({ state, onAsk }: UpdateViewProps & { state: Extract<UpdateState, { kind: 'ready' }> }) {
  const { update, atQuit } = state;
  const words = {
    yes: t('It is installed when you quit.'),
    no: t('It is not installed unless you say so.'),
    always: t('This system installs it when you quit.'),
  }[atQuit];
  return (
    <>
      <Line
        words={t('Version {version} is downloaded and checked. {words}', { version: update.version, words })}
        action={
          atQuit === 'always' ? (
            <Button variant="primary" onClick={() => onAsk('updates.install', { when: 'now' })}>
              {t('Quit and install…')}
            </Button>
          ) : (
            <>
              <Button
                onClick={() => onAsk('updates.install', { when: atQuit === 'yes' ? 'not' : 'at-quit' })}
              >
                {atQuit === 'yes' ? t('Not when I quit') : t('When I quit')}
              </Button>
              <Button variant="primary" onClick={() => onAsk('updates.install', { when: 'now' })}>
                {t('Install and start again…')}
              </Button>
            </>
          )
        }
      />
      <p className="px-4 pb-3.5 text-xs leading-relaxed text-muted">
        {t(
          'Where bots go on without Quarterdeck you are asked before it quits. A panic stays latched over an update.',
        )}
      </p>
      <News update={update} />
    </>
  );
}

interface LineProps {
  words: string;
  isTrouble?: boolean;
  action?: ReactNode;
}

function Line({ words, isTrouble = false, action }: LineProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3.5">
      <p
        role={isTrouble ? 'alert' : 'status'}
        className={`min-w-48 flex-1 text-sm ${isTrouble ? 'text-warn' : 'text-ink'}`}
      >
        {words}
      </p>
      <div className="flex shrink-0 items-center gap-2">{action}</div>
    </div>
  );
}

function News({ update }: { update: Update }) {
  if (update.notes === '') return null;
  return (
    <section aria-label={t('What is new')} className="border-t border-line px-4 py-3.5">
      <p className="label mb-1">
        {t('What is new{what}', {
          what: update.releasedAtMs === null ? '' : `, ${formatDateTime(update.releasedAtMs)}`,
        })}
      </p>
      <p className="selectable max-h-60 overflow-y-auto text-xs leading-relaxed whitespace-pre-wrap text-muted">
        {update.notes}
      </p>
    </section>
  );
}

const sizeOf = ({ sizeBytes }: Update): string =>
  sizeBytes === null ? '' : ` ${t('({sizeBytes} MB)', { sizeBytes: Math.ceil(sizeBytes / 1_000_000) })}`;
