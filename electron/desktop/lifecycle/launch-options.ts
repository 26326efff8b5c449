import { z } from 'zod';

/** What a launch may be told by its environment. All but the data folder is for tests; without it nothing of the sort exists. */
export interface LaunchOptions {
  /** Another place for everything that is kept. */
  dataFolder: string | null;
  /** How much faster than the machine's the desk's clock runs. */
  clockFactor: number;
  /** Port on which the practice desk can be steered; 0 takes a free one. */
  practiceControlPort: number | null;
  /** The practice desk does nothing by itself, so that a test alone decides what happens. */
  quietPractice: boolean;
  /** Folder into which files are saved without asking where to; `null` asks. */
  saveTo: string | null;
  /** File that is opened without asking which; `null` asks. */
  openFrom: string | null;
  /** Discord's stand-in on this computer; another address than one of loopback counts as none. */
  discordAddress: string | null;
}

const environment = z.object({
  QUARTERDECK_DATA: z.string().min(1).nullable().catch(null),
  QUARTERDECK_CLOCK: z.coerce.number().min(1).max(10_000).catch(1),
  QUARTERDECK_PRACTICE_CONTROL: z.coerce.number().int().min(0).max(65_535).nullable().catch(null),
  QUARTERDECK_PRACTICE_QUIET: z.literal('1').nullable().catch(null),
  QUARTERDECK_SAVE_TO: z.string().min(1).nullable().catch(null),
  QUARTERDECK_OPEN_FROM: z.string().min(1).nullable().catch(null),
  QUARTERDECK_DISCORD: z
    .string()
    .regex(/^http:\/\/127\.0\.0\.1:\d{1,5}$/)
    .nullable()
    .catch(null),
});

/** Reads the environment; a value that makes no sense counts as not given. */
export function parseLaunchOptions(env: Readonly<Record<string, string | undefined>>): LaunchOptions {
  const parsed = environment.parse({
    QUARTERDECK_DATA: env.QUARTERDECK_DATA ?? null,
    QUARTERDECK_CLOCK: env.QUARTERDECK_CLOCK ?? 1,
    QUARTERDECK_PRACTICE_CONTROL: env.QUARTERDECK_PRACTICE_CONTROL || null,
    QUARTERDECK_PRACTICE_QUIET: env.QUARTERDECK_PRACTICE_QUIET ?? null,
    QUARTERDECK_SAVE_TO: env.QUARTERDECK_SAVE_TO ?? null,
    QUARTERDECK_OPEN_FROM: env.QUARTERDECK_OPEN_FROM ?? null,
    QUARTERDECK_DISCORD: env.QUARTERDECK_DISCORD ?? null,
  });
  return {
    dataFolder: parsed.QUARTERDECK_DATA,
    clockFactor: parsed.QUARTERDECK_CLOCK,
    practiceControlPort: parsed.QUARTERDECK_PRACTICE_CONTROL,
    quietPractice: parsed.QUARTERDECK_PRACTICE_QUIET === '1',
    saveTo: parsed.QUARTERDECK_SAVE_TO,
    openFrom: parsed.QUARTERDECK_OPEN_FROM,
    discordAddress: parsed.QUARTERDECK_DISCORD,
  };
}
