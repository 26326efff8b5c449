import type { MenuItemConstructorOptions } from 'electron';
import { afterEach, describe, expect, it } from 'vitest';

import { speak } from '#shared/words.ts';

import { catalogueOf } from '../system/catalogue.ts';
import { menuTemplate } from './menu-template.ts';

function menu(isMac: boolean, developer = false) {
  const happened: string[] = [];
  const template = menuTemplate({
    isMac,
    developer,
    open: ({ place, itemId }) => void happened.push(`open ${place} ${itemId ?? ''}`),
    openApart: (place) => void happened.push(`apart ${place}`),
    askPanic: () => void happened.push('ask'),
    lock: () => void happened.push('lock'),
    playBack: () => void happened.push('play back'),
    showDesignSystem: () => void happened.push('design system'),
    quit: () => void happened.push('quit'),
  });
  const items = (label: string): MenuItemConstructorOptions[] => {
    const found = template.find((one) => (one.label ?? one.role) === label)?.submenu;
    return Array.isArray(found) ? found : [];
  };
  const names = (label: string) => items(label).map((item) => item.label ?? item.role ?? item.type);
  const itemsBelow = (label: string, item: string): MenuItemConstructorOptions[] => {
    const found = items(label).find((one) => one.label === item)?.submenu;
    return Array.isArray(found) ? found : [];
  };
  const below = (label: string, item: string) => itemsBelow(label, item).map((one) => one.label);
  const click = (label: string, item: string, within?: string): void => {
    const chosen =
      within === undefined
        ? items(label).find((one) => one.label === item)
        : itemsBelow(label, item).find((one) => one.label === within);
    Reflect.apply(chosen?.click ?? (() => undefined), undefined, []);
  };
  return { bar: template.map((one) => one.label ?? one.role), names, below, click, happened };
}

afterEach(() => speak('en', {}));

describe('the application menu', () => {
  it('is in the language of the desk each time it is built', () => {
    expect(menu(false).bar[0]).toBe('File');
    speak('de', catalogueOf('de'));
    const { names, bar } = menu(false);
    expect(bar).toContain('Gehe zu');
    expect(names('Datei')).toContain('Quarterdeck beenden');
    expect(names('Gehe zu')).toContain('Freigaben');
  });

  it('on macOS begins with the application, its services and hiding, and ends with Help', () => {
    const { bar, names } = menu(true);
    expect(bar).toEqual(['Quarterdeck', 'File', 'editMenu', 'Go', 'View', 'windowMenu', 'help']);
    const own = names('Quarterdeck');
    expect(own[0]).toBe('About Quarterdeck');
    expect(own).toEqual(expect.arrayContaining(['Settings…', 'services', 'hide', 'hideOthers', 'unhide']));
    expect(own.at(-1)).toBe('Quit Quarterdeck');
    expect(names('File')).not.toContain('Quit Quarterdeck');
  });

  it('elsewhere has Quit in File and About in Help', () => {
    const { bar, names } = menu(false);
    expect(bar).toEqual(['File', 'editMenu', 'Go', 'View', 'windowMenu', 'help']);
    expect(names('File').at(-1)).toBe('Quit Quarterdeck');
    expect(names('help')).toContain('About Quarterdeck');
  });

  it('asks before it halts, and before it quits leaves that to the quit gate', () => {
    const { click, happened } = menu(false);
    click('File', 'PANIC…');
    click('File', 'Quit Quarterdeck');
    click('Go', 'Journal');
    click('View', 'Play back the last minutes');
    click('help', 'Updates…');
    expect(happened).toEqual(['ask', 'quit', 'open journal ', 'play back', 'open settings updates']);
  });

  it('opens every place in a window of its own too', () => {
    const { names, click, happened, below } = menu(false);
    expect(below('Go', 'In its own window')).toEqual(
      names('Go')
        .filter((name) => name !== 'separator')
        .slice(0, -1),
    );
    click('Go', 'In its own window', 'Market');
    expect(happened).toEqual(['apart market']);
  });

  it('has the developer’s tools only where it runs from its sources', () => {
    expect(menu(false).names('View')).not.toContain('toggleDevTools');
    expect(menu(false, true).names('View')).toContain('toggleDevTools');
  });
});
