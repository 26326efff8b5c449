import { describe, expect, it, vi } from 'vitest';

import { createManualClock } from '../../lib/clock.ts';
import { driverAttached } from './driver.ts';

const inspectorUrl = 'ws://127.0.0.1:9229/one';
const asked = (...names: string[]) => ({ hasSwitch: (name: string) => names.includes(name) });

describe('a window that a driver may watch', () => {
  it('opens at once where one of the two debugging ports was not asked for', async () => {
    const scope = {};
    const clock = createManualClock();
    await driverAttached({ commandLine: asked('no-sandbox'), inspectorUrl, scope, clock });
    await driverAttached({
      commandLine: asked('remote-debugging-port'),
      inspectorUrl: undefined,
      scope,
      clock,
    });
    expect(scope).toEqual({});
    expect(clock.pending()).toBe(0);
  });

  it('opens once the driver has attached', async () => {
    const scope: { __playwright_run?: () => void } = {};
    const opened = vi.fn();
    const waits = driverAttached({
      commandLine: asked('remote-debugging-port'),
      inspectorUrl,
      scope,
      clock: createManualClock(),
    }).then(opened);
    await Promise.resolve();
    expect(opened).not.toHaveBeenCalled();
    scope.__playwright_run?.();
    await waits;
  });

  it('opens all the same where nothing attaches', async () => {
    const clock = createManualClock();
    const opened = vi.fn();
    void driverAttached({ commandLine: asked('remote-debugging-port'), inspectorUrl, scope: {}, clock }).then(
      opened,
    );
    await clock.advance(1_400);
    expect(opened).not.toHaveBeenCalled();
    await clock.advance(100);
    expect(opened).toHaveBeenCalledOnce();
  });

  it('opens at once where the driver holds Electron back by itself, and leaves that alone', async () => {
    const own = vi.fn();
    const scope = { __playwright_run: own };
    await driverAttached({
      commandLine: asked('remote-debugging-port'),
      inspectorUrl,
      scope,
      clock: createManualClock(),
    });
    expect(scope).toEqual({ __playwright_run: own });
  });
});
