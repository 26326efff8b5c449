import type { Json } from '../port.ts';
import { cleanJson, flatRow } from '../../lib/clean.ts';
import type { ReadDefinition } from './read-definition.ts';
import { getRead, member, rows, rowsUnder } from '../kit/reading.ts';
import { serviceField, serviceParam } from './rotation-acts.ts';

/** Keys and reports (§4.5, §4.7). */
export const upkeepReads: readonly ReadDefinition[] = [
  getRead(
    'table',
    {
      id: 'rotation',
      group: 'Credentials',
      label: 'Key rotation',
      help: 'When each key was and will be replaced.',
    },
    '/rotation/status',
    rows,
  ),
  getRead(
    'table',
    {
      id: 'rotation.policies',
      group: 'Credentials',
      label: 'Stored policies',
      help: 'All policies that are stored.',
      caution:
        'The shipped server reads these from a place where it never writes; ask for a single service instead.',
    },
    '/rotation/policies',
    rowsUnder('policies'),
  ),
  getRead(
    'detail',
    {
      id: 'rotation.policy',
      group: 'Credentials',
      label: 'Policy of a service',
      help: 'How often its key is replaced.',
      params: [serviceField],
    },
    (params) => `/rotation/policy/${serviceParam(params)}`,
  ),
  getRead(
    'detail',
    { id: 'rotation.scheduler', group: 'Credentials', label: 'Rotation scheduler', help: 'Whether it runs.' },
    '/rotation/scheduler',
  ),
  getRead(
    'table',
    {
      id: 'reports',
      group: 'Reports',
      label: 'Daily reports',
      help: 'The last seven days, up to three reports a day.',
      figures: { profitRealized: 'usd-change', change24h: 'usd-change', volatility: 'percent' },
    },
    '/report/daily',
    reportRows,
  ),
  getRead(
    'detail',
    {
      id: 'reports.learning',
      group: 'Reports',
      label: 'What was learned today',
      help: 'Performance of the day, lessons and recommendations.',
      figures: { profitRealized: 'usd-change', change24h: 'usd-change', volatility: 'percent' },
      caution:
        'CoinRuler writes a new report each time this is asked. Its changes read -100 % when the last snapshot has no total.',
      free: false,
    },
    '/reports/daily-learning',
  ),
];

function reportRows(answer: Json): Json {
  const days = member(cleanJson(answer), 'days');
  if (!Array.isArray(days)) return [];
  return rows(
    days.flatMap((day) => {
      const samples = member(day, 'samples');
      const dayName = member(day, 'day') ?? null;
      const list = Array.isArray(samples) && samples.length > 0 ? samples : [{}];
      return list.map((sample) => {
        // The day says both.
        const { type: _type, date: _date, ...report } = flatRow(sample);
        return { day: dayName, reports: member(day, 'count') ?? null, report };
      });
    }),
  );
}
