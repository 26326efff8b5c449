import { afterEach, expect, it } from 'vitest';

import { useDeskStore } from '../stores/desk.ts';
import { backendColumn } from './backend-column.tsx';
import { matchesFilter, toCsv } from './table-text.ts';

afterEach(() => useDeskStore.setState(useDeskStore.getInitialState()));

it('a backend is found, sorted and saved by the name that stands in the table, and by its id once it is gone', () => {
  const bot = { id: 'bot-7', kind: 'coinruler', name: 'Night bot', address: 'http://127.0.0.1:9' };
  const { slices } = useDeskStore.getState();
  const backends = new Map([
    [bot.id, { ...bot, colour: '#4fd1a5', practice: false, enabled: true, allowPlainHttp: false }],
  ]);
  useDeskStore.setState({ slices: { ...slices, backends } });
  const columns = [backendColumn((id: string) => id)];
  expect(matchesFilter(columns, 'bot-7', 'night')).toBe(true);
  expect(toCsv(columns, ['bot-7', 'gone'])).toBe('"Backend"\r\n"Night bot"\r\n"gone"\r\n');
});
