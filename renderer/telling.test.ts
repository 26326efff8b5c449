import { afterEach, expect, it, vi } from 'vitest';

import { speak } from '#shared/words.ts';

import { loadTelling, tell, told } from './telling.ts';

const fetched = vi.hoisted(() => vi.fn());
vi.mock('./tell.ts', async (original) => {
  fetched();
  return { ...(await original<object>()) };
});

afterEach(() => speak('en', {}));

it('the telling is fetched only where another language than English is spoken', async () => {
  await loadTelling();
  expect(fetched).not.toHaveBeenCalled();
  const payload = { message: 'Time ran out.' };
  tell('x', payload);
  expect([told('Time ran out.'), payload.message]).toEqual(['Time ran out.', 'Time ran out.']);

  speak('de', { 'Time ran out.': 'Die Zeit ist abgelaufen.' });
  await loadTelling();
  expect(fetched).toHaveBeenCalledOnce();
  tell('x', payload);
  expect([told('Time ran out.'), payload.message]).toEqual([
    'Die Zeit ist abgelaufen.',
    'Die Zeit ist abgelaufen.',
  ]);
});
