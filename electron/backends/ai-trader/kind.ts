import type { BackendKind } from '../port.ts';
import { createBackend } from './backend.ts';
import { descriptor } from './descriptor.ts';
import { testConnection } from './link-test.ts';

/** AI-Trader: models, their runs and positions over HTTP, a stream for each that runs, a streamed chat. */
export const aiTrader: BackendKind = { descriptor, create: createBackend, test: testConnection };
