import { startTraderHistory } from '../features/copy-trading/trader-history.ts';
import { startQuoteHistory } from '../features/market/quote-history.ts';
import { startPriceHistory } from '../features/portfolio/price-history.ts';
import { connectDesk } from '../stores/desk.ts';
import { loadKinds } from '../stores/kinds.ts';
import { connectSettings } from '../stores/settings.ts';
import { startTotalHistory } from '../stores/total-history.ts';

/** What every window stands on, of the present or of the past: the desk, the settings, and what its curves keep. Then what is its own. */
export function connectStores(...own: readonly (() => void)[]): () => void {
  const disposers = [
    connectDesk(),
    connectSettings(),
    startPriceHistory(),
    startQuoteHistory(),
    startTraderHistory(),
    startTotalHistory(),
    ...own,
  ];
  void loadKinds();
  return () => {
    for (const dispose of disposers) dispose();
  };
}
