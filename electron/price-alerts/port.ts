import type { PriceAlertText } from '#shared/domain/alerts/price-alert.ts';

/** What a person does with price alerts. What is set is on disk when it answers; it rejects with words where that cannot be. */
export interface PriceAlertsPort {
  save(alert: PriceAlertText): Promise<null>;
  remove(alertId: string): Promise<null>;
  /** Takes back a removal, with what the alert remembered. */
  restore(alertId: string): Promise<null>;
  /** As they were set, without how far each is. Throws while they are not read. */
  all(): PriceAlertText[];
  /** Sets exactly these; one that is set already in the same way stays as far as it is. */
  replaceAll(alerts: readonly PriceAlertText[]): Promise<void>;
  /** Reads what was set before, and begins to look at prices. */
  start(): Promise<void>;
  dispose(): void;
}
