import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { UpdateBench } from './testing/update-bench.ts';
import { PROGRAM, send, sha512, startUpdateBench } from './testing/update-bench.ts';
import { soon } from '../lib/testing/soon.ts';

let bench: UpdateBench;
beforeEach(async () => {
  bench = await startUpdateBench();
});
afterEach(() => bench.close());

describe('fetching an update', () => {
  it('shows how far it is, checks the digest, and installs only what and when a person says', async () => {
    bench.publish({ version: '1.3.0' });
    await bench.updates.check();
    bench.updates.download();
    await bench.settled('ready');
    expect(bench.states.some(({ kind }) => kind === 'downloading')).toBe(true);
    bench.updates.quitting();
    expect(bench.happened).toEqual([]);

    bench.updates.install('at-quit');
    bench.updates.install('not');
    bench.updates.quitting();
    expect(bench.happened).toEqual([]);

    bench.updates.install('now');
    expect(bench.happened).toEqual(['asks to quit']);
    bench.updates.quitting();
    expect(bench.happened[1]).toMatch(/^installs .*next\.AppImage, starts again: true$/);
  });

  it('what is not as announced is thrown away, and can be tried again', async () => {
    bench.publish({ version: '1.3.0', digest: sha512(Buffer.from('another program')) });
    await bench.updates.check();
    bench.updates.download();
    await bench.settled('failed');
    expect(bench.message()).toBe('What was downloaded is not what was announced. It was thrown away.');
    expect(bench.left()).toEqual([]);
    bench.updates.install('now');
    bench.updates.quitting();
    expect(bench.happened).toEqual([]);
    bench.publish({ version: '1.3.0' });
    await bench.updates.check();
    bench.updates.download();
    await bench.settled('ready');
  });

  it('a page instead of the program is not installed', async () => {
    bench.publish({ version: '1.3.0' });
    bench.answers.set('/next.AppImage', send('<html>Sign in</html>'));
    await bench.updates.check();
    bench.updates.download();
    await bench.settled('failed');
    expect(bench.left()).toEqual([]);
  });

  it('one that stands still is given up after a minute and leaves nothing', async () => {
    bench.publish({ version: '1.3.0' });
    bench.answers.set(
      '/next.AppImage',
      (answer) => void answer.writeHead(200, { 'content-length': '9000000' }).write('a'),
    );
    await bench.updates.check();
    bench.updates.download();
    await soon(() => expect(bench.asked).toContain('/next.AppImage'));
    await bench.clock.advance(61_000);
    expect(bench.message()).toMatch(/stood still/);
    await soon(() => expect(bench.left()).toEqual([]));
  });

  it('can be given up, and begun again', async () => {
    bench.publish({ version: '1.3.0' });
    const whole = bench.answers.get('/next.AppImage') ?? send('');
    bench.answers.set(
      '/next.AppImage',
      (answer) => void answer.writeHead(200, { 'content-length': '9000000' }).write('a'),
    );
    await bench.updates.check();
    bench.updates.download();
    await soon(() => expect(bench.asked).toContain('/next.AppImage'));
    expect(bench.updates.cancel().kind).toBe('available');
    bench.answers.set('/next.AppImage', whole);
    bench.updates.download();
    await bench.settled('ready');
  });

  it('keeps what it fetched where a file name cannot lead it elsewhere', async () => {
    bench.publish({ version: '1.3.0', file: '..%2F..%2Fescaped.AppImage' });
    bench.answers.set('/..%2F..%2Fescaped.AppImage', send(PROGRAM));
    await bench.updates.check();
    bench.updates.download();
    await soon(() => expect(bench.updates.state().kind).toMatch(/ready|failed/));
    expect(readdirSync(join(bench.folder, '..')).filter((name) => name.includes('escaped'))).toEqual([]);
    expect(readdirSync(bench.folder).filter((name) => name.includes('escaped'))).toEqual([]);
  });
});
