import type { ChangeEvent, KeyboardEvent } from 'react';
import { useLayoutEffect, useRef, useState } from 'react';

interface TypedPartOptions {
  /** As it is kept; empty for none. */
  value: string;
  onChange: (value: string) => void;
  read: (text: string) => string | null;
  write: (value: string) => string;
  /** What Up and Down begin with where there is nothing. */
  first: () => string;
  /** The value with the part at that place of its text stepped, and where a part stands in a text. */
  step: (value: string, at: number, by: 1 | -1) => string;
  partAt: (value: string, at: number) => { from: number; to: number };
  /** What is typed with what can be added to it. */
  grow?: (text: string, before: string) => string;
}

/**
 * A text that stands for a value: told whenever it reads as one or is empty, as nothing while it does not, and written in full when
 * the person leaves it. Up and Down step the part at the caret.
 */
export function useTypedPart(options: TypedPartOptions) {
  const { value, onChange, read, write, first, step, partAt, grow } = options;
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<{ text: string; value: string; isLeft: boolean } | null>(null);
  const [selected, setSelected] = useState<{ from: number; to: number } | null>(null);
  // What was set from elsewhere meanwhile goes before what was typed.
  const own = typed !== null && typed.value === value ? typed : null;
  const text = own?.text ?? write(value);

  useLayoutEffect(() => {
    if (selected !== null) input.current?.setSelectionRange(selected.from, selected.to);
  }, [selected]);

  function type(next: string): void {
    const nextValue = read(next) ?? '';
    setTyped({ text: next, value: nextValue, isLeft: false });
    if (nextValue !== value) onChange(nextValue);
  }

  function stepAtCaret(by: 1 | -1): void {
    const at = input.current?.selectionStart ?? 0;
    const next = value === '' ? first() : step(value, at, by);
    setTyped(null);
    setSelected({ ...partAt(next, at) });
    if (next !== value) onChange(next);
  }

  return {
    /** The person left something that says nothing. */
    isUnread: own?.isLeft === true,
    handlers: {
      ref: input,
      value: text,
      onChange: ({ target }: ChangeEvent<HTMLInputElement>) =>
        type(grow?.(target.value, text) ?? target.value),
      onBlur: () => {
        if (own === null) return;
        setTyped(own.value === '' && own.text.trim() !== '' ? { ...own, isLeft: true } : null);
      },
      onKeyDown: (event: KeyboardEvent) => {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        stepAtCaret(event.key === 'ArrowUp' ? 1 : -1);
      },
    },
  };
}
