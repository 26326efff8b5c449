import { describe, expect, it } from 'vitest';

import { memberName, memberNames } from './member-name.ts';
import { KNOWN_NAMES } from './member-names-known.ts';

describe('names of the members of an answer', () => {
  it('are words of the catalogue, however the backend spells them', () => {
    expect(['maxDrawdown', 'max_drawdown', 'summary.maxDrawdown'].map(memberName)).toEqual(
      Array(3).fill('Largest drawdown'),
    );
  });

  it('are known for all that a copy-trading server says of the person’s portfolio', () => {
    const said =
      'totalValue dayChange activePositions followingCount profitableTrades avgWinSize avgLossSize chartData';
    for (const name of said.split(' ')) expect(KNOWN_NAMES.has(name.toLowerCase()), name).toBe(true);
  });

  it('are the name itself in words where nobody knows it', () => {
    expect(memberName('trigger.coolness')).toBe('Coolness');
    expect(memberName('constructor')).toBe('Constructor');
    expect(memberName('')).toBe('');
  });

  it('say what they are in only where two would have the same name', () => {
    expect(memberNames(['trigger.type', 'action.type', 'risk.maxPositionPct'])).toEqual([
      'Trigger',
      'Action',
      'Largest position',
    ]);
    expect(memberNames(['type', 'exit.size', 'entry.size', 'report.size'])).toEqual([
      'Type',
      'Exit · Size',
      'Entry · Size',
      'Size',
    ]);
  });
});
