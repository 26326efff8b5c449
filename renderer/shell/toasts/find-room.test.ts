import { describe, expect, it } from 'vitest';

import { findRoom } from './find-room.ts';

const PLACE = { top: 50, bottom: 700 };

describe('room for notices', () => {
  it('is at the foot of the place where nothing is decided there', () => {
    expect(findRoom(100, 40, PLACE, [])).toEqual({ bottom: 700, folded: false });
    expect(findRoom(100, 40, PLACE, [{ top: 60, bottom: 120 }])).toEqual({ bottom: 700, folded: false });
  });

  it('is over what is decided at the foot, and under it where there is enough', () => {
    expect(findRoom(100, 40, PLACE, [{ top: 620, bottom: 700 }])).toEqual({ bottom: 620, folded: false });
    expect(findRoom(100, 40, PLACE, [{ top: 480, bottom: 560 }])).toEqual({ bottom: 700, folded: false });
    expect(findRoom(100, 40, PLACE, [{ top: 560, bottom: 640 }])).toEqual({ bottom: 560, folded: false });
  });

  it('is one line where all of them have none, and the lowest such line', () => {
    const taken = [
      { top: 120, bottom: 200 },
      { top: 240, bottom: 700 },
    ];
    expect(findRoom(100, 40, PLACE, taken)).toEqual({ bottom: 240, folded: true });
  });

  it('is at the top where everything is taken, and what overlaps counts once', () => {
    const taken = [
      { top: 0, bottom: 400 },
      { top: 300, bottom: 350 },
      { top: 380, bottom: 900 },
    ];
    expect(findRoom(100, 40, PLACE, taken)).toEqual({ bottom: 90, folded: true });
  });
});
