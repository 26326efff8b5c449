import { describe, expect, it } from 'vitest';

import { valueWord } from './value-word.ts';

describe('a word of a server', () => {
  it('is said as a person says it, and taken apart where nobody knows it', () => {
    expect(valueWord('status', 'filled')).toBe('Filled');
    expect(valueWord('rule', 'profit_taking_threshold')).toBe('Profit taking threshold');
    expect(valueWord('service', 'mongodb')).toBe('MongoDB');
  });

  it('stays as it is where it is a name, an id or a text', () => {
    expect(valueWord('name', 'auto')).toBe('auto');
    expect(valueWord('modelId', 'my_model')).toBe('my_model');
    expect(valueWord('note', 'Sell auto parts')).toBe('Sell auto parts');
    expect(valueWord('service', 'acme_cloud')).toBe('acme_cloud');
  });
});
