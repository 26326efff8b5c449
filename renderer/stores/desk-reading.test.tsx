// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { LinkStatus } from '#shared/domain/backends/link.ts';
import { aLink } from '#shared/domain/testing/entries.ts';
import { SECOND_MS } from '#shared/time.ts';

import { useLinksReading } from './desk-reading.ts';
import { useDeskStore } from './desk.ts';

const PERIOD_MS = 3_600 * SECOND_MS;
const seen: (readonly string[])[] = [];

function Ids({ first }: { first: string }) {
  const ids = useLinksReading(PERIOD_MS, (links) => [
    first,
    ...[...links.values()].map(({ linkId }) => linkId),
  ]);
  seen.push(ids);
  return ids.join(' ');
}

const place = document.createElement('div');
const root = createRoot(place);
const show = (first: string): Promise<void> => act(async () => root.render(<Ids first={first} />));
const put = (...links: LinkStatus[]): Promise<void> =>
  act(async () =>
    useDeskStore.setState(({ slices }) => ({
      slices: { ...slices, links: new Map(links.map((link) => [link.linkId, link])) },
    })),
  );

beforeEach(() => vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true));

afterEach(async () => {
  await act(async () => root.unmount());
  vi.unstubAllGlobals();
});

it('a reading of the desk draws when it reads otherwise, and is the same value until then', async () => {
  await show('a');
  await put(aLink({ linkId: 'one', dataAtMs: 1 }));
  expect(place.textContent).toBe('a one');
  const drawn = seen.length;

  await put(aLink({ linkId: 'one', dataAtMs: 2 }));
  expect(seen).toHaveLength(drawn);

  await show('a');
  expect(seen).toHaveLength(drawn + 1);
  expect(seen.at(-1)).toBe(seen.at(-2));

  await show('b');
  expect(place.textContent).toBe('b one');
  await put(aLink({ linkId: 'one' }), aLink({ linkId: 'two' }));
  expect(place.textContent).toBe('b one two');
});
