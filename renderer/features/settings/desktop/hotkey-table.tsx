import type { ReactNode } from 'react';

import { acceleratorInWords } from '#shared/domain/settings/accelerator.ts';
import type { DesktopStatus, HotkeyName, HotkeyState } from '#shared/domain/settings/desktop.ts';
import { PANIC_HOTKEYS } from '#shared/domain/settings/settings.ts';
import { t } from '#shared/words.ts';

import { useSettings } from '../../../stores/settings.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Select } from '../../../ui/controls.tsx';
import { saveSetting } from '../parts/setting-row.tsx';
import { HotkeyRecorder } from './hotkey-recorder.tsx';
import { isMac } from '../parts/is-mac.ts';

/** Every key that works outside the window: what it does, which keys, and whether the system gave them. */
export function HotkeyTable({ status }: { status: DesktopStatus }) {
  const settings = useSettings();
  if (settings === null) return null;
  const panicKeys = settings.panic.hotkey;
  return (
    <table className="w-full text-sm">
      <thead>
        <tr className="border-b border-line text-left text-xs text-muted">
          <th className="px-4 py-2 font-medium">{t('What it does')}</th>
          <th className="px-4 py-2 font-medium">{t('Keys')}</th>
          <th className="px-4 py-2 font-medium">{t('State')}</th>
        </tr>
      </thead>
      <tbody>
        <Row
          name="panic"
          help={t('Two presses within five seconds halt every bot; the first shows the question.')}
          state={status.hotkeys.panic}
        >
          <Select
            aria-label={t('Keys for PANIC')}
            value={panicKeys ?? 'none'}
            onChange={(next) => void saveSetting({ panic: { hotkey: next === 'none' ? null : next } })}
            options={[
              { value: 'none', label: t('None') },
              ...PANIC_HOTKEYS.map((keys) => ({ value: keys, label: acceleratorInWords(keys, isMac) })),
            ]}
          />
        </Row>
        <Row
          name="show"
          help={t('Shows the window, or hides it when it is in front.')}
          state={status.hotkeys.show}
        >
          <HotkeyRecorder
            label={t('Keys for showing and hiding')}
            keys={settings.desktop.showHotkey}
            taken={panicKeys === null ? {} : { [panicKeys]: t('PANIC has these keys.') }}
            onChange={(showHotkey) => void saveSetting({ desktop: { showHotkey } })}
          />
        </Row>
      </tbody>
    </table>
  );
}

const NAMES: Record<HotkeyName, string> = { panic: 'PANIC', show: t('Show or hide Quarterdeck') };

interface RowProps {
  name: HotkeyName;
  help: string;
  state: HotkeyState;
  children: ReactNode;
}

function Row({ name, help, state, children }: RowProps) {
  return (
    <tr className="border-b border-line align-top last:border-0">
      <td className="px-4 py-3">
        <p className="font-medium text-ink">{NAMES[name]}</p>
        <p className="mt-0.5 text-xs leading-relaxed text-muted">{help}</p>
      </td>
      <td className="px-4 py-3 whitespace-nowrap">{children}</td>
      <td className="px-4 py-3">
        <State name={name} state={state} />
      </td>
    </tr>
  );
}

function State({ name, state }: { name: HotkeyName; state: HotkeyState }) {
  switch (state.kind) {
    case 'none':
      return <span className="text-xs whitespace-nowrap text-faint">{t('Not set')}</span>;
    case 'works':
      return <Badge tone="ok">{t('Registered')}</Badge>;
    case 'refused':
      return (
        <div role="alert">
          <Badge tone="danger">{t('Does not work')}</Badge>
          <p className="mt-1 text-xs text-muted">
            {state.why === 'used-twice'
              ? t('{what} has these keys.', { what: name === 'panic' ? t('Showing and hiding') : 'PANIC' })
              : t('Another program has these keys. Choose others.')}
          </p>
        </div>
      );
  }
}
