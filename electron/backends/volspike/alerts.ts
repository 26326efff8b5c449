import type { Alert, Severity } from '#shared/domain/alerts/alert.ts';
import type { VolumeSpike } from '#shared/domain/alerts/volume.ts';
import type { DecimalString } from '#shared/money.ts';
import { compare, multiply, toFloat } from '#shared/money.ts';
import { formatAge, SECOND_MS } from '#shared/time.ts';

import { plainText } from '../../lib/clean.ts';
import type { MappingContext } from './mapping.ts';
import { assetOf, symbolText } from './mapping.ts';
import type { WireNotice, WireOpenInterestAlert, WireTriggered } from './protocol.ts';

/** A spike as an alert. How late it is told is said, since the tier may hold it back (§7.5). */
export function spikeAlert(spike: VolumeSpike, context: MappingContext): Alert {
  const atMs = spike.detectedAtMs ?? spike.occurredAtMs;
  const lateMs = context.receivedAtMs - atMs;
  return alertOf(context, {
    id: `spike-${spike.id}`,
    kind: 'volume_spike',
    severity: 'medium',
    message: spike.message || `${spike.asset}: ${short(spike.ratio)} times the volume of the hour before`,
    groupKey: `volume_spike|${spike.symbol}|${spike.hourAtMs}`,
    instrument: spike.asset,
    facts: [
      ['Symbol', spike.symbol],
      ['Ratio', short(spike.ratio)],
      ['Volume of the hour', spike.currentVolume],
      ['Hour before', spike.previousVolume],
      ['Price', spike.price],
      ['Price change', percent(spike.priceChange)],
      ['Open interest', percent(spike.openInterestChange)],
      ['Told after its detection', lateMs >= 30 * SECOND_MS ? formatAge(lateMs) : null],
    ],
    occurredAtMs: atMs,
  });
}

/** An alert of a type that is not known here: information, in the words that it came with. */
export function noticeAlert(wire: WireNotice, context: MappingContext): Alert {
  const symbol = symbolText(wire.symbol);
  const type = plainText(wire.alertType, 60);
  return alertOf(context, {
    id: `notice-${plainText(wire.id, 120)}`,
    kind: 'volume_notice',
    severity: 'low',
    message: plainText(wire.message, 1_000) || `${symbol}: ${type}`,
    groupKey: `volume_notice|${symbol}|${type}`,
    instrument: plainText(wire.asset, 40) || assetOf(symbol),
    facts: [
      ['Symbol', symbol],
      ['Type', type],
    ],
    occurredAtMs: wire.detectionTime ?? wire.timestamp,
  });
}

export function openInterestAlert(wire: WireOpenInterestAlert, context: MappingContext): Alert {
  const symbol = symbolText(wire.symbol);
  const direction = plainText(wire.direction, 10).toLowerCase();
  const change = percent(wire.pctChange);
  const timeframe = plainText(wire.timeframe, 40);
  return alertOf(context, {
    id: `open-interest-${plainText(wire.id, 120)}`,
    kind: 'open_interest',
    severity: 'medium',
    message: `${symbol}: open interest ${direction}${change === null ? '' : ` ${change}`}${timeframe === '' ? '' : ` in ${timeframe}`}`,
    groupKey: `open_interest|${symbol}|${direction}`,
    instrument: assetOf(symbol),
    facts: [
      ['Symbol', symbol],
      ['Before', wire.baseline],
      ['Now', wire.current],
      ['Change', wire.absChange],
      ['Price change', percent(wire.priceChange)],
      ['Funding', percent(wire.fundingRate)],
      ['Source', plainText(wire.source, 40) || null],
    ],
    occurredAtMs: wire.ts,
  });
}

const FIGURE_NAMES: ReadonlyMap<string, string> = new Map([
  ['PRICE_CROSS', 'price'],
  ['FUNDING_CROSS', 'funding'],
  ['OI_CROSS', 'open interest'],
]);

/** A threshold was crossed, by the server's own word. Firing switches it off there. */
export function thresholdAlert(
  wire: Pick<WireTriggered, 'id' | 'symbol' | 'alertType' | 'threshold' | 'currentValue'> &
    Partial<WireTriggered>,
  context: MappingContext,
): Alert {
  const symbol = symbolText(wire.symbol);
  const figure = FIGURE_NAMES.get(wire.alertType ?? '') ?? 'a figure';
  const at = plainText(wire.thresholdFormatted, 60) || (wire.threshold ?? 'its threshold');
  const now = plainText(wire.currentValueFormatted, 60) || wire.currentValue;
  const side = wire.direction === 'above' || wire.direction === 'below' ? ` and is ${wire.direction}` : '';
  const id = plainText(wire.id, 120);
  const atMs = wire.timestamp ?? null;
  return alertOf(context, {
    id: `threshold-${id}-${atMs ?? context.receivedAtMs}`,
    kind: 'threshold',
    severity: 'high',
    message: `${symbol}: ${figure} has crossed ${at}${side}`,
    groupKey: `threshold|${id}`,
    instrument: assetOf(symbol),
    facts: [
      ['Symbol', symbol],
      ['Threshold', at],
      ['Value', now],
      ['Before', plainText(wire.previousValueFormatted, 60) || null],
    ],
    occurredAtMs: atMs,
  });
}

/** Something about the person's account there. */
export function accountAlert(
  about: { id: string; severity: Severity; message: string },
  context: MappingContext,
): Alert {
  return alertOf(context, {
    ...about,
    kind: 'account',
    groupKey: `account|${about.message}`,
    instrument: null,
    facts: [],
    occurredAtMs: context.receivedAtMs,
  });
}

function alertOf(
  { backendId, receivedAtMs }: MappingContext,
  given: Pick<Alert, 'id' | 'kind' | 'severity' | 'message' | 'groupKey' | 'instrument' | 'occurredAtMs'> & {
    facts: readonly (readonly [string, string | null])[];
  },
): Alert {
  return {
    ...given,
    backendId,
    rawSeverity: '',
    facts: given.facts.flatMap(([name, value]) => (value === null || value === '' ? [] : [{ name, value }])),
    receivedAtMs,
    count: 1,
    acknowledgedAtMs: null,
  };
}

/** Changes and funding are fractions. For reading only. */
function percent(fraction: DecimalString | null): string | null {
  if (fraction === null) return null;
  const value = multiply(fraction, '100');
  return `${compare(value, '0') > 0 ? '+' : ''}${toFloat(value).toFixed(2)} %`;
}

/** Two decimals, where there are as many. For reading only. */
const short = (figure: DecimalString): string => String(Math.round(toFloat(figure) * 100) / 100);
