import { z } from 'zod';

import { backendConfig } from '../domain/backends/backend.ts';
import { request } from './request.ts';

/** What answers at an address. */
export interface FoundAtAddress {
  /** Names of kinds, the likeliest first; none where nothing that is known answers. */
  kinds: string[];
  /** Why nobody could be asked there (refused, a certificate, silence), in words; `null` where something answered. */
  trouble: string | null;
}

/** Finding out what answers at an address, before it is known what kind of bot it is. */
export const detectRequests = {
  /** No secret is sent. */
  'backends.detect': request<FoundAtAddress>()(z.object({ config: backendConfig })),
};
