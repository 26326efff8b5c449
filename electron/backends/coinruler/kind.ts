import type { BackendKind } from '../port.ts';
import { createBackend } from './backend.ts';
import { descriptor } from './descriptor.ts';
import { testConnection } from './link-test.ts';

/** CoinRuler: approvals, kill switch, portfolio, live events over SSE, streamed chat. */
export const coinruler: BackendKind = { descriptor, create: createBackend, test: testConnection };
