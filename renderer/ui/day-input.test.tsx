// @vitest-environment happy-dom
import { act, useState } from 'react';
import type { Root } from 'react-dom/client';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { setLocale } from '#shared/locale.ts';
import { setTimeZone } from '#shared/wall-time.ts';

import { ClockInput } from './clock-input.tsx';
import { DayInput } from './day-input.tsx';
import { TooltipProvider } from './tooltip.tsx';

let root: Root;
let place: HTMLElement;
let told: string[];

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  setLocale('de-DE');
  told = [];
  place = document.createElement('div');
  document.body.append(place);
  root = createRoot(place);
});

afterEach(async () => {
  await act(async () => root.unmount());
  place.remove();
  setLocale('en-US');
  setTimeZone(null);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function Held({
  first,
  min,
  max,
  clock = false,
}: {
  first: string;
  min?: string;
  max?: string;
  clock?: boolean;
}) {
  const [value, setValue] = useState(first);
  const onChange = (next: string): void => {
    told.push(next);
    setValue(next);
  };
  return (
    <TooltipProvider>
      {clock ? (
        <ClockInput aria-label="When" value={value} onChange={onChange} />
      ) : (
        <DayInput aria-label="When" value={value} onChange={onChange} min={min} max={max} />
      )}
      <button onClick={() => setValue('2026-01-02')}>Elsewhere</button>
    </TooltipProvider>
  );
}

const input = (): HTMLInputElement => place.querySelector('input') ?? expect.fail('There is no input.');
const draw = (element: React.ReactNode) => act(async () => root.render(element));

async function type(text: string): Promise<void> {
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input(), text);
    input().dispatchEvent(new Event('input', { bubbles: true }));
  });
}
const press = (key: string, caret: number) =>
  act(async () => {
    input().setSelectionRange(caret, caret);
    input().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });
const leave = () =>
  act(async () => void input().dispatchEvent(new FocusEvent('focusout', { bubbles: true })));

describe('a field of a day', () => {
  it('tells a day once it is one, and writes it in full when it is left', async () => {
    await draw(<Held first="" />);
    await type('3.4.26');
    expect(told).toEqual(['2026-04-03']);
    expect(input().value).toBe('3.4.26');
    await leave();
    expect(input().value).toBe('03.04.2026');
  });

  it('tells nothing instead of half a day, keeps what was typed, and marks it once it is left', async () => {
    await draw(<Held first="2026-04-03" />);
    await type('03.04.20');
    await type('03.04.');
    expect(told.at(-1)).toBe('');
    expect(input().getAttribute('aria-invalid')).not.toBe('true');
    await leave();
    expect(input().value).toBe('03.04.');
    expect(input().getAttribute('aria-invalid')).toBe('true');
    await type('');
    await leave();
    expect(input().getAttribute('aria-invalid')).not.toBe('true');
  });

  it('shows what is set from elsewhere', async () => {
    await draw(<Held first="" />);
    await type('3.4.26');
    await act(async () => [...place.querySelectorAll('button')].at(-1)?.click());
    expect(input().value).toBe('02.01.2026');
  });

  it('steps the part at the caret, keeps it selected, and stays within its bounds', async () => {
    await draw(<Held first="2026-04-29" max="2026-04-30" />);
    await press('ArrowUp', 1);
    await press('ArrowUp', 1);
    await press('ArrowDown', 4);
    expect(told).toEqual(['2026-04-30', '2026-03-30']);
    expect([input().selectionStart, input().selectionEnd]).toEqual([3, 5]);
  });

  it('marks a day out of its bounds and says which they are', async () => {
    await draw(<Held first="2026-04-29" min="2026-05-01" />);
    expect(input().getAttribute('aria-invalid')).toBe('true');
    expect(input().title).toBe('Not before 01.05.2026.');
  });

  it('begins with the day that it is in the zone of the desk', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-10-24T22:30:00Z') });
    setTimeZone('Europe/Berlin');
    await draw(<Held first="" />);
    await press('ArrowUp', 0);
    expect(told).toEqual(['2026-10-25']);
  });
});

it('a field of a time steps over midnight and is written with the hours of its place', async () => {
  setLocale('en-US');
  await draw(<Held clock first="23:59" />);
  expect(input().value).toBe('11:59 PM');
  await press('ArrowUp', 4);
  expect(told).toEqual(['00:00']);
  await type('2:05');
  await type('2:05 p');
  expect(told).toEqual(['00:00', '', '14:05']);
  await leave();
  expect(input().value).toBe('2:05 PM');
});
