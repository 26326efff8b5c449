import { describe, expect, it } from 'vitest';

import { createStreamBuffer } from './stream-buffer.ts';

function setUp() {
  const frames: (() => void)[] = [];
  const published: [string, string][] = [];
  const buffer = createStreamBuffer(
    (run) => frames.push(run),
    (streamId, text) => published.push([streamId, text]),
  );
  return { buffer, frames, published };
}

describe('streamed answers', () => {
  it('draws a thousand pieces of one frame once', () => {
    const { buffer, frames, published } = setUp();
    buffer.open('a');
    for (let piece = 0; piece < 1_000; piece += 1) buffer.append('a', 'x');
    expect(frames).toHaveLength(1);
    frames[0]?.();
    expect(published).toEqual([['a', 'x'.repeat(1_000)]]);
  });

  it('hands out at the end what no frame has shown yet', () => {
    const { buffer, frames, published } = setUp();
    buffer.open('a');
    buffer.append('a', 'one ');
    frames[0]?.();
    buffer.append('a', 'two');
    expect(buffer.close('a')).toBe('one two');
    frames[1]?.();
    expect(published).toEqual([['a', 'one ']]);
  });

  it('takes nothing for an answer that was stopped, and closes it once', () => {
    const { buffer, frames } = setUp();
    buffer.open('a');
    buffer.close('a');
    expect(buffer.append('a', 'late')).toBe(false);
    expect(buffer.close('a')).toBeNull();
    expect(frames).toHaveLength(0);
  });

  it('keeps two answers apart', () => {
    const { buffer, frames, published } = setUp();
    buffer.open('a');
    buffer.open('b');
    buffer.append('a', '1');
    buffer.append('b', '2');
    frames[0]?.();
    expect(published).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
  });
});
