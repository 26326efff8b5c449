import { z } from 'zod';

/** A time as it comes from outside: epoch milliseconds, UTC. */
export const epochMs = z.number().int().nonnegative();
