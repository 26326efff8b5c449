import { useState } from 'react';

import { describeError } from '../../../bridge.ts';

/** One of several acts at a time: which of them is under way, and why the last one failed, which stays until the next. */
export function useNamedAct<Name extends string>() {
  const [busy, setBusy] = useState<Name | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  async function run(name: Name, act: () => Promise<void>): Promise<void> {
    setBusy(name);
    setTrouble(null);
    try {
      await act();
    } catch (error) {
      setTrouble(describeError(error));
    } finally {
      setBusy(null);
    }
  }

  return { busy, trouble, run };
}
