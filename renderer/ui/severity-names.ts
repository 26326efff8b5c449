import type { Severity } from '#shared/domain/alerts/alert.ts';
import { t } from '#shared/words.ts';

/** What a severity is called by itself. */
export const SEVERITY_NAMES: Readonly<Record<Severity, string>> = {
  low: t('Low'),
  medium: t('Medium'),
  high: t('High'),
  critical: t('Critical'),
};
