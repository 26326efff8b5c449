import { z } from 'zod';

/** A finite decimal number written without exponent, such as "0.00750000" or "-12.3"; the arithmetic is in money.ts. */
export const decimalString = z
  .string()
  .max(80)
  .regex(/^-?\d+(\.\d+)?$/);
