import { describe, expect, it } from 'vitest';

import type { JournalKind } from '#shared/domain/journal/journal.ts';

import { createOutbox } from './outbox.ts';
import type { Operation } from './protocol.ts';

const entry =
  (entryKind: JournalKind, data = '{}') =>
  (number: number): Operation => ({
    kind: 'entry',
    number,
    atMs: 0,
    entryKind,
    backendId: null,
    summary: `${number}`,
    data,
  });

const numbers = (operations: readonly Operation[]): number[] =>
  operations.map((operation) => operation.number);

const nobody = { written: () => undefined, failed: () => undefined };

describe('the outbox', () => {
  it('holds everything until it is acknowledged, in order', () => {
    const outbox = createOutbox();
    for (let count = 0; count < 5; count += 1) outbox.add(entry('alert'));
    expect(numbers(outbox.peek(3).bulk)).toEqual([1, 2, 3]);
    outbox.acknowledge({ bulk: 2, prompt: 0 });
    expect(numbers(outbox.peek(9).bulk)).toEqual([3, 4, 5]);
    outbox.acknowledge({ bulk: 5, prompt: 0 });
    expect(outbox.size()).toBe(0);
  });

  it('D7 turns away what is over its bounds, and counts it', () => {
    const outbox = createOutbox({ operations: 3, bytes: 1_000_000 });
    for (let count = 0; count < 5; count += 1) outbox.add(entry('link'));
    expect(outbox.size()).toBe(3);
    expect(outbox.takeLost()).toBe(2);
    expect(outbox.takeLost()).toBe(0);
  });

  it('D7 bounds bytes as well as numbers', () => {
    const outbox = createOutbox({ operations: 1_000, bytes: 10_000 });
    for (let count = 0; count < 10; count += 1) outbox.add(entry('link', 'x'.repeat(1_500)));
    expect(outbox.size()).toBe(3);
  });

  it('D7 keeps room for what is journaled whole, and always takes what somebody waits for', () => {
    const outbox = createOutbox({ operations: 2, bytes: 1_000_000 });
    for (let count = 0; count < 3; count += 1) outbox.add(entry('portfolio'));
    for (const kind of ['command', 'panic', 'trade'] as const) outbox.add(entry(kind));
    expect(outbox.size()).toBe(4);
    expect(outbox.add(entry('panic'), nobody)).not.toBeNull();
    expect(outbox.takeLost()).toBe(2);
  });

  it('K15 tells who waits: written when acknowledged, or refused while the operation stays', () => {
    const outbox = createOutbox();
    const told: string[] = [];
    const wait = (name: string) => ({
      written: () => void told.push(`${name} written`),
      failed: (words: string) => void told.push(`${name} ${words}`),
    });
    outbox.add(entry('panic'), wait('first'));
    outbox.add(entry('alert'));
    expect(outbox.peek(2)).toMatchObject({ bulk: [{ number: 1 }], prompt: [{ number: 1 }] });
    outbox.refuse('disk full');
    expect(outbox.urgent()).toBe(false);
    outbox.add(entry('panic'), wait('second'));
    outbox.acknowledge({ bulk: 0, prompt: 2 });
    expect(told).toEqual(['first disk full', 'second written']);
  });

  it('K15 lets what somebody waits for go ahead of a flood, else with what was queued before', () => {
    const outbox = createOutbox();
    for (let count = 0; count < 3; count += 1) outbox.add(entry('alert'));
    outbox.add(entry('command'), nobody);
    expect(outbox.peek(3)).toMatchObject({ bulk: [{}, {}, {}], prompt: [{ number: 1 }] });
    expect(outbox.peek(2)).toMatchObject({ bulk: [], prompt: [{ number: 1, entryKind: 'command' }] });
    outbox.acknowledge({ bulk: 0, prompt: 1 });
    expect(numbers(outbox.peek(2).bulk)).toEqual([1, 2]);
    expect(outbox.size()).toBe(3);
  });

  it('knows the newest value that is still on its way', () => {
    const outbox = createOutbox();
    const memory =
      (value: string) =>
      (number: number): Operation => ({ kind: 'memory', number, key: 'panic', value });
    outbox.add(memory('1'), nobody);
    outbox.add(memory('2'), nobody);
    expect(outbox.pendingMemory('panic')).toBe('2');
    expect(outbox.pendingMemory('other')).toBeUndefined();
    outbox.acknowledge({ bulk: 0, prompt: 2 });
    expect(outbox.pendingMemory('panic')).toBeUndefined();
  });
});
