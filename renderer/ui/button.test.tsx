// @vitest-environment happy-dom
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { pastReason } from '../stores/refuse-past.ts';
import { toast } from '../stores/toasts.ts';
import { Button, IconButton } from './button.tsx';
import { Menu } from './menu.tsx';
import { TooltipProvider } from './tooltip.tsx';

// This document is a window of the past.
vi.mock(import('../stores/own-place.ts'), async (original) => ({ ...(await original()), isPlayback: true }));

let root: Root;
const clicked = vi.fn();
const chosen = vi.fn();

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.spyOn(toast, 'error').mockReturnValue();
  clicked.mockClear();
  chosen.mockClear();
  const place = document.createElement('div');
  document.body.append(place);
  root = createRoot(place);
  await act(async () =>
    root.render(
      <TooltipProvider>
        <Button acts onClick={clicked}>
          Approve
        </Button>
        <Button acts busy disabled type="submit">
          Stop
        </Button>
        <IconButton acts label="Acknowledge" icon={null} onClick={clicked} />
        <Menu label="More" items={[{ id: 'one', label: 'Start', onSelect: chosen }]}>
          <Button acts>More</Button>
        </Menu>
        <Button onClick={clicked}>Open the journal</Button>
      </TooltipProvider>,
    ),
  );
});

afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('A2 what acts is disabled in a window of the past: pressed it does nothing but say why', async () => {
  for (const name of ['Approve', 'Stop', 'Acknowledge']) {
    const button = buttonNamed(name);
    expect(button.getAttribute('aria-disabled'), name).toBe('true');
    expect(button.type, name).toBe('button');
    vi.mocked(toast.error).mockClear();
    await act(async () => button.click());
    expect(toast.error, name).toHaveBeenCalledWith(pastReason(), { id: 'past' });
  }
  expect(clicked).not.toHaveBeenCalled();
});

it('A2 a menu of acts does not open in a window of the past', async () => {
  const button = buttonNamed('More');
  await act(async () => {
    button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, button: 0 }));
    button.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, key: 'Enter' }));
    button.click();
  });
  expect(document.querySelector('[role="menu"]')).toBeNull();
  expect(toast.error).toHaveBeenCalledWith(pastReason(), { id: 'past' });
});

it('its reason is read where the focus is: it can have the focus and says the reason then', async () => {
  for (const name of ['Approve', 'Acknowledge']) {
    const button = buttonNamed(name);
    vi.spyOn(button, 'matches').mockReturnValue(true);
    await act(async () => {
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab' }));
      button.focus();
    });
    expect(document.activeElement, name).toBe(button);
    expect(document.querySelector('[role="tooltip"]')?.textContent, name).toContain(pastReason());
  }
});

it('what only looks goes on as ever', async () => {
  const button = buttonNamed('Open the journal');
  expect(button.getAttribute('aria-disabled')).toBeNull();
  await act(async () => button.click());
  expect(clicked).toHaveBeenCalledTimes(1);
});

function buttonNamed(name: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find(
    (button) => (button.getAttribute('aria-label') ?? button.textContent) === name,
  );
  if (found === undefined) throw new Error(`There is no button named ${name}.`);
  return found;
}
