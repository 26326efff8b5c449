import { describe, expect, it } from 'vitest';

import { recordedAnswer } from './testing/recordings.ts';
import { ACCOUNT, start } from './testing/start.ts';

describe('reads', () => {
  const signal = new AbortController().signal;

  it.each([
    ['recent', 'GET /api/volume-alerts/recent', 'recent', 1],
    ['open-interest-alerts', 'GET /api/open-interest-alerts', 'oi alerts pro', 1],
    ['sessions', 'GET /api/auth/sessions', 'sessions', 1],
  ])('%s answers rows', async (id, what, heading, rows) => {
    const desk = await start(ACCOUNT, (stub) => stub.answer(what, recordedAnswer(heading)));
    const answer = await desk.backend.read(id, {}, signal);
    expect(Array.isArray(answer) ? answer.length : -1).toBe(rows);
  });

  it.each([
    ['open-interest', 'GET /api/market/open-interest', 'oi get'],
    ['liquid-universe', 'GET /api/market/open-interest/liquid-universe', 'liquid universe'],
    ['market-data', 'GET /api/market/data', 'market data'],
  ])('%s answers what the server says, stale or not', async (id, what, heading) => {
    const recorded = recordedAnswer(heading);
    const desk = await start(ACCOUNT, (stub) => stub.answer(what, recorded));
    expect(await desk.backend.read(id, {}, signal)).toEqual(recorded.body);
  });

  it('the hours of the recent ones are checked before they are asked for, which the server does not do', async () => {
    const desk = await start({}, (stub) =>
      stub.answer('GET /api/volume-alerts/recent', recordedAnswer('recent')),
    );
    for (const hours of ['soon', '0', '721'])
      await expect(desk.backend.read('recent', { hours }, signal)).rejects.toThrow('between 1 and 720');
    await desk.backend.read('recent', { hours: '6' }, signal);
    const asked = desk.stub.asked.all.filter(({ what }) => what.endsWith('/recent'));
    expect(asked.map(({ query }) => query)).toEqual(['hours=6&limit=100']);
  });
});
