import type { DeskPatch } from '#shared/domain/desk.ts';
import type { PriceAlert } from '#shared/domain/alerts/price-alert.ts';

import { isEqual } from './equal.ts';
import type { DeskReader } from './port.ts';

/** The list is whole: what is not in it was taken away. */
export function applyPriceAlerts(desk: DeskReader, alerts: readonly PriceAlert[]): DeskPatch[] {
  const kept = new Set(alerts.map(({ id }) => id));
  const gone = [...desk.entries('priceAlerts')].filter(([key]) => !kept.has(key));
  return [
    ...gone.map(([key]): DeskPatch => ({ slice: 'priceAlerts', key, value: null })),
    ...alerts
      .filter((alert) => !isEqual(desk.get('priceAlerts', alert.id), alert))
      .map((value): DeskPatch => ({ slice: 'priceAlerts', key: value.id, value })),
  ];
}
