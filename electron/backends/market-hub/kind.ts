import type { BackendKind } from '../port.ts';
import { createBackend } from './backend.ts';
import { descriptor } from './descriptor.ts';
import { testConnection } from './link-test.ts';

/** Market hub: prices, portfolio, trades, alerts, predictions and patterns, broadcast over a WebSocket. */
export const marketHub: BackendKind = { descriptor, create: createBackend, test: testConnection };
