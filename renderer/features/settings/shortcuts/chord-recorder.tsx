import type { KeyboardEvent } from 'react';
import { useState } from 'react';

import { chordOf } from '#shared/domain/settings/shortcuts.ts';
import { t } from '#shared/words.ts';

import { Button } from '../../../ui/button.tsx';
import { Kbd } from '../../../ui/kbd.tsx';

interface ChordRecorderProps {
  id: string;
  label: string;
  keys: string | null;
  onPress: (keys: string) => void;
}

/** Takes the next press for the wanted keys. Escape and Tab leave everything as it is. */
export function ChordRecorder({ id, label, keys, onPress }: ChordRecorderProps) {
  const [listening, setListening] = useState(false);

  function onKeyDown(event: KeyboardEvent): void {
    if (!listening || event.key === 'Tab') return;
    event.preventDefault();
    // Nothing else may take these keys for its own meanwhile.
    event.nativeEvent.stopImmediatePropagation();
    event.stopPropagation();
    if (event.key === 'Escape') {
      setListening(false);
      return;
    }
    const pressed = chordOf(event);
    if (pressed === null) return;
    setListening(false);
    onPress(pressed);
  }

  return (
    <Button
      id={id}
      size="sm"
      className="min-w-24"
      onClick={() => setListening(true)}
      onKeyDown={onKeyDown}
      onBlur={() => setListening(false)}
    >
      <span className="sr-only">{label}: </span>
      {listening ? t('Press the keys…') : keys === null ? t('None') : <Kbd keys={keys} />}
    </Button>
  );
}
