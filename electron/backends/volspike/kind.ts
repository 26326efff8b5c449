import type { BackendKind } from '../port.ts';
import { createBackend } from './backend.ts';
import { descriptor } from './descriptor.ts';
import { testConnection } from './link-test.ts';

/** VolSpike: volume and open-interest alerts by tier over Socket.IO, watch lists and thresholds over REST. */
export const volspike: BackendKind = { descriptor, create: createBackend, test: testConnection };
