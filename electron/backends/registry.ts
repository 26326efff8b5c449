import { aiTrader } from './ai-trader/kind.ts';
import { coinruler } from './coinruler/kind.ts';
import { copyTrading } from './copy-trading/kind.ts';
import { marketHub } from './market-hub/kind.ts';
import type { BackendKind } from './port.ts';
import { volspike } from './volspike/kind.ts';

/** Every kind of backend that Quarterdeck knows, by the name its configuration uses. A new kind is one folder and one line here. */
export const backendKinds: ReadonlyMap<string, BackendKind> = new Map([
  [coinruler.descriptor.kind, coinruler],
  [marketHub.descriptor.kind, marketHub],
  [copyTrading.descriptor.kind, copyTrading],
  [volspike.descriptor.kind, volspike],
  [aiTrader.descriptor.kind, aiTrader],
]);
