import type { SignInAnswer, SignInStatus } from '#shared/ipc/sign-in-requests.ts';

/** Sign-in of a backend's owner with Discord, in the system's browser. One at a time. */
export interface SignInPort {
  status(backendId: string): Promise<SignInStatus>;
  start(backendId: string): Promise<SignInAnswer>;
  cancel(): void;
  signOut(backendId: string): Promise<SignInAnswer>;
  /** Renews what runs out; to be called once the desk stands. */
  watch(): void;
  dispose(): void;
}
