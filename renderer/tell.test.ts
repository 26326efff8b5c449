import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { speak } from '#shared/words.ts';

import { tell } from './tell.ts';

beforeEach(() =>
  speak('de', {
    Approve: 'Freigeben',
    Stop: 'Anhalten',
    'Still pending': 'Noch offen',
    locked: 'gesperrt',
    '{host} ended the stream.': '{host} hat den Strom beendet.',
  }),
);
afterEach(() => speak('en', {}));

const told = <T>(name: string, payload: T): T => {
  tell(name, payload);
  return payload;
};

describe('what arrives from the main process', () => {
  it('has its words told, wherever they stand', () => {
    expect(
      told('backends.kinds', [
        { kind: 'Approve', acts: [{ id: 'Approve', label: 'Approve', help: 'no such' }] },
      ]),
    ).toEqual([{ kind: 'Approve', acts: [{ id: 'Approve', label: 'Freigeben', help: 'no such' }] }]);
    expect(
      told('desk.patches', {
        patches: [{ value: { state: { cause: { message: 'a:1 ended the stream.' } } } }],
      }),
    ).toEqual({ patches: [{ value: { state: { cause: { message: 'a:1 hat den Strom beendet.' } } } }] });
    expect(told('x', { panic: { does: ['Stop', 'Approve'] } })).toEqual({
      panic: { does: ['Anhalten', 'Freigeben'] },
    });
    expect(told('backends.test', [{ name: 'Still pending', outcome: 'failed', detail: 'x' }])).toEqual([
      { name: 'Noch offen', outcome: 'failed', detail: 'x' },
    ]);
  });

  it('keeps names, ids and states as they are', () => {
    const payload = { name: 'Stop', id: 'Stop', why: 'locked', symbol: 'Approve', colour: 'Stop' };
    expect(told('desk.snapshot', { ...payload })).toEqual(payload);
  });

  it('keeps a person’s own settings and texts, which are sent back as they came', () => {
    const settings = { channels: [{ label: 'Stop', template: { title: 'Approve' } }] };
    for (const name of ['settings.get', 'settings.changed', 'settings.change', 'rules.save'])
      expect(told(name, structuredClone(settings))).toEqual(settings);
  });
});
