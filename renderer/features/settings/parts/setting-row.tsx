import type { ReactNode } from 'react';

import type { SettingsChange } from '#shared/domain/settings/settings.ts';
import { t } from '#shared/words.ts';

import { describeError } from '../../../bridge.ts';
import { changeSettings } from '../../../stores/settings.ts';
import { toast } from '../../../stores/toasts.ts';

interface SettingRowProps {
  label: string;
  help?: ReactNode;
  /** The control; it carries the label as its own name for screen readers. */
  children: ReactNode;
}

/** One setting: its name and what it means on the left, its control on the right. */
export function SettingRow({ label, help, children }: SettingRowProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b border-line px-4 py-3.5 last:border-0">
      <div className="min-w-48 flex-1">
        <p className="text-sm font-medium text-ink">{label}</p>
        {help !== undefined && <p className="mt-0.5 text-xs leading-relaxed text-muted">{help}</p>}
      </div>
      <div className="flex shrink-0 items-center gap-2">{children}</div>
    </div>
  );
}

/** Changes a setting at once and says so only when it fails. Answers whether it was saved. */
export async function saveSetting(change: SettingsChange): Promise<boolean> {
  try {
    await changeSettings(change);
    return true;
  } catch (error) {
    toast.error(t('That setting could not be saved'), { description: describeError(error) });
    return false;
  }
}
