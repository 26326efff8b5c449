import { t } from '#shared/words.ts';

import { Switch } from '../../../ui/controls.tsx';
import { Field, Input } from '../../../ui/field.tsx';

interface OptionalSettingProps {
  label: string;
  help: string;
  unit: string;
  /** What it means that it is off. */
  offWords?: string;
  on: boolean;
  text: string;
  error: string | undefined;
  onChange: (on: boolean, text: string) => void;
}

/** A figure that can be switched off; it keeps its text, so that switching it on again is one click. */
export function OptionalSetting({
  label,
  help,
  unit,
  offWords = t('off'),
  on,
  text,
  error,
  onChange,
}: OptionalSettingProps) {
  return (
    <div className="flex items-start gap-4">
      <div className="pt-0.5">
        <Switch
          aria-label={t('{label}: on or off', { label })}
          checked={on}
          onChange={(next) => onChange(next, text)}
        />
      </div>
      <Field label={label} help={help} error={on ? error : undefined} className="flex-1">
        {(aria) => (
          <span className="flex items-center gap-2">
            <Input
              {...aria}
              inputMode="decimal"
              disabled={!on}
              className="figures !w-32"
              value={text}
              onChange={(event) => onChange(on, event.target.value)}
            />
            <span className="shrink-0 text-xs text-muted">{on ? unit : offWords}</span>
          </span>
        )}
      </Field>
    </div>
  );
}
