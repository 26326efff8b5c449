import type { ServerResponse } from 'node:http';

/** What a route answers. */
export type Answer =
  | { kind: 'json'; status: number; body: unknown }
  /** Writes by itself, and ends by itself. */
  | { kind: 'stream'; run(response: ServerResponse): void };

export const json = (body: unknown, status = 200): Answer => ({ kind: 'json', status, body });

/** Ends a call with an error; `body` is one of the four shapes of the sheet's section 3. */
export class Refusal extends Error {
  readonly answer: Answer;
  constructor(status: number, body: unknown) {
    super(`refused with ${status}`);
    this.answer = json(body, status);
  }
}

/** Raised by a handler: the detail and the status once more. */
export const refuse = (status: number, detail: string): Refusal =>
  new Refusal(status, { detail, status_code: status });

/** Raised by the framework, for a path or a method that it does not know. */
export const unknownRoute = (status: 404 | 405): Refusal =>
  new Refusal(status, { detail: status === 404 ? 'Not Found' : 'Method Not Allowed' });

/** One complaint of a validation. */
export interface Problem {
  type: string;
  loc: (string | number)[];
  msg: string;
  input: unknown;
  ctx?: Record<string, unknown>;
}

export const invalid = (problems: readonly Problem[]): Refusal => new Refusal(422, { detail: problems });
