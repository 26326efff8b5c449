import { beforeEach, describe, expect, it } from 'vitest';

import { toast, useToasts } from './toasts.ts';

const told = () => useToasts.getState().toasts;

beforeEach(() => useToasts.setState({ toasts: [] }));

describe('what is told', () => {
  it('stands in the order in which it came', () => {
    toast('one');
    toast.error('two', { description: 'why' });
    expect(told().map(({ kind, title, description }) => [kind, title, description])).toEqual([
      ['info', 'one', ''],
      ['error', 'two', 'why'],
    ]);
  });

  it('takes the place of an earlier one under the same id, with nothing left of it', () => {
    toast.error('halting', {
      id: 'panic',
      duration: Number.POSITIVE_INFINITY,
      action: { label: 'Open', onClick: () => {} },
    });
    toast('later');
    toast.success('ended', { id: 'panic' });
    expect(told().map(({ title }) => title)).toEqual(['ended', 'later']);
    expect(told()[0]).toEqual({ id: 'panic', kind: 'success', title: 'ended', description: '' });
  });

  it('is taken away by its id, and nothing else with it', () => {
    toast('stays');
    toast('goes', { id: 'one' });
    toast.dismiss('one');
    toast.dismiss('never told');
    expect(told().map(({ title }) => title)).toEqual(['stays']);
  });
});
