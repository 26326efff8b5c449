import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect, it } from 'vitest';

const canHaveNetworks =
  process.platform === 'linux' &&
  spawnSync('unshare', ['--net', 'sh', '-c', 'ip link set lo up && ip netns list']).status === 0;

/** Needs Linux, the leave to make networks (root) and `ip`; elsewhere it says so and is left out. */
it.skipIf(!canHaveNetworks)(
  'K2 K4 K5 a backend in a real black hole (a network of its own) is called not halted within five seconds, and is halted when the way opens',
  async () => {
    const drill = fileURLToPath(new URL('namespace/drill.ts', import.meta.url));
    const { stdout } = await promisify(execFile)('unshare', ['--net', process.execPath, drill], {
      env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: 'not-needed-here' },
    });
    const seen: unknown = JSON.parse(stdout.trim().split('\n').at(-1) ?? 'null');
    expect(seen).toMatchObject({
      begun: 'requested',
      // Not even a connection came about, so nothing can have arrived: that is more than "unconfirmed".
      inHole: 'offline',
      words: expect.stringContaining('PANIC has NOT taken effect there') as string,
      afterwards: 'confirmed',
      isHaltedThere: true,
    });
    expect((seen as { settledAfterMs: number }).settledAfterMs).toBeLessThan(6_000);
  },
);
