import type { Alert, Severity } from '../alerts/alert.ts';
import type { Occasion } from './occasions/occasions.ts';

/** What backends call their alerts, in lower case with `_`, and the row it belongs to. */
const KINDS: Readonly<Record<string, Occasion>> = {
  execution: 'fill',
  fill: 'fill',
  order_filled: 'fill',
  profit_taking_auto: 'fill',
  trade: 'fill',
  trade_executed: 'fill',

  missed_exit: 'missed-exit',
  follow_lost: 'follow-trouble',
  follow_list_unreadable: 'follow-trouble',
  sign_in_refused: 'follow-trouble',
  trader_trade: 'trader-trade',

  anomaly: 'risk-alert',
  collateral_blocked: 'risk-alert',
  fraud: 'risk-alert',
  ltv_warning: 'risk-alert',
  risk: 'risk-alert',

  run_failed: 'run-failed',
  run_gone: 'run-failed',

  price: 'price-alert',
  price_alert: 'price-alert',
  price_cross: 'price-alert',
  threshold: 'threshold-alert',
  whale: 'whale-trade',
  volatility: 'volatility',
  volume_spike: 'volume-spike',
  open_interest: 'open-interest',

  data_fetch_error: 'bot-trouble',
  'owner-protection': 'bot-trouble',
  account: 'bot-trouble',
  system_status: 'bot-trouble',

  backtest: 'information',
  cadence: 'information',
  collateral: 'information',
  daily_learning: 'information',
  knowledge_ingestion: 'information',
  learning: 'information',
  ltv_monitor: 'information',
  macro_feargreed: 'information',
  ml_prediction: 'information',
  ml_training: 'information',
  optimization: 'information',
  performance: 'information',
  // A scan for sales worth proposing; what it proposes is told as that.
  profit_taking: 'information',
  rule_action: 'information',
  rule_status: 'information',
  rules_evaluated: 'information',
  volume_notice: 'information',
  // The run itself is told as completed.
  run_complete: 'information',
};

const OTHER: Readonly<Record<Severity, Occasion>> = {
  low: 'other-low',
  medium: 'other-medium',
  high: 'other-high',
  critical: 'other-critical',
};

/** The row of an alert: that of its kind, or else the one of its own severity. */
export function alertOccasion({ kind, severity }: Pick<Alert, 'kind' | 'severity'>): Occasion {
  const name = kind.trim().toLowerCase().replaceAll(/\s+/g, '_');
  return Object.hasOwn(KINDS, name) ? (KINDS[name] ?? OTHER[severity]) : OTHER[severity];
}
