import { MINUTE_MS } from '#shared/time.ts';

import { plainText } from '../../lib/clean.ts';
import type { Json } from '../port.ts';
import type { WirePortfolio } from './protocol.ts';

/** What the hub says of itself and of its account that has no other place in the desk, as it was last heard. */
export interface About {
  status(word: string | undefined, message: string | undefined): void;
  clients(count: number): void;
  account(wire: WirePortfolio): void;
  sent(timestamp: string | undefined, receivedAtMs: number): void;
  repaired(): void;
  asJson(): Json;
}

export function createAbout(): About {
  const said: Record<string, Json> = {
    status: null,
    message: null,
    clients: null,
    profitAndLoss: null,
    profitAndLossPct: null,
    serverTime: null,
    serverTimeZone: null,
    messagesWithNaN: 0,
  };
  let repaired = 0;
  /** The newest time that the hub put on a message, read only when somebody asks. */
  let newest: { timestamp: string; receivedAtMs: number } | null = null;

  return {
    status(word, message) {
      said.status = plainText(word, 60) || null;
      said.message = plainText(message, 300) || null;
    },
    clients: (count) => void (said.clients = Number.isFinite(count) ? count : null),
    account(wire) {
      said.profitAndLoss = wire.pnl;
      said.profitAndLossPct = wire.pnl_percent;
    },
    sent(timestamp, receivedAtMs) {
      if (timestamp !== undefined && timestamp !== '') newest = { timestamp, receivedAtMs };
    },
    repaired() {
      repaired += 1;
      said.messagesWithNaN = repaired;
    },
    asJson() {
      const serverTime = plainText(newest?.timestamp, 40);
      if (newest === null || serverTime === '') return { ...said };
      return { ...said, serverTime, serverTimeZone: offsetWords(serverTime, newest.receivedAtMs) };
    },
  };
}

/** The offset of a clock without a zone, to the quarter of an hour, for display alone: it cannot be told from a clock that is wrong (§7.2). */
function offsetWords(text: string, receivedAtMs: number): string | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?$/.test(text)) return null;
  const asUtcMs = Date.parse(`${text}Z`);
  if (!Number.isFinite(asUtcMs)) return null;
  const quarters = Math.round((asUtcMs - receivedAtMs) / (15 * MINUTE_MS));
  const minutes = Math.abs(quarters) * 15;
  if (minutes > 14 * 60) return 'no zone of this earth: the clock of the server is off';
  const hours = String(Math.floor(minutes / 60)).padStart(2, '0');
  return `UTC${quarters < 0 ? '-' : '+'}${hours}:${String(minutes % 60).padStart(2, '0')}, by its clock`;
}
