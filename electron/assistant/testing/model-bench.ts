import { afterEach, beforeEach } from 'vitest';

import type { AssistantBench } from './assistant-bench.ts';
import { startAssistantBench } from './assistant-bench.ts';
import type { ModelServer } from './model-server.ts';
import { startModelServer } from './model-server.ts';

/** For each test the assistant, set up for a model server of its own. */
export function useModelBench() {
  let server: ModelServer;
  let bench: AssistantBench;

  beforeEach(async () => {
    server = await startModelServer();
    bench = startAssistantBench();
    bench.setUp(server.address);
  });
  afterEach(async () => {
    bench.stop();
    bench.remove();
    await server.close();
  });

  return {
    get server(): ModelServer {
      return server;
    },
    get bench(): AssistantBench {
      return bench;
    },
  };
}
