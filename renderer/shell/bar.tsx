import {
  Bell,
  BellOff,
  CheckCheck,
  ClipboardCheck,
  ClipboardX,
  ClockAlert,
  Moon,
  OctagonX,
  Search,
  Sun,
  Volume2,
  VolumeX,
} from 'lucide-react';
import { useState } from 'react';

import { quietBy, untilWords } from '#shared/domain/attention/attention-verdict.ts';
import { PANIC_KEYS } from '#shared/domain/settings/shortcuts.ts';
import { t } from '#shared/words.ts';

import { describeError } from '../bridge.ts';
import { useRehearsal } from '../features/panic/use-rehearsal.ts';
import { ShortcutKbd } from '../features/shortcuts/shortcut-kbd.tsx';
import { useNow } from '../stores/clock.ts';
import { useAttentionPolicy, useNeedsPerson, usePanic } from '../stores/derived.ts';
import { setMuted } from '../stores/mute.ts';
import { changeSettings, useSettings } from '../stores/settings.ts';
import { useShownTotal } from '../stores/shown-total.tsx';
import { isPlayback, ownPlace } from '../stores/own-place.ts';
import { toast } from '../stores/toasts.ts';
import { openPlace, setPaletteOpen, setPanicOpen } from '../stores/ui.ts';
import { PracticeMark } from '../ui/backend-tag.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Money, MoneyChange, Percent } from '../ui/figures.tsx';
import { FlashOnChange } from '../ui/flash-on-change.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { BackendLights } from './backend-lights.tsx';

/** Always there: panic, a light a backend, the total, what needs the person, palette, sound and theme. */
export function Bar() {
  return (
    <header
      id="bar"
      className="flex min-h-13 shrink-0 items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-3 max-[56rem]:flex-wrap max-[56rem]:py-1.5"
    >
      <PanicButton />
      <RehearsalMark />
      <BackendLights />
      <ShownTotal />
      <NeedsButton />
      <div className="ml-auto flex items-center gap-0.5 border-l border-line pl-2">
        <Button
          data-tour="palette"
          variant="ghost"
          icon={<Search size={15} aria-hidden />}
          onClick={() => setPaletteOpen(true)}
        >
          <span className="sr-only">{t('Search and commands')} </span>
          <span className="hidden min-[1180px]:inline">
            <ShortcutKbd name="palette" />
          </span>
        </Button>
        {ownPlace === null && !isPlayback && (
          <>
            <MuteButton />
            <SoundButton />
            <ThemeButton />
          </>
        )}
      </div>
    </header>
  );
}

function PanicButton() {
  const { summary } = usePanic();
  return (
    <Tooltip
      align="start"
      content={
        <span className="flex items-center gap-2">
          {summary.latched
            ? t('Panic is on. Opens it again.')
            : t('Halt every bot. Asks once before it acts.')}
          <Kbd keys={PANIC_KEYS} />
        </span>
      }
    >
      <Button
        variant="danger"
        size="md"
        className="font-bold tracking-wide"
        aria-haspopup="dialog"
        icon={<OctagonX size={15} strokeWidth={2.25} aria-hidden />}
        onClick={() => setPanicOpen(true)}
      >
        PANIC
      </Button>
    </Tooltip>
  );
}

/** Beside PANIC: when it was last walked through, and whether that found trouble (K13). */
function RehearsalMark() {
  const { words } = useRehearsal();
  const Icon = words.tone === 'warn' ? ClipboardX : ClipboardCheck;
  return (
    <Tooltip align="start" content={words.line}>
      <button
        type="button"
        onClick={() => openPlace('settings', 'panic')}
        className={cx(
          '-ml-1.5 flex h-8 shrink-0 items-center gap-1.5 rounded-md px-1.5 text-2xs hover:bg-raised',
          words.tone === 'warn' ? 'text-warn' : 'text-muted',
        )}
      >
        <Icon size={15} aria-hidden className="shrink-0" />
        <span className="sr-only">{words.line}</span>
        <span aria-hidden className="hidden min-[1500px]:inline">
          {words.short}
        </span>
      </button>
    </Tooltip>
  );
}

function ShownTotal() {
  const total = useShownTotal();
  const notes = [
    ...(total.missing.length > 0
      ? [t('Without {count} whose value is not known.', { count: total.missing.length })]
      : []),
    ...(total.mirrored.length > 0
      ? [
          t(
            '{count} {count, plural, one {backend shows} other {backends show}} an account that another one shows too; it is counted once.',
            { count: total.mirrored.length },
          ),
        ]
      : []),
    ...(total.stale.length > 0
      ? [t('{count} of them with stale figures.', { count: total.stale.length })]
      : []),
    ...(total.profit.today.partial ? [t('Today counts from when Quarterdeck first saw a value.')] : []),
  ];
  return (
    <Tooltip
      content={
        <span>
          {total.practice
            ? t('Value of the practice desk. No real money.')
            : t('Value over all real backends.')}{' '}
          {notes.join(' ')}
        </span>
      }
    >
      <button
        type="button"
        data-tour="total"
        onClick={() => openPlace('portfolio')}
        className="flex shrink-0 items-center gap-3 rounded-md px-2 py-1 hover:bg-raised"
      >
        <span className="sr-only">{t('Total value')} </span>
        {total.practice && <PracticeMark large />}
        {total.stale.length > 0 && <ClockAlert size={14} aria-label={t('Stale')} className="text-warn" />}
        {total.totalUsd === null ? (
          <span className="text-sm text-faint">{t('No value yet')}</span>
        ) : (
          <>
            <FlashOnChange value={total.totalUsd} className="block">
              <Money
                value={total.totalUsd}
                className={cx(
                  'text-lg font-semibold tracking-tight',
                  total.stale.length > 0 ? 'text-muted' : 'text-ink',
                )}
              />
            </FlashOnChange>
            <span
              className={cx(
                'flex flex-col items-start text-2xs leading-[0.9rem]',
                total.stale.length > 0 && 'stale-figures',
              )}
            >
              <MoneyChange value={total.profit.today.profitUsd} />
              <span className="flex items-baseline gap-1 text-faint">
                <Percent value={total.profit.today.profitPct} /> {t('today')}
              </span>
            </span>
          </>
        )}
      </button>
    </Tooltip>
  );
}

function NeedsButton() {
  const needs = useNeedsPerson();
  const words = [
    needs.approvals > 0 &&
      t('{count, plural, one {# approval} other {# approvals}}', { count: needs.approvals }),
    needs.alerts > 0 &&
      t('{count, plural, one {# urgent alert} other {# urgent alerts}}', { count: needs.alerts }),
    needs.links > 0 &&
      t('{count, plural, one {# stopped link} other {# stopped links}}', { count: needs.links }),
    needs.panic > 0 &&
      t('{count, plural, one {# unconfirmed halt} other {# unconfirmed halts}}', { count: needs.panic }),
    needs.limits > 0 &&
      t('{count, plural, one {# limit that is not watched} other {# limits that are not watched}}', {
        count: needs.limits,
      }),
  ].filter((word) => word !== false);
  const target =
    needs.approvals > 0
      ? 'approvals'
      : needs.alerts > 0
        ? 'alerts'
        : needs.links > 0 || needs.limits > 0
          ? 'settings'
          : 'deck';
  const isGrave = needs.critical > 0;
  return (
    <Tooltip
      content={
        words.length === 0
          ? t('Nothing waits for you.')
          : t('Waiting for you: {list}.', { list: words.join(', ') })
      }
    >
      <Button
        data-tour="needs"
        variant={needs.total === 0 ? 'ghost' : 'secondary'}
        onClick={() => openPlace(target)}
        className={needs.total === 0 ? 'border border-transparent' : isGrave ? '!border-danger' : ''}
      >
        {/* As wide whatever it says, so that the figures beside it stay where they are. */}
        <span className="grid *:[grid-area:1/1]">
          <span className={cx('max-[1019px]:sr-only', needs.total > 0 && 'invisible')}>
            {t('Nothing needs you')}
          </span>
          {needs.total === 0 ? (
            <CheckCheck aria-hidden className="size-4 min-[1020px]:hidden" />
          ) : (
            <span className={isGrave ? 'text-danger' : 'text-accent'}>
              <span className="figures font-semibold">{needs.total}</span>{' '}
              <span className="max-[1019px]:sr-only">
                {needs.total === 1 ? t('needs you') : t('need you')}
              </span>
              <span className="sr-only">: {words.join(', ')}</span>
            </span>
          )}
        </span>
      </Button>
    </Tooltip>
  );
}

/** Mutes for an hour; says until when while that or quiet hours hold. */
function MuteButton() {
  const policy = useAttentionPolicy();
  const now = useNow(5_000);
  const quiet = quietBy(policy, { nowMs: now });
  const isMuted = policy.muteUntilMs !== null && now < policy.muteUntilMs;
  const until = isMuted && policy.muteUntilMs !== null ? untilWords(policy.muteUntilMs, now) : null;
  const label = until !== null ? t('Unmute, muted until {until}', { until }) : t('Mute for an hour');
  return (
    <Tooltip content={quiet === null || isMuted ? label : `${quiet} ${label}`}>
      <Button
        variant="ghost"
        aria-label={label}
        aria-pressed={isMuted}
        className={cx('px-2', quiet !== null && 'text-warn')}
        icon={quiet === null ? <Bell size={16} aria-hidden /> : <BellOff size={16} aria-hidden />}
        onClick={() => void setMuted(!isMuted)}
      >
        {until !== null && <span className="figures text-2xs">{until}</span>}
      </Button>
    </Tooltip>
  );
}

function SoundButton() {
  const settings = useSettings();
  const [busy, setBusy] = useState(false);
  const on = settings?.attention.sound ?? true;
  return (
    <IconButton
      label={on ? t('Turn sound off') : t('Turn sound on')}
      aria-pressed={on}
      disabled={settings === null}
      busy={busy}
      icon={on ? <Volume2 size={16} aria-hidden /> : <VolumeX size={16} aria-hidden className="text-warn" />}
      onClick={() => {
        setBusy(true);
        void change({ attention: { sound: !on } }).finally(() => setBusy(false));
      }}
    />
  );
}

function ThemeButton() {
  const settings = useSettings();
  const light = settings?.appearance.theme === 'light';
  return (
    <IconButton
      label={light ? t('Dark theme') : t('Light theme')}
      disabled={settings === null}
      icon={light ? <Moon size={16} aria-hidden /> : <Sun size={16} aria-hidden />}
      onClick={() => void change({ appearance: { theme: light ? 'dark' : 'light' } })}
    />
  );
}

async function change(settings: Parameters<typeof changeSettings>[0]): Promise<void> {
  try {
    await changeSettings(settings);
  } catch (error) {
    toast.error(t('That setting could not be saved'), { description: describeError(error) });
  }
}
