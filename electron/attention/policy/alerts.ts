import type { Alert, Severity } from '#shared/domain/alerts/alert.ts';
import { alertOccasion } from '#shared/domain/attention/alert-occasion.ts';
import { isGraver } from '#shared/domain/attention/attention-policy.ts';
import type { DeskPatch } from '#shared/domain/desk.ts';
import { entryKey } from '#shared/domain/desk.ts';
import { alertKindWords } from '#shared/domain/alerts/alert-words.ts';
import { t } from '#shared/words.ts';

import type { DeskReader } from '../../desk/port.ts';
import type { Considered, Consideration } from './considered.ts';
import type { Manners } from './manners.ts';
import { bodyText, isPractice, nameOf, practiceMark, titleText } from './words.ts';

interface Known {
  severity: Severity;
  count: number;
  open: boolean;
}

/** Alerts of backends: when they are new, worse or repeated. Acknowledged ones are taken back. */
export function createAlertPolicy(desk: DeskReader, startedAtMs: number, manners: Manners) {
  const known = new Map<string, Known>();

  return (patches: readonly DeskPatch[]): Consideration => {
    const notices: Considered[] = [];
    const withdrawn: string[] = [];
    for (const patch of patches) {
      if (patch.slice !== 'alerts') continue;
      const { key, value } = patch;
      const before = known.get(key);
      const isOpen = value?.acknowledgedAtMs === null;
      if (before?.open === true && !isOpen) withdrawn.push(alertNoticeKey(key));
      if (value === null) {
        known.delete(key);
        continue;
      }
      const isWorse = before === undefined || isGraver(value.severity, before.severity);
      const isRepeated = before !== undefined && value.count > before.count;
      known.set(key, { severity: value.severity, count: value.count, open: isOpen });
      if (!isOpen || !(isWorse || isRepeated)) continue;
      const considered = alertNotice(desk, manners, key, value);
      // Brought back from before the start: nobody has dealt with it.
      const isOld = value.receivedAtMs < startedAtMs;
      notices.push(isOld ? stillOpen(considered) : considered);
    }
    return { notices, withdrawn };
  };
}

function stillOpen(considered: Considered): Considered {
  const { notice } = considered;
  return {
    ...considered,
    notice: { ...notice, title: titleText(t('Still open: {title}', { title: notice.title })) },
  };
}

const alertNoticeKey = (alertKey: string): string => `alert/${alertKey}`;

/** One alert in the words of a notice. */
export function alertNotice(desk: DeskReader, manners: Manners, key: string, alert: Alert): Considered {
  const { backendId, kind, groupKey } = alert;
  const occasion = alertOccasion(alert);
  const { severity, sound } = manners(occasion, backendId, alert.severity);
  const heading = `${practiceMark(isPractice(desk, backendId))}${nameOf(desk, backendId)}`;
  const times = alert.count > 1 ? ` ${t('({count} times)', { count: alert.count })}` : '';
  return {
    notice: {
      key: alertNoticeKey(key),
      backendId,
      title: titleText(`${heading}: ${alertKindWords(kind)}${times}`),
      body: bodyText(alert.message),
      severity,
      sound,
      destination: { place: 'alerts', itemId: key },
      approvalKey: null,
    },
    occasion,
    alert: { kind, group: entryKey(backendId, groupKey), severity: alert.severity },
    // Of its own severity: a critical alert is never joined with lesser ones (L3).
    family: `alerts/${occasion}/${severity}/${backendId}`,
    heading,
    noun: 'alert',
    escalates: severity === 'critical',
  };
}
