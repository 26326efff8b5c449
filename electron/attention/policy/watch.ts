import type { DeskPatch } from '#shared/domain/desk.ts';
import type { Occasion } from '#shared/domain/attention/occasions/occasions.ts';
import type { WatchedLimit, WatchState } from '#shared/domain/panic/watch.ts';
import { waitingLimits } from '#shared/domain/panic/waiting-limits.ts';
import { told } from '#shared/told.ts';
import { t } from '#shared/words.ts';

import type { DeskReader } from '../../desk/port.ts';
import { type Considered, type Consideration, single } from './considered.ts';
import type { Manners } from './manners.ts';
import { bodyText, nameOf, practiceMark, titleText } from './words.ts';

/**
 * Limits that press PANIC: that one is near, was crossed without a press, cannot be watched, or waits for a person after the
 * resume; and that the heartbeat does not arrive. A press itself is told by PANIC, in the limit's words.
 */
export function createWatchPolicy(desk: DeskReader, manners: Manners) {
  let last: WatchState | undefined;
  let wasLatched = false;

  return (patches: readonly DeskPatch[]): Consideration => {
    const notices: Considered[] = [];
    const withdrawn: string[] = [];
    for (const patch of patches) {
      if (patch.slice === 'watch' && patch.value !== null) {
        const before = last;
        last = patch.value;
        for (const limit of last.limits) compareLimit(limit, before, { notices, withdrawn });
        for (const { id } of before?.limits ?? [])
          if (!last.limits.some((limit) => limit.id === id)) withdrawn.push(keyOf(id));
        compareHeartbeat(last, before, { notices, withdrawn });
        if (waitingLimits(last, wasLatched).length === 0) withdrawn.push(WAITING_KEY);
      }
      if (patch.slice === 'panic') {
        const isLatched = patch.value?.kind === 'latched';
        const waiting = waitingLimits(last, isLatched);
        if (wasLatched && !isLatched && waiting.length > 0) notices.push(waitingNotice(waiting));
        wasLatched = isLatched;
      }
    }
    return { notices, withdrawn };
  };

  function compareLimit(limit: WatchedLimit, state: WatchState | undefined, told: Consideration): void {
    const before = state?.limits.find(({ id }) => id === limit.id);
    const was = before?.phase ?? 'armed';
    if (limit.phase === 'warned' && was === 'armed') told.notices.push(nearNotice(limit));
    if (limit.phase === 'fired' && was !== 'fired' && limit.fired?.pressed === false)
      told.notices.push(notPressedNotice(limit, limit.fired.words));
    if (limit.phase === 'armed' && was !== 'armed') {
      told.withdrawn.push(keyOf(limit.id));
      told.notices.push(
        clearedNotice(
          limit,
          t('Within bounds again: {limit}', { limit: limit.sentence || subjectOf(limit) }),
        ),
      );
    } else if (limit.phase !== 'armed') told.withdrawn.push(clearedKey(limit.id));
    if (limit.unwatched && before?.unwatched !== true)
      told.notices.push(
        notice('limit-unwatched', `${keyOf(limit.id)}/unwatched`, {
          title: t('A limit of yours cannot be watched: {limit}', { limit: subjectOf(limit) }),
          body: limit.blind ?? '',
        }),
      );
    if (!limit.unwatched && before?.unwatched === true) {
      told.withdrawn.push(`${keyOf(limit.id)}/unwatched`);
      told.notices.push(
        clearedNotice(limit, t('Watched again: your limit {limit}', { limit: subjectOf(limit) })),
      );
    }
  }

  function compareHeartbeat(
    { heartbeat }: WatchState,
    before: WatchState | undefined,
    told: Consideration,
  ): void {
    const was = before?.heartbeat.state ?? 'off';
    if (heartbeat.state === was) return;
    if (heartbeat.state === 'failing') {
      told.notices.push(
        notice('heartbeat-failing', HEARTBEAT_KEY, {
          title: t('The heartbeat does not arrive'),
          body: heartbeat.trouble ?? '',
        }),
      );
    } else if (was === 'failing') {
      told.withdrawn.push(HEARTBEAT_KEY);
      if (heartbeat.state === 'ok')
        told.notices.push(
          notice('heartbeat-back', `${HEARTBEAT_KEY}/back`, {
            title: t('The heartbeat arrives again'),
            body: '',
          }),
        );
    }
  }

  function nearNotice(limit: WatchedLimit): Considered {
    return notice('limit-near', keyOf(limit.id), {
      title: t('Near your limit: {limit}', { limit: sentenceOf(limit) }),
      body: t('At the limit PANIC is pressed for you.'),
    });
  }

  function notPressedNotice(limit: WatchedLimit, words: string): Considered {
    const why =
      desk.get('panic', 'panic')?.kind === 'latched'
        ? t('PANIC is on already.')
        : t('It was so when the limit was set.');
    return notice('limit-not-pressed', keyOf(limit.id), {
      title: t('Past your limit, and PANIC was not pressed for it: {words}', { words: told(words) }),
      body: `${why} ${t('It is not watched until it is within bounds or you arm it again.')}`,
    });
  }

  function waitingNotice(waiting: readonly WatchedLimit[]): Considered {
    return notice('limit-not-pressed', WAITING_KEY, {
      title: t('Resumed, and {count, plural, one {# limit} other {# limits}} not watched', {
        count: waiting.length,
      }),
      body: t('{limits}. Arm again or change it in Settings.', {
        limits: waiting.map(sentenceOf).join('; '),
      }),
    });
  }

  const clearedNotice = (limit: WatchedLimit, title: string): Considered =>
    notice('limit-cleared', clearedKey(limit.id), { title, body: '' });

  const subjectOf = ({ backendId }: WatchedLimit): string =>
    backendId === null ? t('of money') : t('data of {name}', { name: nameOf(desk, backendId) });

  const sentenceOf = ({ sentence, fired }: WatchedLimit): string => told(fired?.words ?? sentence);

  function notice(
    occasion: Occasion,
    key: string,
    { title, body }: { title: string; body: string },
  ): Considered {
    return single(occasion, {
      key,
      backendId: null,
      title: titleText(`${practiceMark(last?.practice ?? false)}${title}`),
      body: bodyText(body),
      ...manners(occasion, null),
      destination: { place: 'settings', itemId: 'watch' },
      approvalKey: null,
    });
  }
}

const HEARTBEAT_KEY = 'heartbeat';
const WAITING_KEY = 'limits-waiting';
const clearedKey = (limitId: string): string => `limit-cleared/${limitId}`;
const keyOf = (limitId: string): string => `limit/${limitId}`;
