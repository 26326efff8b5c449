import { expect, it } from 'vitest';

import { labelsWithRoom } from './marker-labels.ts';

const below = (x: number | null, text: string) => ({ x, text, side: 'belowBar' });
const above = (x: number | null, text: string) => ({ x, text, side: 'aboveBar' });

it('labels that would run over each other give way to the newest', () => {
  const crowded = [below(400, 'Predicted up'), below(420, 'Predicted up'), below(440, 'Predicted down')];
  expect(labelsWithRoom(crowded, 800)).toEqual([false, false, true]);
  expect(labelsWithRoom([below(200, 'Buy'), below(400, 'Buy'), below(600, 'Buy')], 800)).toEqual([
    true,
    true,
    true,
  ]);
});

it('a label that is left out leaves its room to the one before it', () => {
  expect(labelsWithRoom([below(300, 'Buy'), below(390, 'Predicted up'), below(420, 'Buy')], 800)).toEqual([
    true,
    false,
    true,
  ]);
});

it('labels above and below do not meet', () => {
  expect(labelsWithRoom([above(400, 'Sell'), below(400, 'Predicted up')], 800)).toEqual([true, true]);
});

it('no label is cut by an edge, and none stands at a time that is not drawn', () => {
  expect(labelsWithRoom([above(4, 'Sell'), above(400, 'Sell'), above(798, 'Sell')], 800)).toEqual([
    false,
    true,
    false,
  ]);
  expect(labelsWithRoom([above(null, 'Sell')], 800)).toEqual([false]);
});
