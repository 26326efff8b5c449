import type { SignInPort } from '../sign-in/port.ts';
import type { RequestHandlers } from './router.ts';

/** What the window may ask of the sign-in with Discord. No token and no code passes here. */
export function createSignInHandlers(
  signIn: SignInPort,
): Pick<RequestHandlers, Extract<keyof RequestHandlers, `sign-in.${string}`>> {
  return {
    'sign-in.status': ({ backendId }) => signIn.status(backendId),
    'sign-in.start': ({ backendId }) => signIn.start(backendId),
    'sign-in.cancel': () => {
      signIn.cancel();
      return null;
    },
    'sign-in.sign-out': ({ backendId }) => signIn.signOut(backendId),
  };
}
