import type { z } from 'zod';

/** One line of the contract: the schema of a request's parameters, and the type of its answer. */
export function request<Result>() {
  return <Params extends z.ZodType>(params: Params): { params: Params; result: Result } => ({
    params,
    result: undefined as never,
  });
}
