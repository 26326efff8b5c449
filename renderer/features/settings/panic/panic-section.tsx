import { CircleAlert, CircleCheck, CircleMinus } from 'lucide-react';

import { acceleratorInWords } from '#shared/domain/settings/accelerator.ts';
import type { BackendRehearsal, RehearsalStep } from '#shared/domain/panic/rehearsal.ts';
import { t } from '#shared/words.ts';

import { useSettings } from '../../../stores/settings.ts';
import { openPlace } from '../../../stores/ui.ts';
import { Badge } from '../../../ui/badge.tsx';
import { BackendTag } from '../../../ui/backend-tag.tsx';
import { Button } from '../../../ui/button.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { rehearsalStateWords } from '../../panic/rehearsal-words.ts';
import { RehearsalLine } from '../../panic/rehearsal-line.tsx';
import { useRehearsal } from '../../panic/use-rehearsal.ts';
import { isMac } from '../parts/is-mac.ts';
import { SettingRow } from '../parts/setting-row.tsx';

/** How PANIC is reached from other programs, and its rehearsal. */
export function PanicSection() {
  return (
    <div className="flex flex-col gap-4">
      <Rehearsal />
      <Hotkey />
    </div>
  );
}

function Hotkey() {
  const hotkey = useSettings()?.panic.hotkey ?? null;
  return (
    <Panel title={t('From any program')}>
      <SettingRow
        label={t('Global hotkey')}
        help={t(
          'Two presses within five seconds halt every bot, whatever program is in front. The first shows the question.',
        )}
      >
        <span className="text-sm text-muted">
          {hotkey === null ? t('None') : acceleratorInWords(hotkey, isMac)}
        </span>
        <Button onClick={() => openPlace('settings', 'desktop')}>{t('Choose keys')}</Button>
      </SettingRow>
    </Panel>
  );
}

/** What it does, when it was, and what it proved on each backend and what it did not (K13). */
function Rehearsal() {
  const { rehearsal } = useRehearsal();
  return (
    <Panel title={t('Rehearsal of PANIC')} bodyClassName="flex flex-col gap-4 p-4">
      <p className="text-sm leading-relaxed text-muted">
        {t(
          'Walks the way of a halt on every backend at once, up to but without the halt itself: finding it, an answer, the sign-in, reading back. Nothing is halted, stopped or unfollowed by it.',
        )}
      </p>
      <RehearsalLine origin="window" />
      {rehearsal === undefined ? (
        <p className="text-xs text-faint">
          {t(
            'Rehearse it once after you connected a backend, and again after you changed an address or a password.',
          )}
        </p>
      ) : (
        <>
          <p className="text-xs text-muted">
            {t('Begun {dateTime} from the {origin}.', {
              dateTime: formatDateTime(rehearsal.startedAtMs),
              origin: rehearsal.origin,
            })}
          </p>
          <ul className="flex flex-col gap-3">
            {rehearsal.backends.map((one) => (
              <RehearsedBackend key={one.backendId} one={one} />
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

function RehearsedBackend({ one }: { one: BackendRehearsal }) {
  const { word, tone } = rehearsalStateWords[one.state];
  return (
    <li className="rounded-lg border border-line bg-canvas p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <BackendTag backendId={one.backendId} className="text-sm font-medium !text-ink" />
        <Badge tone={tone}>{word}</Badge>
        {one.tookMs !== null && one.steps.length > 0 && (
          <span className="figures ml-auto text-xs text-muted">{one.tookMs} ms</span>
        )}
      </div>
      {one.steps.length > 0 && (
        <ol className="mt-2 flex flex-col gap-1">
          {one.steps.map((step) => (
            <Step key={step.name} step={step} />
          ))}
        </ol>
      )}
      <div className="mt-2.5 grid gap-x-5 gap-y-2 text-xs leading-snug sm:grid-cols-2">
        <Words title={t('Proved')} items={one.proved} />
        <Words title={t('Not proved')} items={one.notProved} />
      </div>
    </li>
  );
}

const LOOKS = {
  passed: { icon: CircleCheck, colour: 'text-ok', word: t('passed') },
  failed: { icon: CircleAlert, colour: 'text-danger', word: t('failed') },
  skipped: { icon: CircleMinus, colour: 'text-faint', word: t('not tried') },
} as const;

function Step({ step: { name, outcome, detail, tookMs } }: { step: RehearsalStep }) {
  const { icon: Icon, colour, word } = LOOKS[outcome];
  return (
    <li className="flex items-start gap-2 text-xs">
      <Icon size={13} aria-hidden className={`mt-0.5 shrink-0 ${colour}`} />
      <span className="w-32 shrink-0 text-ink">
        {name}
        <span className="sr-only"> {word}</span>
      </span>
      <span className="selectable min-w-0 text-muted">{detail}</span>
      {outcome !== 'skipped' && <span className="figures ml-auto shrink-0 text-faint">{tookMs} ms</span>}
    </li>
  );
}

function Words({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <div>
      <p className="label mb-1">{title}</p>
      <ul className="flex list-disc flex-col gap-1 pl-4 text-muted">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  );
}
