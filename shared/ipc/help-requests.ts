import { z } from 'zod';

import type { SelfCheck } from '../domain/settings/diagnostics.ts';
import { request } from './request.ts';

export const helpRequests = {
  /** Looks at the desk from the vault to the last backend. Changes nothing and asks nobody to act. */
  'help.self-check': request<SelfCheck[]>()(z.object({})),
  /** Asks where to and saves one archive for whoever helps; `null` where the person wants none after all. */
  'help.save-bundle': request<{ path: string } | null>()(z.object({})),
  /** Whose work the desk is built on, with the licences. */
  'help.notices': request<{ text: string }>()(z.object({})),
} as const;
