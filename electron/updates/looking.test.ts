import { sign } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';

import type { UpdateBench } from './testing/update-bench.ts';
import { FEED, MINE, PROGRAM, send, sha512, startUpdateBench, STRANGERS } from './testing/update-bench.ts';
import { soon } from '../lib/testing/soon.ts';

let bench: UpdateBench;
beforeEach(async () => {
  bench = await startUpdateBench();
});
afterEach(() => bench.close());

describe('looking for updates', () => {
  it('makes no call before a person asks or allows it, whatever time passes', async () => {
    bench.publish({ version: '9.0.0' });
    expect(bench.clock.pending()).toBe(0);
    await bench.clock.advance(7 * 86_400_000);
    expect(bench.asked).toEqual([]);
    expect(bench.updates.state()).toEqual({ kind: 'idle' });
  });

  it('says what is new, with its notes, and fetches nothing by itself', async () => {
    bench.publish({ version: '1.3.0', notes: 'Quieter nights' });
    expect(await bench.updates.check()).toEqual({
      kind: 'available',
      update: {
        version: '1.3.0',
        notes: 'Quieter nights',
        releasedAtMs: Date.parse('2026-11-29T00:00:00.000Z'),
        sizeBytes: PROGRAM.length,
      },
    });
    expect(bench.asked).toEqual([FEED, `${FEED}.sig`]);
  });

  it('once a day where that is allowed, tells a version once, and stops when it no longer is', async () => {
    bench.publish({ version: '1.3.0' });
    bench.change(settingsSchema.parse({ updates: { check: 'daily' } }));
    await bench.clock.advance(5 * 60_000);
    await soon(() => expect(bench.happened).toEqual(['found 1.3.0']));
    // Up to the next look and no further, since its answer takes real time.
    await bench.clock.advance(86_400_000 - 5 * 60_000);
    await soon(() => expect(bench.asked.filter((path) => path === FEED)).toHaveLength(2));
    await bench.settled('available');
    expect(bench.happened).toEqual(['found 1.3.0']);
    bench.change(settingsSchema.parse({ updates: { check: 'off' } }));
    expect(bench.clock.pending()).toBe(0);
  });

  it.each(['1.2.0', '1.1.9', '0.9.0'])(
    'does not count %s, which is not newer: there is no way back',
    async (version) => {
      bench.publish({ version });
      expect((await bench.updates.check()).kind).toBe('up-to-date');
      expect(bench.updates.download().kind).toBe('up-to-date');
      expect(bench.asked).not.toContain('/next.AppImage');
    },
  );

  it('takes a pre-release on the beta channel alone', async () => {
    bench.publish({ version: '1.3.0-beta.1' });
    expect((await bench.updates.check()).kind).toBe('up-to-date');
    bench.updates.dispose();
    bench.open({ channel: 'beta' });
    bench.answers.set('/beta-linux.yml', bench.answers.get(FEED) ?? send(''));
    bench.answers.set('/beta-linux.yml.sig', bench.answers.get(`${FEED}.sig`) ?? send(''));
    expect((await bench.updates.check()).kind).toBe('available');
  });

  it('S3 trusts nothing that a stranger signed, or that was changed after signing', async () => {
    bench.publish({ version: '1.3.0', key: STRANGERS });
    await bench.updates.check();
    expect(bench.message()).toBe(
      'What was announced is not signed by Quarterdeck. Nothing was taken from it.',
    );
    bench.publish({ version: '1.3.0' });
    bench.answers.set(FEED, send(JSON.stringify({ version: '1.4.0', files: [] })));
    await bench.updates.check();
    expect(bench.message()).toMatch(/not signed/);
    bench.publish({ version: '1.3.0' });
    bench.answers.set(`${FEED}.sig`, send('<html>'));
    await bench.updates.check();
    expect(bench.message()).toMatch(/not signed/);
  });

  it.each<[string, () => void, RegExp]>([
    [
      'a page instead of a feed',
      () => bench.answers.set(FEED, send('<html>Sign in</html>')),
      /Nothing is announced|not signed/,
    ],
    ['nothing for this system', () => bench.answers.clear(), /^Nothing is announced for this system\.$/],
    [
      'a server in trouble',
      () => bench.answers.set(FEED, (answer) => void answer.writeHead(503).end()),
      /refused \(503\)/,
    ],
    [
      'a server that breaks off',
      () =>
        bench.answers.set(FEED, (answer) => void answer.writeHead(200).write('a', () => answer.destroy())),
      /broke off|reached/,
    ],
    ['an endless feed', () => bench.answers.set(FEED, send(Buffer.alloc(2_000_000, 'a'))), /too long/],
    [
      'redirects without an end',
      () => bench.answers.set(FEED, (answer) => void answer.writeHead(302, { location: FEED }).end()),
      /could not be reached/,
    ],
  ])('%s ends in words', async (_name, spoil, words) => {
    bench.publish({ version: '1.3.0' });
    spoil();
    if (_name.startsWith('a page')) bench.answers.delete(`${FEED}.sig`);
    expect((await bench.updates.check()).kind).toBe('failed');
    expect(bench.message()).toMatch(words);
  });

  it.each<[string, unknown]>([
    ['no version', { files: [{ url: 'a', sha512: sha512(PROGRAM) }] }],
    ['a version that is none', { version: '../../1', files: [{ url: 'a', sha512: sha512(PROGRAM) }] }],
    ['no digest', { version: '1.3.0', files: [{ url: 'a' }] }],
    ['a digest that is none', { version: '1.3.0', files: [{ url: 'a', sha512: 'x' }] }],
    ['no files', { version: '1.3.0', files: [] }],
    ['a word', 'next'],
  ])('a signed feed with %s cannot be read', async (_name, feed) => {
    const yml = JSON.stringify(feed);
    bench.answers.set(FEED, send(yml));
    bench.answers.set(`${FEED}.sig`, send(sign(null, Buffer.from(yml), MINE.privateKey).toString('base64')));
    await bench.updates.check();
    expect(bench.message()).toBe('What was announced cannot be read.');
  });

  it('a server that says nothing is given up after 30 seconds, and the next look is not held up by it', async () => {
    bench.answers.set(FEED, () => undefined);
    const looking = bench.updates.check();
    await soon(() => expect(bench.asked).toEqual([FEED]));
    await bench.clock.advance(30_000);
    expect((await looking).kind).toBe('failed');
    expect(bench.message()).toMatch(/did not answer within 30 seconds/);
    bench.publish({ version: '1.3.0' });
    expect((await bench.updates.check()).kind).toBe('available');
  });
});
