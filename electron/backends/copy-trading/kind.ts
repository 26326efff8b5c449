import type { BackendKind } from '../port.ts';
import { createBackend } from './backend.ts';
import { descriptor } from './descriptor.ts';
import { testConnection } from './link-test.ts';

/** Copy trading: traders to follow, copied positions, and two dialects of Socket.IO. */
export const copyTrading: BackendKind = { descriptor, create: createBackend, test: testConnection };
