import { expect, it } from 'vitest';

import { settingsChange } from './settings.ts';

it('a change names what it changes and fills in nothing', () => {
  const changes = [
    { appearance: { theme: 'light' }, ingest: { enabled: true } },
    { limits: { softValueUsd: null } },
    { attention: {} },
    {},
  ];
  for (const change of changes) expect(settingsChange.parse(change)).toEqual(change);
});

it('a change is held to the limits of what it changes', () => {
  expect(settingsChange.safeParse({ ingest: { port: 80 } }).success).toBe(false);
  expect(settingsChange.safeParse({ attention: { volume: 2 } }).success).toBe(false);
});
