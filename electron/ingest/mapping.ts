import { createHash } from 'node:crypto';

import type { Alert } from '#shared/domain/alerts/alert.ts';
import { INGEST_ID } from '#shared/domain/own-ids.ts';
import type { VolumeSpike } from '#shared/domain/alerts/volume.ts';

import type { DetectorAlert } from './payload.ts';

const KINDS = {
  SPIKE: 'spike',
  HALF_UPDATE: 'half-update',
  FULL_UPDATE: 'full-update',
} as const satisfies Record<string, VolumeSpike['kind']>;

/** The same alert always has the same id, also after a restart: posting it again is no second one. */
export function alertIdOf({ symbol, alertType, hourTimestamp, timestamp }: DetectorAlert): string {
  const same = JSON.stringify([symbol, alertType ?? 'SPIKE', hourTimestamp, timestamp]);
  return createHash('sha256').update(same).digest('hex').slice(0, 24);
}

export function mapSpike(wire: DetectorAlert, id: string, receivedAtMs: number): VolumeSpike {
  return {
    backendId: INGEST_ID,
    id,
    symbol: wire.symbol,
    asset: wire.asset,
    kind: KINDS[wire.alertType ?? 'SPIKE'],
    hourAtMs: wire.hourTimestamp,
    detectedAtMs: wire.detectionTime ?? wire.timestamp,
    occurredAtMs: wire.timestamp,
    currentVolume: wire.currentVolume,
    previousVolume: wire.previousVolume,
    ratio: wire.volumeRatio,
    price: wire.price ?? null,
    fundingRate: wire.fundingRate ?? null,
    priceChange: wire.priceChange ?? null,
    openInterestChange: wire.oiChange ?? null,
    candle: wire.candleDirection ?? null,
    message: wire.message,
    receivedAtMs,
  };
}

/** A spike and its updates are one row among the alerts. */
export function mapAlert(spike: VolumeSpike): Alert {
  const { backendId, id, symbol, message, occurredAtMs, receivedAtMs } = spike;
  return {
    backendId,
    id,
    kind: 'volume_spike',
    severity: 'medium',
    rawSeverity: '',
    message,
    groupKey: `volume_spike:${symbol}:${spike.hourAtMs}`,
    instrument: symbol,
    facts: [
      { name: 'Kind', value: spike.kind },
      { name: 'Volume of the hour', value: spike.currentVolume },
      { name: 'Hour before', value: spike.previousVolume },
      { name: 'Ratio', value: spike.ratio },
    ],
    occurredAtMs,
    receivedAtMs,
    count: 1,
    acknowledgedAtMs: null,
  };
}
