import type { DeskEvent, DeskPatch } from '#shared/domain/desk.ts';
import type { Occasion } from '#shared/domain/attention/occasions/occasions.ts';
import type { Position } from '#shared/domain/portfolio/position.ts';
import { positionOwner } from '#shared/domain/portfolio/position.ts';
import type { Trade } from '#shared/domain/portfolio/trade.ts';
import { t } from '#shared/words.ts';

import type { DeskReader } from '../../desk/port.ts';
import type { Considered, Consideration } from './considered.ts';
import type { Manners } from './manners.ts';
import { bodyText, isPractice, nameOf, practiceMark, titleText } from './words.ts';

/**
 * Kinds that tell what they bought and sold as data alone. CoinRuler announces its executions as alerts, and of copy trading
 * the positions say it: its trades are a history that is read again and again.
 */
const TELL_BY_TRADES: ReadonlySet<string> = new Set(['market-hub']);

interface Fill {
  occasion: Occasion;
  key: string;
  backendId: string;
  what: string;
  details: (string | null)[];
  /** No money moved: a dry run, a sample, or a practice bot. */
  simulated: boolean;
  place: 'portfolio' | 'copy-trading';
}

/** A list that is read this long after a link was live is not the first one, even where the desk heard of none: an empty list changes nothing. */
const FIRST_LIST_MS = 15_000;

/**
 * What moved the person's money and is known as data alone: the fills of a hub's bot, and copies that were opened or closed.
 * The first list of copies was there before the desk looked and is no news; what a later one has changed is, also after a gap.
 */
export function createFillPolicy(desk: DeskReader, startedAtMs: number, manners: Manners) {
  /** The copies of each backend as last read. */
  const copies = new Map<string, Map<string, Position>>();
  /** When a link of each backend was live for the first time. */
  const liveSinceMs = new Map<string, number>();

  return (patches: readonly DeskPatch[], event: DeskEvent): Consideration => {
    const fills: Fill[] = [];
    for (const patch of patches) {
      if (patch.slice === 'trades' && patch.value !== null && event.type === 'trade')
        fills.push(...fillOf(patch.key, patch.value));
      if (patch.slice === 'links' && patch.value?.state.kind === 'live') {
        const { backendId, state } = patch.value;
        if (!liveSinceMs.has(backendId)) liveSinceMs.set(backendId, state.sinceMs);
      }
      if (patch.slice === 'backends' && patch.value === null) {
        copies.delete(patch.key);
        liveSinceMs.delete(patch.key);
      }
    }
    if (event.type === 'feed' && event.slice === 'positions' && isAllCopies(event.complete))
      fills.push(...changesOf(event.backendId, event.entries));
    return { notices: fills.map(noticeOf), withdrawn: [] };
  };

  function fillOf(key: string, trade: Trade): Fill[] {
    const { backendId, status, side, receivedAtMs } = trade;
    if (receivedAtMs < startedAtMs || !TELL_BY_TRADES.has(desk.get('backends', backendId)?.kind ?? ''))
      return [];
    if (status !== 'filled' && status !== 'simulated') return [];
    const { filledQuantity, quantity, instrument, averagePrice } = trade;
    return [
      {
        occasion: 'fill',
        key: `fill/${key}`,
        backendId,
        what: t('{side, select, buy {bought} sell {sold} other {traded}} {what}', {
          side,
          what: [filledQuantity ?? quantity, instrument].filter((part) => part !== null).join(' '),
        }),
        details: [averagePrice === null ? null : t('at {averagePrice}', { averagePrice })],
        simulated: status === 'simulated',
        place: 'portfolio',
      },
    ];
  }

  function changesOf(backendId: string, entries: readonly Position[]): Fill[] {
    const before = copies.get(backendId);
    const after = new Map(entries.map((one) => [one.id, one]));
    copies.set(backendId, after);
    const opened = [...after.values()].filter((one) =>
      before === undefined ? isNewOfFirst(one) : !before.has(one.id),
    );
    const closed = [...(before?.values() ?? [])].filter(({ id }) => !after.has(id));
    return [
      ...opened.map((copy) => copyFill('copy-opened', copy)),
      ...closed.map((copy) => copyFill('copy-closed', copy)),
    ];
  }

  /** Whether a copy in the first list that the desk heard of was opened since it looks. */
  function isNewOfFirst({ backendId, openedAtMs, receivedAtMs }: Position): boolean {
    const sinceMs = liveSinceMs.get(backendId);
    if (sinceMs === undefined || receivedAtMs <= sinceMs + FIRST_LIST_MS) return false;
    return openedAtMs === null || openedAtMs >= sinceMs;
  }

  function copyFill(occasion: 'copy-opened' | 'copy-closed', copy: Position): Fill {
    const { backendId, id, symbol, side, quantity, traderId, entryPrice, pnl, simulated } = copy;
    const isOpened = occasion === 'copy-opened';
    const trader = traderId === null ? undefined : desk.get('traders', `${backendId}/${traderId}`)?.name;
    return {
      occasion,
      key: `${occasion}/${backendId}/${id}`,
      backendId,
      what: isOpened
        ? t('copy opened: {side} {quantity} {symbol}', { side, quantity, symbol })
        : t('copy closed: {side} {quantity} {symbol}', { side, quantity, symbol }),
      details: [
        trader === undefined ? null : t('of {trader}', { trader }),
        entryPrice === null ? null : t('entry {entryPrice}', { entryPrice }),
        isOpened || pnl === null ? null : t('profit {pnl} as last read', { pnl }),
      ],
      simulated,
      place: 'copy-trading',
    };
  }

  function noticeOf({ key, backendId, what, details, place, ...fill }: Fill): Considered {
    const practice = isPractice(desk, backendId);
    const occasion = fill.simulated || practice ? 'fill-simulated' : fill.occasion;
    const heading = `${practiceMark(practice)}${nameOf(desk, backendId)}`;
    const words = fill.simulated ? [t('simulated'), ...details] : details;
    return {
      notice: {
        key,
        backendId,
        title: titleText(`${heading}: ${what}`),
        body: bodyText(words.filter((part) => part !== null).join(', ')),
        ...manners(occasion, backendId),
        destination: { place, itemId: null },
        approvalKey: null,
      },
      occasion,
      alert: null,
      family: `fills/${occasion}/${backendId}`,
      heading,
      noun: 'trade',
      escalates: false,
    };
  }
}

const isAllCopies = (complete: { scope: string } | 'all' | undefined): boolean =>
  complete === 'all' || complete?.scope === positionOwner.copy;
