import { said, spokenWords } from '../../words.ts';

/** What the kinds are called that are known here. */
const KNOWN: Readonly<Record<string, string>> = {
  execution: said('execution'),
  fill: said('fill'),
  order_filled: said('order filled'),
  profit_taking: said('profit taking'),
  profit_taking_auto: said('automatic profit taking'),
  trade: said('trade'),
  trade_executed: said('trade executed'),
  missed_exit: said('missed exit'),
  follow_lost: said('follow lost'),
  follow_list_unreadable: said('follow list unreadable'),
  sign_in_refused: said('sign-in refused'),
  trader_trade: said('trade of a trader'),
  anomaly: said('anomaly'),
  collateral_blocked: said('collateral blocked'),
  fraud: said('fraud'),
  ltv_warning: said('LTV warning'),
  risk: said('risk'),
  run_failed: said('run failed'),
  run_gone: said('run gone'),
  price: said('price'),
  price_alert: said('price alert'),
  price_cross: said('price cross'),
  threshold: said('threshold'),
  whale: said('whale'),
  volatility: said('volatility'),
  volume_spike: said('volume spike'),
  volume_notice: said('volume notice'),
  open_interest: said('open interest'),
  data_fetch_error: said('data fetch error'),
  account: said('account'),
  system_status: said('system status'),
  backtest: said('backtest'),
  collateral: said('collateral'),
  daily_learning: said('daily learning'),
  ltv_monitor: said('LTV monitor'),
  performance: said('performance'),
  rule_action: said('rule action'),
  rule_status: said('rule status'),
  rules_evaluated: said('rules evaluated'),
  run_complete: said('run complete'),
  optimization: said('optimization'),
  learning: said('learning'),
  whale_trade: said('whale trade'),
};

/**
 * A backend's name of a kind of alert as words: "ltv_warning" → "LTV warning". A kind that is not known here is in the backend's own words.
 */
export function alertKindWords(kind: string): string {
  const words = Object.hasOwn(KNOWN, kind) ? KNOWN[kind] : undefined;
  return words === undefined ? plainWords(kind) : (spokenWords()?.[words] ?? words);
}

const plainWords = (kind: string): string =>
  kind.replaceAll('_', ' ').replaceAll(/\b(?:ltv|ai|p&l|usd)\b/giu, (name) => name.toUpperCase());
