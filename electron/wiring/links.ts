import type { DeepLinks } from '../desktop/lifecycle/deep-links.ts';
import { createLinkOpener } from '../desktop/lifecycle/link-opener.ts';
import type { Base } from './base.ts';

/** Opens what links name, the one that started the desk among them. */
export function openLinks({ isInstalled, realClock, tell, windows }: Base, links: DeepLinks): void {
  const openLink = createLinkOpener({
    open: windows.open,
    tell: (words) => tell('deck', 'A link led nowhere', words),
    clock: realClock,
  });
  links.start({ isInstalled, show: windows.show, openLink });
}
