import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import { isPriceOfMarket } from '#shared/domain/market/market.ts';

import type { Fleet } from '../../backends/fleet-port.ts';
import type { DeskPort } from '../../desk/port.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Disposer } from '../../lib/disposables.ts';
import type { JournalPort } from '../port.ts';
import { createRecorder } from './recorder.ts';
import { createSignInRecord } from './sign-in-record.ts';

export interface RecordDeskParts {
  desk: DeskPort;
  fleet: Pick<Fleet, 'kinds'>;
  journal: Pick<JournalPort, 'append' | 'recordEquity' | 'recordPrice' | 'onHealth'>;
  clock: Clock;
}

/** Keeps what changes on the desk: lines for a person, the equity curve and received prices. The desk hears how the journal is. */
export function recordDesk({ desk, fleet, journal, clock }: RecordDeskParts): Disposer {
  const record = createRecorder(clock.now());
  const recordSignIn = createSignInRecord();
  const needsCredentials = (config: BackendConfig | undefined): boolean => {
    const kind = fleet.kinds().find((one) => one.kind === config?.kind);
    return kind?.secrets.some(({ required }) => required) === true;
  };
  const stopRecording = desk.onPatches((patches) => {
    for (const patch of patches) {
      const line = record(patch, clock.now());
      if (line !== null) journal.append(line);
      if (patch.value === null) continue;
      if (patch.slice === 'links') {
        const config = desk.get('backends', patch.value.backendId);
        const place = { config, needsCredentials: needsCredentials(config) };
        const signIn = recordSignIn(patch.value, place, clock.now());
        if (signIn !== null) journal.append(signIn);
      }
      if (patch.slice === 'equity') journal.recordEquity(patch.value);
      if (patch.slice === 'quotes' && isPriceOfMarket(patch.value)) {
        const { backendId, id, price, receivedAtMs } = patch.value;
        journal.recordPrice({ backendId, symbol: id, atMs: receivedAtMs, price });
      }
    }
  });
  const stopHealth = journal.onHealth((health) => desk.dispatch({ type: 'journal-health', health }));
  return () => {
    stopHealth();
    stopRecording();
  };
}
