import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import { isPracticeOnly } from '#shared/domain/derive.ts';

/**
 * K16: what a press reaches. Practice desks only where nothing real that could trade is connected, or where the person asked
 * for them too.
 */
export const isIncluded = (
  config: BackendConfig,
  configs: readonly BackendConfig[],
  withPractice: boolean,
): boolean => config.enabled && (!config.practice || withPractice || isPracticeOnly(configs));
