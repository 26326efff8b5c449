import type {
  DeskPushes,
  ErrorCode,
  PushName,
  QuarterdeckBridge,
  RequestName,
  RequestParams,
  RequestResult,
} from '#shared/ipc/contract.ts';

import { isPlayback } from './stores/own-place.ts';
import { tell, told } from './telling.ts';

declare global {
  interface Window {
    /** Put there by the preload script; used by this file alone. */
    readonly quarterdeck?: QuarterdeckBridge;
  }
}

/** An error envelope of the main process, thrown. Its message is written for a person. */
class QuarterdeckError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(told(message));
    this.name = 'QuarterdeckError';
    this.code = code;
  }
}

/** Asks the main process. Throws a `QuarterdeckError` when it answers with an error, or cannot be reached. */
export async function request<N extends RequestName>(
  name: N,
  params: RequestParams<N>,
): Promise<RequestResult<N>> {
  if (isPlayback) await refusePast(name);
  const envelope = await bridge().request(name, params);
  if (!envelope.ok) throw new QuarterdeckError(envelope.error.code, envelope.error.message);
  tell(name, envelope.value);
  return envelope.value;
}

/** The main process refuses what a window of the past may not ask as well; here it is said without asking, by what only such a window loads. */
async function refusePast(name: RequestName): Promise<void> {
  const { pastRefusal } = await import('#shared/ipc/past-requests.ts');
  const refusal = pastRefusal(name);
  if (refusal !== null) throw new QuarterdeckError('past', refusal);
}

/** Listens to what the main process says unasked. Returns the disposer. */
export function on<N extends PushName>(name: N, listener: (payload: DeskPushes[N]) => void): () => void {
  return bridge().on(name, (payload) => {
    tell(name, payload);
    listener(payload);
  });
}

/** The words for a person of whatever was thrown. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function bridge(): QuarterdeckBridge {
  if (window.quarterdeck === undefined) {
    throw new QuarterdeckError(
      'unavailable',
      'This window is not connected to Quarterdeck. Close it and open it again.',
    );
  }
  return window.quarterdeck;
}
