import { z } from 'zod';

/** One thing by name and value, as short texts for a person. They are a backend's and untrusted. */
export const fact = z.object({ name: z.string(), value: z.string() });
export type Fact = z.infer<typeof fact>;
