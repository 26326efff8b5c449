import type { RequestSender } from './router.ts';

/** The part of a window by which a sender is compared with it. */
export interface OwnWindow {
  isDestroyed(): boolean;
  readonly webContents: { readonly id: number };
}

/** Trusts the top frame of our own windows while they show our own page, and nothing else. */
export function createSenderCheck(
  ownWindows: () => readonly OwnWindow[],
  isOwnPage: (url: string) => boolean,
): (sender: RequestSender) => boolean {
  return ({ sender, senderFrame }) => {
    if (!ownWindows().some((window) => !window.isDestroyed() && sender.id === window.webContents.id))
      return false;
    return senderFrame !== null && senderFrame.parent === null && isOwnPage(senderFrame.url);
  };
}
