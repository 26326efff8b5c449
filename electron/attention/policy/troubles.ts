import type { DeskPatch } from '#shared/domain/desk.ts';
import type { JournalHealth } from '#shared/domain/journal.ts';
import type { LinkStatus } from '#shared/domain/link.ts';

import type { DeskReader } from '../../desk/port.ts';
import { type Considered, type Consideration, single } from './considered.ts';
import { MANNERS } from './manners.ts';
import { bodyText, isPractice, nameOf, practiceMark, titleText } from './words.ts';

/** What needs a person to go on: a link that stopped for good (D2), and trouble of the journal (D6). */
export function createTroublePolicy(desk: DeskReader) {
  const stopped = new Set<string>();
  let journalState: JournalHealth['state'] = 'ok';

  return (patches: readonly DeskPatch[]): Consideration => {
    const notices: Considered[] = [];
    const withdrawn: string[] = [];
    for (const patch of patches) {
      if (patch.slice === 'links') {
        const { key, value } = patch;
        const cause = value?.state.kind === 'stopped' ? value.state.cause : null;
        if (value === null || cause === null || cause.code === 'disabled') {
          if (stopped.delete(key)) withdrawn.push(linkKey(key));
        } else if (!stopped.has(key)) {
          stopped.add(key);
          notices.push(linkNotice(key, value, cause));
        }
      }
      if (patch.slice === 'journal' && patch.value !== null && patch.value.state !== journalState) {
        journalState = patch.value.state;
        if (journalState === 'ok') withdrawn.push(JOURNAL_KEY);
        // A restart is over in moments and loses nothing; what lasts has another state.
        else if (journalState !== 'restarting') notices.push(journalNotice(patch.value));
      }
    }
    return { notices, withdrawn };
  };

  function linkNotice(key: string, link: LinkStatus, cause: { code: string; message: string }): Considered {
    const { backendId } = link;
    const name = nameOf(desk, backendId);
    const what =
      cause.code === 'credentials' ? `${name} asks for its credentials` : `${name} is not connected any more`;
    return single({
      key: linkKey(key),
      backendId,
      title: titleText(`${practiceMark(isPractice(desk, backendId))}${what}`),
      body: bodyText(`${link.label}: ${cause.message}`),
      ...MANNERS['link-stopped'],
      destination: { place: 'settings', itemId: backendId },
      approvalKey: null,
    });
  }
}

const JOURNAL_KEY = 'journal';
const linkKey = (key: string): string => `link/${key}`;

function journalNotice(health: JournalHealth): Considered {
  const titles: Partial<Record<JournalHealth['state'], string>> = {
    'read-only': 'The journal is read-only',
    rebuilt: 'The journal was rebuilt',
    continued: 'The journal is kept in two files',
  };
  const { state } = health;
  return single({
    key: JOURNAL_KEY,
    backendId: null,
    title: titles[state] ?? 'The journal is in trouble',
    body: bodyText(health.trouble ?? ''),
    ...MANNERS['journal-trouble'],
    destination: { place: 'journal', itemId: null },
    approvalKey: null,
  });
}
