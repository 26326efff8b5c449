import { RotateCcw } from 'lucide-react';
import { useState } from 'react';

import type { ShortcutKeys, ShortcutName } from '#shared/domain/settings/shortcuts.ts';
import { DEFAULT_KEYS, FIXED_KEYS, SHORTCUT_NAMES } from '#shared/domain/settings/shortcuts.ts';
import { t } from '#shared/words.ts';

import { useSettings } from '../../../stores/settings.ts';
import { useShortcutKeys } from '../../../stores/shortcuts.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { labelOf, SHORTCUT_GROUPS } from '../../shortcuts/shortcut-groups.ts';
import { saveSetting, SettingRow } from '../parts/setting-row.tsx';
import { ChordRecorder } from './chord-recorder.tsx';

/** Keys that were pressed for something and belong to something else. */
interface Conflict {
  name: ShortcutName;
  keys: string;
  /** Who has them; `null` where they are fixed. */
  holder: ShortcutName | null;
  words: string;
}

const recorderId = (name: ShortcutName): string => `keys-of-${name}`;

/** What was pressed goes with its answer; the focus stays at the keys that it was about. */
const focusRecorder = (name: ShortcutName): void => document.getElementById(recorderId(name))?.focus();

/** The keys of the window, each to be changed, taken away or put back. What works in every program is under This computer. */
export function ShortcutsSection() {
  const changed = useSettings()?.shortcuts.keys ?? {};
  const now = useShortcutKeys();
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const isChanged = Object.keys(changed).length > 0;

  function save(keys: ShortcutKeys): void {
    setConflict(null);
    void saveSetting({ shortcuts: { keys } });
  }

  function press(name: ShortcutName, keys: string): void {
    const fixed = FIXED_KEYS[keys];
    const holder = SHORTCUT_NAMES.find((one) => one !== name && now[one] === keys) ?? null;
    if (fixed !== undefined)
      setConflict({
        name,
        keys,
        holder: null,
        words: t('{fixed} has these keys, and keeps them.', { fixed }),
      });
    else if (holder !== null)
      setConflict({ name, keys, holder, words: t('{holder} has these keys.', { holder: labelOf(holder) }) });
    else save({ ...changed, [name]: keys });
  }

  return (
    <div className="flex flex-col gap-4">
      {SHORTCUT_GROUPS.map(({ title, lines }) => (
        <Panel key={title} title={title}>
          {lines.map(({ name, label }) => (
            <SettingRow
              key={name}
              label={label}
              help={
                conflict?.name === name && (
                  <span
                    key={conflict.keys}
                    role="alert"
                    className="flex flex-wrap items-center gap-2 text-warn"
                  >
                    <Kbd keys={conflict.keys} /> {conflict.words}
                    {conflict.holder !== null && (
                      <Button
                        size="sm"
                        autoFocus
                        onClick={() => {
                          const { holder, keys } = conflict;
                          focusRecorder(name);
                          if (holder !== null) save({ ...changed, [holder]: null, [name]: keys });
                        }}
                      >
                        {t('Take them')}
                      </Button>
                    )}
                    <Button
                      size="sm"
                      variant="ghost"
                      autoFocus={conflict.holder === null}
                      onClick={() => {
                        focusRecorder(name);
                        setConflict(null);
                      }}
                    >
                      {t('Leave it')}
                    </Button>
                  </span>
                )
              }
            >
              {name in changed && (
                <IconButton
                  size="sm"
                  label={t('Put {label} back to {value}', {
                    label,
                    value: DEFAULT_KEYS[name] ?? t('no keys'),
                  })}
                  icon={<RotateCcw size={13} aria-hidden />}
                  onClick={() => {
                    focusRecorder(name);
                    const { [name]: _mine, ...others } = changed;
                    save(others);
                  }}
                />
              )}
              {now[name] !== null && (
                <Button
                  size="sm"
                  variant="ghost"
                  onClick={() => {
                    focusRecorder(name);
                    save({ ...changed, [name]: null });
                  }}
                >
                  {t('Remove')}
                  <span className="sr-only"> {t('the keys of {label}', { label })}</span>
                </Button>
              )}
              <ChordRecorder
                id={recorderId(name)}
                label={label}
                keys={now[name]}
                onPress={(keys) => press(name, keys)}
              />
            </SettingRow>
          ))}
        </Panel>
      ))}
      <Panel>
        <SettingRow
          label={t('All keys')}
          help={t(
            'PANIC, locking and Settings keep theirs. Nothing that costs money is done by a single key: one goes to Approve, another presses it.',
          )}
        >
          <Button disabled={!isChanged} onClick={() => save({})}>
            {t('Put all back')}
          </Button>
        </SettingRow>
      </Panel>
    </div>
  );
}
