import type { DiagnosticsPort } from '../diagnostics/port.ts';
import type { RequestHandlers } from './router.ts';

/** What the window may ask where something does not work. */
export function createHelpHandlers(
  diagnostics: DiagnosticsPort,
): Pick<RequestHandlers, Extract<keyof RequestHandlers, `help.${string}`>> {
  return {
    'help.self-check': () => diagnostics.selfCheck(),
    'help.save-bundle': () => diagnostics.saveBundle(),
    'help.notices': async () => ({ text: await diagnostics.notices() }),
  };
}
