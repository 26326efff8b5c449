import { expect, it } from 'vitest';

import { DEFAULT_RETENTION } from '../journal/journal.ts';
import { settings, settingsChange } from './settings.ts';

it('a change names what it changes and fills in nothing', () => {
  const changes = [
    { appearance: { theme: 'light' }, ingest: { enabled: true } },
    { limits: { softValueUsd: null } },
    { retention: { keepDays: null } },
    { attention: {} },
    {},
  ];
  for (const change of changes) expect(settingsChange.parse(change)).toEqual(change);
});

it('a change is held to the limits of what it changes', () => {
  expect(settingsChange.safeParse({ ingest: { port: 80 } }).success).toBe(false);
  expect(settingsChange.safeParse({ attention: { volume: 2 } }).success).toBe(false);
  expect(settingsChange.safeParse({ retention: { keepDecisionsDays: 7 } }).success).toBe(false);
});

it('D8 what is kept is the default until it is set, also where only a part of it is stored', () => {
  expect(settings.parse({}).retention).toEqual(DEFAULT_RETENTION);
  expect(settings.parse({ retention: { keepDays: 30 } }).retention).toEqual({
    ...DEFAULT_RETENTION,
    keepDays: 30,
  });
});
