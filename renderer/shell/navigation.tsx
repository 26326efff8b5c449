import { AppWindow } from 'lucide-react';
import { useEffect, useRef } from 'react';

import type { Place } from '#shared/domain/attention/attention.ts';
import { t } from '#shared/words.ts';

import { ShortcutKbd } from '../features/shortcuts/shortcut-kbd.tsx';
import { useNeedsPerson } from '../stores/derived.ts';
import { openApart } from '../stores/open-apart.ts';
import { openPlace, useUi } from '../stores/ui.ts';
import { CountBadge } from '../ui/badge.tsx';
import { ContextMenu } from '../ui/context-menu.tsx';
import { cx } from '../ui/cx.ts';
import { Kbd } from '../ui/kbd.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { places } from './places.ts';

/**
 * The places at the left, with what waits in them. Narrow windows put the label under the icon, and leave it out where
 * even so not all of them would fit.
 */
export function Navigation() {
  const open = useUi((state) => state.place);
  const needs = useNeedsPerson();
  const waiting: Partial<Record<Place, number>> = {
    approvals: needs.approvals,
    alerts: needs.alerts,
    settings: needs.links + needs.limits,
    deck: needs.panic,
  };
  const nav = useCurrentInSight(open);
  return (
    <nav
      ref={nav}
      data-region="places"
      aria-label={t('Places')}
      className="flex w-(--rail-width) shrink-0 flex-col gap-0.5 overflow-y-auto border-r border-line p-1.5 [container-type:size] max-[1179px]:[scrollbar-width:none] min-[1180px]:p-2"
    >
      {places.map((info) => {
        const current = info.place === open;
        const count = waiting[info.place] ?? 0;
        const Icon = info.icon;
        return (
          <ContextMenu
            key={info.place}
            items={[
              {
                id: 'apart',
                label: t('Open in its own window'),
                icon: <AppWindow size={14} aria-hidden />,
                onSelect: () => openApart(info.place),
              },
            ]}
          >
            <div
              className={cx(
                'contents',
                info.place === 'settings' &&
                  '[&>button]:-bottom-1.5 [&>button]:mt-auto [@container(min-height:9rem)]:[&>button]:sticky',
              )}
            >
              <Tooltip
                side="right"
                content={
                  <>
                    <span className="flex items-center gap-2">
                      {info.label}{' '}
                      {info.place === 'settings' ? (
                        <Kbd keys="Mod+," />
                      ) : (
                        <ShortcutKbd name={`place.${info.place}`} />
                      )}
                    </span>
                    <span className="block text-2xs text-faint">
                      {t('Ctrl or Cmd and click: in its own window')}
                    </span>
                  </>
                }
              >
                <button
                  type="button"
                  data-place={info.place}
                  aria-current={current ? 'page' : undefined}
                  onClick={(event) => {
                    if (event.ctrlKey || event.metaKey) openApart(info.place);
                    else openPlace(info.place);
                  }}
                  className={cx(
                    'relative flex shrink-0 flex-col items-center gap-1 rounded-md py-1.5 text-2xs max-[1179px]:[@media(max-height:46rem)]:py-1 transition-colors',
                    'min-[1180px]:h-8.5 min-[1180px]:flex-row min-[1180px]:gap-2.5 min-[1180px]:px-2.5 min-[1180px]:py-0 min-[1180px]:text-sm',
                    'focus-visible:-outline-offset-2',
                    current
                      ? 'bg-overlay font-medium text-ink'
                      : 'bg-canvas text-muted hover:bg-raised hover:text-ink',
                  )}
                >
                  <Icon
                    size={16}
                    strokeWidth={1.75}
                    aria-hidden
                    className={current ? 'text-accent' : undefined}
                  />
                  <span className="max-w-full text-center hyphens-auto break-words leading-tight max-[40rem]:sr-only max-[1179px]:[@container(max-height:27rem)]:sr-only min-[1180px]:truncate">
                    {info.label}
                  </span>
                  <span className="absolute top-0.5 left-[calc(50%+0.3rem)] min-[1180px]:static min-[1180px]:ml-auto">
                    <CountBadge
                      count={count}
                      tone={info.place === 'settings' ? 'warn' : 'accent'}
                      label={t('{count} waiting', { count })}
                    />
                  </span>
                </button>
              </Tooltip>
            </div>
          </ContextMenu>
        );
      })}
    </nav>
  );
}

/** Where there is room for some of the places only, the one that is open is among them. */
function useCurrentInSight(open: Place) {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = nav.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => showCurrent(element));
    observer.observe(element);
    return () => observer.disconnect();
  }, [open]);
  return nav;
}

/** Not `scrollIntoView`, from which on Tab would begin at what was scrolled to. */
function showCurrent(nav: HTMLElement): void {
  const [frame, current, last] = [
    nav,
    nav.querySelector('[aria-current]'),
    nav.querySelector('[data-place=settings]'),
  ].map((one) => one?.getBoundingClientRect());
  if (frame === undefined || current === undefined || last === undefined) return;
  // The settings stand over the end of the others, where there is room for more than them.
  const bottom = current.top < last.top ? Math.min(frame.bottom, last.top) : frame.bottom;
  nav.scrollTop += Math.max(0, current.bottom - bottom) - Math.max(0, frame.top - current.top);
}
