import type { App } from 'electron';

import { DEEP_LINK_SCHEME, deepLinkAmong } from '#shared/deep-link.ts';

import { HIDDEN_ARGUMENT } from './login-start.ts';

export interface DeepLinks {
  /** From now on links are opened; one that came before is opened at once. */
  start(parts: {
    /** Whether the system may be told that links belong to this program. */
    isInstalled: boolean;
    show(): void;
    openLink(link: string): void;
  }): void;
}

/**
 * Listens for links from the very start, as macOS hands them over before anything is ready: by an event there, elsewhere
 * among the words of the command line, this program's or that of a second one that gives way to it.
 */
export function gatherLinks(app: App, argv: readonly string[]): DeepLinks {
  let early = deepLinkAmong(argv);
  let openLink = (link: string): void => {
    early = link;
  };
  app.on('open-url', (event, link) => {
    event.preventDefault();
    openLink(link);
  });
  return {
    start(parts) {
      if (parts.isInstalled) app.setAsDefaultProtocolClient(DEEP_LINK_SCHEME);
      app.on('second-instance', (_event, words) => {
        const link = deepLinkAmong(words);
        if (link !== null) openLink(link);
        // A login that starts the desk a second time is nobody's wish to see it.
        else if (!words.includes(HIDDEN_ARGUMENT)) parts.show();
      });
      openLink = parts.openLink;
      if (early !== null) openLink(early);
    },
  };
}
