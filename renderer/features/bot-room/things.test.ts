import { describe, expect, it } from 'vitest';

import type { Concern, FieldDescriptor } from '#shared/domain/backends/backend.ts';
import type { WatchList } from '#shared/domain/alerts/volume.ts';

import type { ThingSlices } from './things.ts';
import { fieldsWithThings, thingsOf } from './things.ts';

const NOTHING: ThingSlices = {
  models: new Map(),
  runs: new Map(),
  traders: new Map(),
  positions: new Map(),
  watchLists: new Map(),
  thresholds: new Map(),
};
const list = (id: string, name: string, backendId = 'bot'): [string, WatchList] => [
  `${backendId}/${id}`,
  { backendId, id, name, symbols: [], limits: null, receivedAtMs: 0 },
];
const LISTS: ThingSlices = {
  ...NOTHING,
  watchLists: new Map([
    list('1', 'Majors'),
    list('2', 'Memes'),
    list('3', 'Majors'),
    list('4', 'Others', 'other'),
  ]),
};

const name: FieldDescriptor = { name: 'name', label: 'Name', type: 'text', required: true };
const id: FieldDescriptor = { name: 'watchListId', label: 'Watch list', type: 'text', required: true };
const concerns: Concern = { thing: 'watch-list', param: 'watchListId' };

describe('the thing that an act is about', () => {
  it('is chosen by its name among those of the backend; two of one name are told apart by their ids', () => {
    expect(thingsOf('watch-list', 'bot', LISTS)).toEqual([
      { value: '3', label: 'Majors (3)' },
      { value: '2', label: 'Memes' },
      { value: '1', label: 'Majors (1)' },
    ]);
    const [asked, ...others] = fieldsWithThings({ params: [id, name], concerns }, 'bot', LISTS);
    expect(asked).toMatchObject({ name: 'watchListId', type: 'choice', required: true });
    expect(asked?.choices?.map(({ value }) => value)).toEqual(['3', '2', '1']);
    expect(others).toEqual([name]);
  });

  it('is the first question also where the act describes no field for it', () => {
    expect(fieldsWithThings({ params: [name], concerns }, 'bot', LISTS).map((field) => field.name)).toEqual([
      'watchListId',
      'name',
    ]);
  });

  it('stays a text where the desk knows none, where what is known is not listed, and a choice that the backend gives stays', () => {
    expect(fieldsWithThings({ params: [id], concerns }, 'bot', NOTHING)).toEqual([id]);
    expect(fieldsWithThings({ params: [id], concerns }, 'bot', LISTS, { watchListId: '9' })).toEqual([id]);
    const own: FieldDescriptor = { ...id, type: 'choice', choicesFrom: 'lists' };
    expect(fieldsWithThings({ params: [own], concerns }, 'bot', LISTS)).toEqual([own]);
    expect(fieldsWithThings({ params: [name] }, 'bot', LISTS)).toEqual([name]);
  });
});
