import { describe, expect, it } from 'vitest';

import { SECOND_MS } from '#shared/time.ts';

import { ALPHA, containing, eventually } from './testing/bench.ts';
import { useSheetDesk } from './testing/sheet-desk.ts';

const bench = useSheetDesk();
const { calls, connect, follow, submit, targets, until } = bench;

describe('A5 a wish that is lost on its way, by the door', () => {
  it.each(['follow', 'unfollow'] as const)(
    '%s that was carried out without an answer is done once',
    async (act) => {
      await connect('one', 'realtime', '0xone');
      if (act === 'unfollow') await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
      bench.server.loseReply(`POST /traders/${act}`);
      const outcome = await submit('one', act, {
        traderId: ALPHA,
        ...(act === 'follow' ? { amount: '100' } : {}),
      });
      expect(outcome.status).toBe('confirmed');
      expect(calls(`POST /traders/${act}`)).toHaveLength(1);
      expect(bench.server.followed('0xone')).toEqual(act === 'follow' ? [ALPHA] : []);
      expect(follow('one', ALPHA)?.state).toBe(act === 'follow' ? 'following' : undefined);
    },
  );

  it('a follow that is carried out after it was given up shows as followed, and PANIC ends it', async () => {
    await connect('one', 'realtime', '0xone');
    const late = bench.server.delay('POST /traders/follow');
    const outcome = await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    expect(outcome.status).toBe('unconfirmed');
    await until(() => follow('one', ALPHA)?.state === 'lost', 5 * SECOND_MS);
    late.release();
    await eventually(() => bench.server.followed('0xone')).toEqual([ALPHA]);
    await until(() => follow('one', ALPHA)?.state === 'following', 5 * SECOND_MS);
    bench.desk.core.panic.press('window');
    await until(() => targets()[0]?.state === 'confirmed');
    expect(bench.server.followed('0xone')).toEqual([]);
    expect(calls('POST /traders/follow')).toHaveLength(1);
  });

  it('two windows that follow the same trader at once send one wish', async () => {
    await connect('one', 'realtime', '0xone');
    const outcomes = await Promise.all([
      submit('one', 'follow', { traderId: ALPHA, amount: '100' }),
      submit('one', 'follow', { traderId: ALPHA, amount: '7' }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['confirmed', 'rejected']);
    expect(calls('POST /traders/follow')).toHaveLength(1);
  });

  it.each([400, 404, 409])(
    'a follow that took effect under a %i stays on the list, and PANIC ends it',
    async (status) => {
      await connect('one', 'realtime', '0xone');
      bench.server.belie('POST /traders/follow', { status, json: { success: false, error: 'Bad request' } });
      const outcome = await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
      expect(outcome.status).not.toBe('rejected');
      expect(bench.server.followed('0xone')).toEqual([ALPHA]);
      expect(follow('one', ALPHA)).toBeDefined();
      bench.desk.core.panic.press('window');
      await until(() => targets()[0]?.state === 'confirmed');
      expect(bench.server.followed('0xone')).toEqual([]);
    },
  );

  it('a follow that was refused and did not happen is a refusal, and on no list', async () => {
    await connect('one', 'realtime', '0xone');
    bench.server.on('POST /traders/follow', { status: 400, json: { success: false, error: 'Too little' } });
    const outcome = await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    expect(outcome).toMatchObject({ status: 'rejected', message: containing('Too little') });
    expect(follow('one', ALPHA)).toBeUndefined();
  });

  it('an unfollow that was refused and did not happen is no unfollow', async () => {
    await connect('one', 'realtime', '0xone');
    await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    bench.server.on('POST /traders/unfollow', { status: 400, json: { success: false, error: 'Not now' } });
    const outcome = await submit('one', 'unfollow', { traderId: ALPHA });
    expect(outcome).toMatchObject({ status: 'rejected', message: containing('Not now') });
    expect(follow('one', ALPHA)?.state).toBe('following');
  });

  it('a trader who is not followed any more is unfollowed by a 404, one who is already is followed by a 400', async () => {
    await connect('one', 'realtime', '0xone');
    await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    bench.server.on('POST /traders/unfollow', { status: 404, json: { error: 'Not following this trader' } });
    bench.server.on('GET /portfolio', { json: { portfolio: { followingCount: 0 } } });
    expect((await submit('one', 'unfollow', { traderId: ALPHA })).status).toBe('confirmed');
    expect(follow('one', ALPHA)).toBeUndefined();
    bench.server.on('GET /portfolio', null);
    expect((await submit('one', 'follow', { traderId: ALPHA, amount: '100' })).message).toContain(
      'followed already',
    );
    expect(follow('one', ALPHA)).toMatchObject({ note: containing('under which limits') });
  });
});
