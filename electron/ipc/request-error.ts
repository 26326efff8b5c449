import type { ErrorCode } from '#shared/ipc/contract.ts';

/** A refusal with a code of its own; any other error that a handler throws reaches the window as `failed`. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
