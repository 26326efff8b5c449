import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { aBackend, anAlert, anApproval, approvalStatusEvent } from '#shared/domain/testing/entries.ts';
import { createManualClock } from '../lib/clock.ts';
import { createRandom } from '../practice/random.ts';
import { createPastDesk } from './past-desk.ts';
import { shown, somethingHappens, useKeptDesks } from './testing/harness.ts';

const kept = useKeptDesks();
const { start } = kept;

describe('what is kept of the past', () => {
  it.each([1, 2, 3])(
    'D3 the past desk equals the live desk at each time that was gathered, seed %i',
    async (seed) => {
      const { desk, clock, moments, pass } = await start();
      const random = createRandom(seed);
      const lived: [atMs: number, snapshot: Record<string, unknown>][] = [];
      // Past two whole desks, which are kept every half an hour.
      for (let step = 0; step < 80; step += 1) {
        for (let count = 0; count < 4; count += 1) somethingHappens(desk, clock.now(), random.next);
        await pass(step % 10 === 9 ? (7 * MINUTE_MS) / 5 : 5 * SECOND_MS);
        if (step % 10 === 9) await pass(MINUTE_MS);
        lived.push([clock.now(), shown(desk.snapshot())]);
        // What happens next is later.
        clock.jump(1);
      }
      await pass(10 * SECOND_MS);

      const jumping = createPastDesk();
      for (const [atMs, snapshot] of lived.toSorted(() => random.next() - 0.5)) {
        const moment = await moments.moment(atMs, null);
        jumping.show(moment.patches);
        expect(shown(jumping.snapshot())).toEqual(snapshot);
      }
      const playing = createPastDesk();
      let held: { session: number; atMs: number } | null = null;
      let wholes = 0;
      for (const [atMs, snapshot] of lived) {
        const moment = await moments.moment(atMs, held);
        held = { session: moment.session, atMs: moment.atMs };
        if (moment.whole) playing.show(moment.patches);
        else playing.apply(moment.patches);
        wholes += moment.whole ? 1 : 0;
        expect(shown(playing.snapshot())).toEqual(snapshot);
      }
      expect(wholes).toBe(1);
    },
  );

  it('A1 a proposal is kept at each step of it, however short: it was pending before it was decided', async () => {
    const { desk, clock, moments, pass } = await start();
    await pass(SECOND_MS);
    desk.dispatch({ type: 'backend-configured', config: aBackend() });
    desk.dispatch({ type: 'approval-proposed', approval: anApproval() });
    const proposedMs = clock.now();
    await clock.advance(300);
    desk.dispatch(approvalStatusEvent({ receivedAtMs: clock.now() }));
    await pass(10 * SECOND_MS);

    const statusAt = async (atMs: number) =>
      (await moments.moment(atMs, null)).patches.flatMap((patch) =>
        patch.slice === 'approvals' && patch.value !== null ? [patch.value.status] : [],
      );
    expect(await statusAt(proposedMs - 1)).toEqual([]);
    expect(await statusAt(proposedMs + 100)).toEqual(['pending']);
    expect(await statusAt(proposedMs + 300)).toEqual(['approved']);
  });

  it('D6 a desk that ends without a word loses no more than its last seconds, and the time it was off is a gap', async () => {
    const first = await start();
    first.desk.dispatch({ type: 'backend-configured', config: aBackend({ name: 'Before' }) });
    await first.pass(15 * SECOND_MS);
    first.desk.dispatch({ type: 'backend-configured', config: aBackend({ id: 'beta' }) });
    await first.pass(5 * SECOND_MS);
    const diedMs = first.clock.now();
    // What a killed process leaves on the disk: the file and its log as they are at this moment.
    const left = join(kept.folder(), 'left.sqlite');
    for (const suffix of ['', '-wal']) copyFileSync(kept.file() + suffix, left + suffix);

    kept.useFile(left);
    const clock = createManualClock(diedMs + 2 * HOUR_MS);
    const second = await start({ clock });
    second.desk.dispatch({ type: 'backend-configured', config: aBackend({ name: 'After' }) });
    await second.pass(20 * SECOND_MS);

    const nameAt = async (atMs: number): Promise<string | undefined> => {
      const past = createPastDesk();
      past.show((await second.moments.moment(atMs, null)).patches);
      return past.snapshot().slices.backends.find(([id]) => id === 'alpha')?.[1].name;
    };
    expect(await nameAt(diedMs)).toBe('Before');
    expect(await nameAt(clock.now())).toBe('After');
    const asleep = await second.moments.moment(diedMs + HOUR_MS, null);
    expect(asleep.gap).toEqual({ fromMs: diedMs, toMs: diedMs + 2 * HOUR_MS });
    expect(await second.moments.gaps({ fromMs: diedMs - MINUTE_MS, toMs: clock.now() })).toEqual([
      { fromMs: diedMs - MINUTE_MS, toMs: diedMs - 20 * SECOND_MS },
      { fromMs: diedMs, toMs: diedMs + 2 * HOUR_MS },
    ]);
  });

  it('a quiet desk leaves no gap, a computer that slept does', async () => {
    const { clock, moments, pass } = await start();
    const beganMs = clock.now();
    for (let minute = 0; minute < 30; minute += 1) await pass(MINUTE_MS);
    expect(await moments.gaps({ fromMs: beganMs, toMs: clock.now() })).toEqual([]);
    const sleptMs = clock.now();
    clock.jump(HOUR_MS);
    await pass(MINUTE_MS);
    const gaps = await moments.gaps({ fromMs: beganMs, toMs: clock.now() });
    expect(gaps.map(({ fromMs }) => fromMs)).toEqual([sleptMs]);
    expect(gaps[0]?.toMs).toBeGreaterThanOrEqual(sleptMs + HOUR_MS);
  });

  it('D7 the oldest goes by age, and what stays can still be played from its beginning', async () => {
    const { desk, clock, moments, pass } = await start({ limits: { keepDays: 1, maxSizeMb: 512 } });
    desk.dispatch({ type: 'backend-configured', config: aBackend() });
    for (let hour = 0; hour < 60; hour += 1) {
      desk.dispatch({ type: 'backend-configured', config: aBackend({ name: `Hour ${hour}` }) });
      for (let step = 0; step < 30; step += 1) await pass(2 * MINUTE_MS);
    }
    const { since } = moments.kept();
    expect(since).toBeGreaterThan(clock.now() - DAY_MS - 2 * HOUR_MS);
    const moment = await moments.moment(since ?? 0, null);
    expect(moment.patches.filter(({ slice }) => slice === 'backends')).toHaveLength(1);
    const before = await moments.moment((since ?? 0) - DAY_MS, null);
    expect(before.atMs).toBe(since);
  });

  it('S1 nothing that looks like a secret is in the file, nor in the name of an entry', async () => {
    const { desk, clock, pass, moments } = await start();
    const secret = 'sk-planted0123456789abcdefXYZ';
    desk.dispatch({ type: 'backend-configured', config: aBackend() });
    desk.dispatch({
      type: 'alert',
      alert: anAlert({ id: secret, groupKey: 'g', message: `token=${secret}`, receivedAtMs: clock.now() }),
    });
    await pass(10 * SECOND_MS);
    const { patches } = await moments.moment(clock.now(), null);
    expect(JSON.stringify(patches)).not.toContain(secret);
    expect(patches.filter(({ slice }) => slice === 'alerts')).toHaveLength(1);
    await moments.close();
    for (const name of readdirSync(kept.folder()))
      expect(readFileSync(join(kept.folder(), name)).includes(secret)).toBe(false);
  });
});
