import type { Alert, Severity } from '#shared/domain/alert.ts';
import type { DeskPatch } from '#shared/domain/desk.ts';

import type { DeskReader } from '../../desk/port.ts';
import type { Considered, Consideration } from './considered.ts';
import { MANNERS } from './manners.ts';
import { bodyText, isPractice, nameOf, practiceMark, titleText } from './words.ts';

const RANK: Record<Severity, number> = { low: 0, medium: 1, high: 2, critical: 3 };

interface Known {
  severity: Severity;
  count: number;
  open: boolean;
}

/** High and critical alerts: when they are new, worse or repeated. Acknowledged ones are taken back. */
export function createAlertPolicy(desk: DeskReader) {
  const known = new Map<string, Known>();

  return (patches: readonly DeskPatch[]): Consideration => {
    const notices: Considered[] = [];
    const withdrawn: string[] = [];
    for (const patch of patches) {
      if (patch.slice !== 'alerts') continue;
      const { key, value } = patch;
      const before = known.get(key);
      const isOpen = value?.acknowledgedAtMs === null;
      if (before?.open === true && !isOpen) withdrawn.push(noticeKey(key));
      if (value === null) {
        known.delete(key);
        continue;
      }
      const isWorse = before === undefined || RANK[value.severity] > RANK[before.severity];
      const isRepeated = before !== undefined && value.count > before.count;
      known.set(key, { severity: value.severity, count: value.count, open: isOpen });
      if (isOpen && (isWorse || isRepeated)) notices.push(...noticeFor(key, value));
    }
    return { notices, withdrawn };
  };

  function noticeFor(key: string, alert: Alert): Considered[] {
    const { backendId, severity } = alert;
    if (severity !== 'high' && severity !== 'critical') return [];
    const heading = `${practiceMark(isPractice(desk, backendId))}${nameOf(desk, backendId)}`;
    const times = alert.count > 1 ? ` (${alert.count} times)` : '';
    const title = titleText(`${heading}: ${alert.kind.replaceAll('_', ' ')}${times}`);
    return [
      {
        notice: {
          key: noticeKey(key),
          backendId,
          title,
          body: bodyText(alert.message),
          ...MANNERS[severity === 'critical' ? 'alert-critical' : 'alert-high'],
          destination: { place: 'alerts', itemId: key },
          approvalKey: null,
        },
        // Of its own severity: a critical alert is never joined with lesser ones (L3).
        family: `alerts/${severity}/${backendId}`,
        heading,
        noun: 'alert',
        escalates: severity === 'critical',
      },
    ];
  }
}

const noticeKey = (alertKey: string): string => `alert/${alertKey}`;
