import { t } from '#shared/words.ts';

import { humanise } from './humanise.ts';

/** What servers call states and kinds, which stand in answers as they are in their code. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['auto', t('Automatic')],
  ['automatic', t('Automatic')],
  ['manual', t('By hand')],
  ['enter', t('Buy')],
  ['exit', t('Sell')],
  ['rebalance', t('Rebalance')],
  ['long', t('Long')],
  ['short', t('Short')],
  ['filled', t('Filled')],
  ['simulated', t('Simulated')],
  ['submitted', t('Submitted')],
  ['pending', t('Pending')],
  ['approved', t('Approved')],
  ['declined', t('Declined')],
  ['executed', t('Executed')],
  ['completed', t('Completed')],
  ['cancelled', t('Cancelled')],
  ['failed', t('Failed')],
  ['running', t('Running')],
  ['stopped', t('Stopped')],
  ['connected', t('Connected')],
  ['disconnected', t('Not connected')],
  ['live', t('Live')],
  ['snapshot', t('Snapshot')],
  ['scheduled', t('Scheduled')],
  ['profit-taking', t('Profit taking')],
  ['accumulate', t('Accumulate')],
  ['liquidity', t('Liquidity')],
  ['short-term', t('Short term')],
  ['medium-term', t('Medium term')],
  ['long-term', t('Long term')],
  ['low', t('Low')],
  ['medium', t('Medium')],
  ['high', t('High')],
  ['critical', t('Critical')],
  ['bullish', t('Bullish')],
  ['bearish', t('Bearish')],
  ['neutral', t('Neutral')],
  ['simple_moving_average', t('Moving average')],
  ['no_trade', t('No trade')],
  ['spike', t('Volume spike')],
  ['half_update', t('After half the hour')],
  ['full_update', t('After the whole hour')],
  ['resolved', t('Resolved')],
  ['healthy', t('Healthy')],
  ['disabled', t('Switched off')],
  ['intraday', t('Intraday')],
  ['daily', t('Daily')],
]);

/** How those spell their names who run what a bot has keys for. */
const SERVICES: ReadonlyMap<string, string> = new Map([
  ['coinbase', 'Coinbase'],
  ['discord', 'Discord'],
  ['mongodb', 'MongoDB'],
  ['openai', 'OpenAI'],
  ['newsapi', 'NewsAPI'],
  ['whalealert', 'Whale Alert'],
  ['tradingecon', 'Trading Economics'],
  ['twilio', 'Twilio'],
]);

/**
 * A text of an answer as a person reads it: words that servers use for states and kinds, in the language of the desk where they are
 * known, else taken apart ("profit_taking_threshold" → "Profit taking threshold"). Any other text, and what is a name, stays as it is.
 */
export function valueWord(member: string, text: string): string {
  if (/(^|_|[a-z])(id|name|symbol|title)$/i.test(member)) return text;
  if (/^service$/i.test(member)) return SERVICES.get(text) ?? text;
  return (
    WORDS.get(text.toLowerCase()) ??
    (/^([a-z]+(_[a-z]+)+|[A-Z]+(_[A-Z]+)+)$/.test(text) ? humanise(text.toLowerCase()) : text)
  );
}
