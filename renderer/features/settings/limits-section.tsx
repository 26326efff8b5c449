import { useState } from 'react';

import type { Limits } from '#shared/domain/settings.ts';
import { compare } from '#shared/money.ts';

import { useSettings } from '../../stores/settings.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { LimitTexts } from './limit-texts.ts';
import { limitTexts, readLimitTexts } from './limit-texts.ts';
import { OptionalSetting } from './optional-setting.tsx';
import { saveSetting } from './setting-row.tsx';

/** The person's own limits (A4). They change only when saved, all together. */
export function LimitsSection() {
  const limits = useSettings()?.limits;
  return limits === undefined ? null : <LimitsForm key={JSON.stringify(limits)} limits={limits} />;
}

function LimitsForm({ limits }: { limits: Limits }) {
  const [texts, setTexts] = useState<LimitTexts>(() => limitTexts(limits));
  const [busy, setBusy] = useState(false);
  const read = readLimitTexts(texts);
  const errors = read.ok ? {} : read.errors;
  const changed = JSON.stringify(texts) !== JSON.stringify(limitTexts(limits));
  const set = (change: Partial<LimitTexts>) => setTexts({ ...texts, ...change });
  const contradiction =
    read.ok &&
    read.limits.softValueUsd !== null &&
    read.limits.hardValueUsd !== null &&
    compare(read.limits.softValueUsd, read.limits.hardValueUsd) >= 0;

  async function save(): Promise<void> {
    if (!read.ok) return;
    setBusy(true);
    await saveSetting({ limits: read.limits });
    setBusy(false);
  }

  return (
    <Panel
      title="Limits"
      actions={
        <>
          {changed && (
            <Button size="sm" variant="ghost" onClick={() => setTexts(limitTexts(limits))}>
              Undo
            </Button>
          )}
          <Button
            size="sm"
            variant="primary"
            disabled={!changed || !read.ok}
            busy={busy}
            onClick={() => void save()}
          >
            Save limits
          </Button>
        </>
      }
    >
      <p className="border-b border-line px-4 py-3 text-xs leading-relaxed text-muted">
        Checked by Quarterdeck at the moment you approve, over all backends. They limit what you send from
        here; they do not limit what a bot does by itself.
      </p>
      <div className="flex flex-col gap-5 p-4">
        <OptionalSetting
          label="Ask again above this value"
          help="A soft limit: you can still approve, after a second question."
          unit="US dollars"
          on={texts.softOn}
          text={texts.soft}
          error={errors.soft}
          onChange={(softOn, soft) => set({ softOn, soft })}
        />
        <OptionalSetting
          label="Refuse above this value"
          help="A hard limit: nothing worth more can be approved here."
          unit="US dollars"
          on={texts.hardOn}
          text={texts.hard}
          error={errors.hard}
          onChange={(hardOn, hard) => set({ hardOn, hard })}
        />
        {contradiction && (
          <p role="status" className="rounded-md bg-warn-soft px-3 py-2 text-xs text-warn">
            The hard limit is not above the soft one, so the second question will never be asked.
          </p>
        )}
        <OptionalSetting
          label="Block when the price has moved further than this"
          help="Measured from the price at the time of the proposal to the price now."
          unit="percent"
          on={texts.driftOn}
          text={texts.drift}
          error={errors.drift}
          onChange={(driftOn, drift) => set({ driftOn, drift })}
        />
        <Field
          label="A proposal expires after"
          help="Used where the backend sets no expiry of its own. 1 to 10,080 minutes."
          error={errors.expiry}
        >
          {(aria) => (
            <span className="flex w-56 items-center gap-2">
              <Input
                {...aria}
                inputMode="numeric"
                className="figures"
                value={texts.expiry}
                onChange={(event) => set({ expiry: event.target.value })}
              />
              <span className="text-xs text-muted">minutes</span>
            </span>
          )}
        </Field>
      </div>
    </Panel>
  );
}
