import type { DeskPatch } from '#shared/domain/desk.ts';
import type { JournalHealth } from '#shared/domain/journal/journal.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import type { Occasion } from '#shared/domain/attention/occasions/occasions.ts';
import { told } from '#shared/told.ts';
import { t } from '#shared/words.ts';

import type { DeskReader } from '../../desk/port.ts';
import { type Considered, type Consideration, single } from './considered.ts';
import type { Manners } from './manners.ts';
import { bodyText, isPractice, nameOf, practiceMark, titleText } from './words.ts';

/**
 * What needs a person to go on: a link that stopped for good (D2), and trouble of the journal (D6); and that either has
 * ended.
 */
export function createTroublePolicy(desk: DeskReader, manners: Manners) {
  const stopped = new Set<string>();
  /** Links that were told as stopped and are on their way back. */
  const mending = new Set<string>();
  let journalState: JournalHealth['state'] = 'ok';

  return (patches: readonly DeskPatch[]): Consideration => {
    const told: Consideration = { notices: [], withdrawn: [] };
    for (const patch of patches) {
      if (patch.slice === 'links') compareLink(patch.key, patch.value, told);
      if (patch.slice === 'journal' && patch.value !== null && patch.value.state !== journalState)
        compareJournal(patch.value, told);
    }
    return told;
  };

  function compareLink(key: string, link: LinkStatus | null, told: Consideration): void {
    const cause = link?.state.kind === 'stopped' ? link.state.cause : null;
    if (link === null || cause?.code === 'disabled') {
      if (stopped.delete(key)) told.withdrawn.push(linkKey(key));
      if (mending.delete(key) || link === null) told.withdrawn.push(backKey(key));
    } else if (cause !== null) {
      if (stopped.has(key)) return;
      stopped.add(key);
      if (mending.delete(key)) told.withdrawn.push(backKey(key));
      told.notices.push(linkNotice(key, link, cause));
    } else {
      if (stopped.delete(key)) {
        mending.add(key);
        told.withdrawn.push(linkKey(key));
      }
      if (link.state.kind === 'live' && mending.delete(key)) told.notices.push(backNotice(key, link));
    }
  }

  function compareJournal(health: JournalHealth, told: Consideration): void {
    const before = journalState;
    journalState = health.state;
    // A restart is over in moments and loses nothing; what lasts has another state.
    if (health.state === 'restarting') return;
    if (health.state !== 'ok') {
      told.notices.push(journalNotice(health));
      return;
    }
    if (before !== 'restarting') told.withdrawn.push(JOURNAL_KEY);
    if (isUnsafe(before))
      told.notices.push(journalWords('journal-back', JOURNAL_BACK_KEY, t('The journal works again'), ''));
  }

  function linkNotice(key: string, link: LinkStatus, cause: { code: string; message: string }): Considered {
    const { backendId } = link;
    const name = nameOf(desk, backendId);
    const what =
      cause.code === 'credentials'
        ? t('{name} asks for its credentials', { name })
        : t('{name} is not connected any more', { name });
    const occasion = desk.get('backends', backendId)?.watchesOnly === true ? 'feed-stopped' : 'link-stopped';
    return linkWords(occasion, linkKey(key), link, what, cause.message);
  }

  function backNotice(key: string, link: LinkStatus): Considered {
    const what = t('{name} is connected again', { name: nameOf(desk, link.backendId) });
    return linkWords('link-back', backKey(key), link, what, t('Live.'));
  }

  function linkWords(
    occasion: Occasion,
    key: string,
    { backendId, label }: LinkStatus,
    title: string,
    body: string,
  ): Considered {
    return single(occasion, {
      key,
      backendId,
      title: titleText(`${practiceMark(isPractice(desk, backendId))}${title}`),
      body: bodyText(`${told(label)}: ${told(body)}`),
      ...manners(occasion, backendId),
      destination: { place: 'settings', itemId: backendId },
      approvalKey: null,
    });
  }

  function journalNotice({ state, trouble }: JournalHealth): Considered {
    const title = journalTitle(state);
    return journalWords(
      isUnsafe(state) ? 'journal-trouble' : 'journal-mended',
      JOURNAL_KEY,
      title,
      trouble ?? '',
    );
  }

  function journalWords(occasion: Occasion, key: string, title: string, body: string): Considered {
    return single(occasion, {
      key,
      backendId: null,
      title,
      body: bodyText(body),
      ...manners(occasion, null),
      destination: { place: 'journal', itemId: null },
      approvalKey: null,
    });
  }
}

const JOURNAL_KEY = 'journal';
const JOURNAL_BACK_KEY = 'journal/back';
const linkKey = (key: string): string => `link/${key}`;
const backKey = (key: string): string => `link-back/${key}`;

function journalTitle(state: JournalHealth['state']): string {
  switch (state) {
    case 'read-only':
      return t('The journal is read-only');
    case 'rebuilt':
      return t('The journal was rebuilt');
    case 'continued':
      return t('The journal is kept in two files');
    default:
      return t('The journal is in trouble');
  }
}

/** What is written now may be lost. */
const isUnsafe = (state: JournalHealth['state']): boolean => state === 'failing' || state === 'read-only';
