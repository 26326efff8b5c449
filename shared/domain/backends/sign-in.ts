import { z } from 'zod';

/** Sign-in with Discord as a public client: the id of the person's own application there, which is no secret. */
export const signInSettings = z.object({
  /** `null` until the person entered it. */
  discordClientId: z
    .string()
    .regex(/^\d{15,22}$/)
    .nullable()
    .default(null),
  /** Where the browser comes back to on this computer; the application at Discord has to name the same address. */
  port: z.number().int().min(1_024).max(65_535).default(47_813),
});
export type SignInSettings = z.infer<typeof signInSettings>;

export const SIGN_IN_PATH = '/discord/callback';

/** The address that the person enters at Discord as redirect. */
export const redirectUri = (port: number): string => `http://127.0.0.1:${port}${SIGN_IN_PATH}`;
