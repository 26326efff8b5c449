import type { KeyboardEvent } from 'react';
import { useState } from 'react';

import { acceleratorInWords, acceleratorOf } from '#shared/domain/settings/accelerator.ts';
import { t } from '#shared/words.ts';

import { Button } from '../../../ui/button.tsx';
import { isMac } from '../parts/is-mac.ts';

interface HotkeyRecorderProps {
  label: string;
  keys: string | null;
  /** Keys that something else here has, with the words for it. */
  taken: Readonly<Record<string, string>>;
  onChange: (keys: string | null) => void;
}

/** Takes the next press for the wanted keys. Escape leaves everything as it is. */
export function HotkeyRecorder({ label, keys, taken, onChange }: HotkeyRecorderProps) {
  const [listening, setListening] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  function onKeyDown(event: KeyboardEvent): void {
    if (!listening || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      end();
      return;
    }
    if (['Control', 'Alt', 'Shift', 'Meta', 'AltGraph'].includes(event.key)) return;
    const pressed = acceleratorOf(event);
    if (pressed === null)
      setTrouble(
        t('Hold {what} or Alt with a letter, a digit or an F key.', { what: isMac ? t('Cmd') : t('Ctrl') }),
      );
    else if (taken[pressed] !== undefined) setTrouble(taken[pressed]);
    else {
      end();
      if (pressed !== keys) onChange(pressed);
    }
  }

  function end(): void {
    setListening(false);
    setTrouble(null);
  }

  const shown = keys === null ? t('None') : acceleratorInWords(keys, isMac);
  return (
    <div>
      <div className="flex items-center gap-2">
        <Button
          aria-label={`${label}: ${listening ? t('press the keys now') : shown}`}
          onClick={() => setListening(true)}
          onKeyDown={onKeyDown}
          onBlur={end}
        >
          {listening ? t('Press the keys…') : shown}
        </Button>
        {keys !== null && !listening && (
          <Button
            variant="ghost"
            aria-label={t('Remove the {label}', { label: label.toLowerCase() })}
            onClick={() => onChange(null)}
          >
            {t('Remove')}
          </Button>
        )}
      </div>
      {trouble !== null && (
        <p role="alert" className="mt-1 max-w-56 text-xs whitespace-normal text-warn">
          {trouble}
        </p>
      )}
    </div>
  );
}
