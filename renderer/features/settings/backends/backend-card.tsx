import { Info, Pencil, RefreshCw, Stethoscope, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';

import type {
  BackendConfig,
  BackendKindDescriptor,
  ConnectionTestStep,
} from '#shared/domain/backends/backend.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../../bridge.ts';
import { useSlice } from '../../../stores/desk.ts';
import { useKind } from '../../../stores/kinds.ts';
import { toast } from '../../../stores/toasts.ts';
import { Badge } from '../../../ui/badge.tsx';
import { BackendDot, PracticeMark } from '../../../ui/backend-tag.tsx';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { Switch } from '../../../ui/controls.tsx';
import { Spinner } from '../../../ui/spinner.tsx';
import { DiscordSignIn } from '../../sign-in/discord-sign-in.tsx';
import { needsPlainHttpConsent } from './backend-draft.ts';
import { BackendDialog } from './backend-dialog.tsx';
import { ConnectionSteps } from './connection-steps.tsx';
import { LinkView } from './link-view.tsx';
import { RemoveDialog } from '../parts/remove-dialog.tsx';

type Asked = 'edit' | 'remove' | null;

/** One backend: where it is, how each of its links does, and what can be done about it. `open` marks the one asked for. */
export function BackendCard({ backend, open }: { backend: BackendConfig; open: boolean }) {
  const allLinks = useSlice('links');
  const kind = useKind(backend.kind);
  const [asked, setAsked] = useState<Asked>(null);
  const [busy, setBusy] = useState<'test' | 'refresh' | 'toggle' | null>(null);
  const [steps, setSteps] = useState<ConnectionTestStep[] | null>(null);
  const links = useMemo(
    () => [...allLinks.values()].filter((link) => link.backendId === backend.id),
    [allLinks, backend.id],
  );

  async function work(what: 'test' | 'refresh' | 'toggle', run: () => Promise<void>): Promise<void> {
    setBusy(what);
    try {
      await run();
    } catch (error) {
      toast.error(t('{name}: that did not work', { name: backend.name }), {
        description: describeError(error),
      });
    }
    setBusy(null);
  }
  const test = () =>
    work('test', async () => {
      setSteps(null);
      setSteps(await request('backends.test', { config: backend, secrets: {} }));
    });
  const refresh = () =>
    work('refresh', async () => {
      await request('backends.refresh', { backendId: backend.id });
      toast.success(t('{name} was read again', { name: backend.name }));
    });
  const toggle = (enabled: boolean) =>
    work('toggle', async () => {
      await request('backends.save', { config: { ...backend, enabled }, secrets: {} });
    });

  return (
    <section
      aria-label={backend.name}
      className={cx('rounded-lg border bg-surface', open ? 'border-accent' : 'border-line')}
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-3">
        <BackendDot colour={backend.colour} />
        <div className="min-w-0 flex-1">
          <h2 className="flex flex-wrap items-center gap-2 text-sm font-semibold text-ink">
            <span className="truncate">{backend.name}</span>
            {backend.practice && <PracticeMark />}
            {needsPlainHttpConsent(backend.address) && <Badge tone="warn">{t('Without TLS')}</Badge>}
            {backend.network?.proxy !== undefined && <Badge>{t('Through a proxy')}</Badge>}
            {backend.network?.authority !== undefined && <Badge>{t('Private authority')}</Badge>}
            {!backend.enabled && <Badge>{t('Switched off')}</Badge>}
          </h2>
          <p className="truncate text-xs text-muted">
            {kind?.label ?? backend.kind} ·{' '}
            <span className="selectable font-mono text-2xs">{backend.address}</span>
          </p>
        </div>
        {!backend.practice && (
          <Switch
            aria-label={t('{name}: connected or switched off', { name: backend.name })}
            checked={backend.enabled}
            disabled={busy === 'toggle'}
            onChange={(enabled) => void toggle(enabled)}
          />
        )}
      </header>
      <KindNotes kind={kind} options={backend.options} />
      {links.length === 0 ? (
        <p className="px-4 py-3 text-xs text-muted">
          {backend.enabled
            ? t('No link yet. It is being connected.')
            : t('Switched off: nothing is read and nothing is sent.')}
        </p>
      ) : (
        <div>
          {links.map((link) => (
            <LinkView key={link.linkId} link={link} />
          ))}
        </div>
      )}
      {kind?.signIn !== undefined && !backend.practice && <DiscordSignIn backend={backend} />}
      {busy === 'test' && (
        <div className="border-t border-line px-4 py-3">
          <Spinner size={14} label={t('Testing: finding the address, connecting, reading')} />
        </div>
      )}
      {steps !== null && (
        <div className="border-t border-line px-4 py-3">
          <ConnectionSteps steps={steps} />
        </div>
      )}
      <footer className="flex flex-wrap gap-2 border-t border-line px-4 py-2.5">
        <Button
          size="sm"
          busy={busy === 'refresh'}
          disabled={!backend.enabled}
          icon={<RefreshCw size={13} aria-hidden />}
          onClick={() => void refresh()}
        >
          {t('Read again')}
        </Button>
        <Button
          size="sm"
          busy={busy === 'test'}
          icon={<Stethoscope size={13} aria-hidden />}
          onClick={() => void test()}
        >
          {t('Test')}
        </Button>
        {!backend.practice && (
          <>
            <Button size="sm" icon={<Pencil size={13} aria-hidden />} onClick={() => setAsked('edit')}>
              {t('Change')}
            </Button>
            <Button
              size="sm"
              variant="danger-quiet"
              className="ml-auto"
              icon={<Trash2 size={13} aria-hidden />}
              onClick={() => setAsked('remove')}
            >
              {t('Remove')}
            </Button>
          </>
        )}
      </footer>
      {asked === 'edit' && <BackendDialog backendId={backend.id} onClose={() => setAsked(null)} />}
      {asked === 'remove' && (
        <RemoveDialog
          what={backend.name}
          description={t(
            'Quarterdeck forgets its address and its secrets and stops watching it. PANIC will no longer reach it. The bot itself goes on as it is, and the journal keeps what happened.',
          )}
          failure={t('{name} could not be removed', { name: backend.name })}
          remove={() => request('backends.remove', { backendId: backend.id })}
          onDone={(removed) => {
            if (removed) toast.success(t('{name} was removed', { name: backend.name }));
            setAsked(null);
          }}
        />
      )}
    </section>
  );
}

/** What the person set for it, and what they should know about links of this kind. */
function KindNotes({
  kind,
  options,
}: {
  kind: BackendKindDescriptor | undefined;
  options: BackendConfig['options'];
}) {
  const set = (kind?.options ?? []).flatMap(({ name, label, choices }) => {
    const value = options?.[name];
    if (value === undefined) return [];
    return [{ label, words: choices?.find((choice) => choice.value === value)?.label ?? value }];
  });
  const notes = kind?.notes ?? [];
  if (set.length === 0 && notes.length === 0) return null;
  return (
    <div className="flex flex-col gap-1.5 border-b border-line px-4 py-2.5 text-xs leading-relaxed text-muted">
      {set.length > 0 && (
        <p className="flex flex-wrap gap-x-4 gap-y-1">
          {set.map(({ label, words }) => (
            <span key={label}>
              {label}: <span className="selectable text-ink">{words}</span>
            </span>
          ))}
        </p>
      )}
      {notes.map((note) => (
        <p key={note} className="flex items-start gap-2">
          <Info size={13} aria-hidden className="mt-0.5 shrink-0 text-faint" />
          {note}
        </p>
      ))}
    </div>
  );
}
