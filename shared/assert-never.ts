/** Closes a switch over a union: a case that nobody handles does not compile, and throws if it comes from outside. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
