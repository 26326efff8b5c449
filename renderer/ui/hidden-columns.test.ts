import { expect, it } from 'vitest';

import { readHidden } from './hidden-columns.ts';

it('what is kept of hidden columns is read, and garbage hides nothing', () => {
  expect([...readHidden('["age","share"]')]).toEqual(['age', 'share']);
  for (const text of [null, '', '{', '{"a":1}', 'null', '7', '"age"'])
    expect([...readHidden(text)]).toEqual([]);
  expect([...readHidden('[1,null,"age",{}]')]).toEqual(['age']);
});

it('before the person chose any column the spare ones are hidden, and none of them once they did', () => {
  expect([...readHidden(null, ['id'])]).toEqual(['id']);
  expect([...readHidden('[]', ['id'])]).toEqual([]);
});
