import { describe, expect, it } from 'vitest';

import { shareReading } from './share-reading.ts';

/** A reading whose answers are held back; it answers how many there were when it was asked. */
function heldBack(): { read: () => Promise<number>; asked: () => number; answer(): void; fail(): void } {
  const waiting: { resolve: (count: number) => void; reject: (error: Error) => void }[] = [];
  let count = 0;
  return {
    read: () => {
      count += 1;
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    asked: () => count,
    answer: () => waiting.shift()?.resolve(count),
    fail: () => waiting.shift()?.reject(new Error('lost')),
  };
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

describe('a shared reading', () => {
  it('§7.6 thirty that ask at once cost two requests', async () => {
    const source = heldBack();
    const ask = shareReading(source.read);
    const all = Promise.all(Array.from({ length: 30 }, ask));
    expect(source.asked()).toBe(1);
    source.answer();
    await settled();
    expect(source.asked()).toBe(2);
    source.answer();
    expect(await all).toEqual([1, ...Array.from({ length: 29 }, () => 2)]);
  });

  it('A5 nobody is given an answer that was asked before they asked', async () => {
    const source = heldBack();
    const ask = shareReading(source.read);
    const first = ask();
    const second = ask();
    source.answer();
    expect(await first).toBe(1);
    await settled();
    source.answer();
    expect(await second).toBe(2);
  });

  it('one that fails does not fail the next', async () => {
    const source = heldBack();
    const ask = shareReading(source.read);
    const first = ask();
    const second = ask();
    source.fail();
    await expect(first).rejects.toThrow('lost');
    await settled();
    source.answer();
    expect(await second).toBe(2);
    const third = ask();
    expect(source.asked()).toBe(3);
    source.answer();
    expect(await third).toBe(3);
  });
});
