import { z } from 'zod';

import { backendConfig } from '../domain/backends/backend.ts';
import { request } from './request.ts';

/** Finding out what answers at an address, before it is known what kind of bot it is. */
export const detectRequests = {
  /** Names of kinds, the likeliest first; none where nothing that is known answers. No secret is sent. */
  'backends.detect': request<string[]>()(z.object({ config: backendConfig })),
};
