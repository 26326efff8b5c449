import type { ServerResponse } from 'node:http';

/** What a route answers. JSON drops `undefined` and writes `NaN` as `null`, as the real server does. */
export type Answer =
  | { kind: 'json'; status: number; body: unknown }
  | { kind: 'text'; status: number; contentType: string; body: string }
  /** Writes by itself, and ends by itself. */
  | { kind: 'stream'; run(response: ServerResponse): void };

export const json = (body: unknown): Answer => ({ kind: 'json', status: 200, body });
export const failure = (status: number, error: string): Answer => ({ kind: 'json', status, body: { error } });
