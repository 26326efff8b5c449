import { plainText } from '../../lib/clean.ts';

/** What CoinRuler's refusals of a trade mean (§4.1); all of them are certain: nothing was traded. */
const REFUSALS: ReadonlyMap<string, string> = new Map([
  ['RISK_TRADE_VELOCITY', 'CoinRuler’s limit of trades an hour is reached.'],
  ['RISK_DAILY_LOSS_LIMIT', 'CoinRuler’s daily loss limit is reached.'],
  ['KILL_SWITCH_ENABLED', 'CoinRuler’s kill switch is on.'],
  ['INVALID_LIMIT_PRICE', 'The limit price is not valid.'],
  ['INVALID_AMOUNT', 'The amount is not valid.'],
  ['INSUFFICIENT_BALANCE', 'The balance is too small for it.'],
  ['Approval not found', 'CoinRuler does not know this approval any more.'],
  ['Approval not executable in current status', 'It was executed or decided already.'],
  ['No intent action data', 'It holds no trade that could be executed.'],
]);

/** `null` for free text, which may also come from something that failed after the order went out. */
export function tradeRefusalWords(code: string | undefined): string | null {
  if (code === undefined) return null;
  if (code.startsWith('Calculated amount <= 0')) return 'Nothing is held that could be traded.';
  return REFUSALS.get(code) ?? null;
}

export function codeRequestWords(said: string | undefined): string {
  const hint = plainText(said, 300);
  return `This trade is large, so CoinRuler wants the six-digit code that its console shows now.${hint === '' ? '' : ` It says: “${hint}”`}`;
}

export function codeRefusalWords(said: string | undefined): string {
  const reason = plainText(said, 200).replace(/[.\s]+$/, '');
  return `CoinRuler did not accept the code${reason === '' ? '' : ` (${reason})`}. Type the one that its console shows now.`;
}
