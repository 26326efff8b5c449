import { useState } from 'react';
import { toast } from 'sonner';

import type { WatchedLimit } from '#shared/domain/watch.ts';
import { compare } from '#shared/money.ts';

import { describeError, request } from '../../bridge.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** Arms crossed limits again. Where one is still past its bound that means PANIC again, so it is asked first. */
export function ArmButton({ limits }: { limits: readonly WatchedLimit[] }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const past = limits.filter(({ value, limit }) => value !== null && compare(value, limit) >= 0);

  async function arm(): Promise<void> {
    setBusy(true);
    try {
      const { armed, message } = await request('watch.arm', { limitIds: limits.map(({ id }) => id) });
      if (armed) toast.success(message);
      else toast.error('Not armed', { description: message });
      setAsking(false);
    } catch (error) {
      toast.error('Not armed', { description: describeError(error) });
    }
    setBusy(false);
  }

  return (
    <>
      <Button size="sm" busy={busy} onClick={() => (past.length > 0 ? setAsking(true) : void arm())}>
        Arm again
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        width="sm"
        tone="danger"
        title="This presses PANIC again"
        description={`${past.length === 1 ? 'One limit is' : `${past.length} limits are`} still past the bound. Armed now, PANIC is pressed within seconds. To go on trading and be watched, change the limit instead.`}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Leave it</Button>
            <Button variant="danger" busy={busy} onClick={() => void arm()}>
              Arm, and halt every bot
            </Button>
          </>
        }
      >
        <ul className="figures flex flex-col gap-1 text-sm text-ink">
          {past.map(({ id, sentence }) => (
            <li key={id}>{sentence}</li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}
