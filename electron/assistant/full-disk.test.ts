import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { expect, it } from 'vitest';

import { startAssistantBench } from './testing/assistant-bench.ts';
import { useModelBench } from './testing/model-bench.ts';
import { calls, says } from './testing/model-server.ts';

const at = useModelBench();

it('D6 what the disk refuses is said at once, stays while the desk runs, and is written with the next that it takes', async () => {
  at.server.play(says('one'), says('two'), says('three'));
  const first = await at.bench.ask('first');
  // Somebody else holds the file for writing: SQLite refuses, as it does where there is no room.
  const other = new DatabaseSync(join(at.bench.folder, 'conversations.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  const second = await at.bench.ask('second', { parentId: first.id });
  const told = () => at.bench.events.flatMap((event) => (event.kind === 'trouble' ? [event.trouble] : []));
  expect(told()).toEqual([expect.stringContaining('The disk refuses')]);
  expect(at.bench.read().turns.map(({ content }) => content)).toEqual(['first', 'one', 'second', 'two']);
  expect(other.prepare('SELECT count(*) AS turns FROM turns').get()).toEqual({ turns: 2 });

  other.exec('ROLLBACK');
  other.close();
  await at.bench.ask('third', { parentId: second.id });
  expect(told().at(-1)).toBeNull();
  const after = startAssistantBench({ folder: at.bench.folder });
  expect(after.read().turns.map(({ content }) => content)).toEqual([
    'first',
    'one',
    'second',
    'two',
    'third',
    'three',
  ]);
  after.stop();
});

it('D6 a file that cannot be written at the start is left where it is, and is read', async () => {
  at.server.play(says('one'));
  await at.bench.ask('first');
  const other = new DatabaseSync(join(at.bench.folder, 'conversations.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  const after = startAssistantBench({ folder: at.bench.folder });
  expect(after.read().turns.map(({ content }) => content)).toEqual(['first', 'one']);
  expect(readdirSync(at.bench.folder).filter((name) => name.includes('damaged'))).toEqual([]);
  after.stop();
  other.close();
});

it('D6 a file that somebody else holds for themselves is no damage: it is left where it is, and that is said', async () => {
  at.server.play(says('one'));
  await at.bench.ask('first');
  at.bench.stop();
  const other = new DatabaseSync(join(at.bench.folder, 'conversations.sqlite'));
  other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  const meanwhile = startAssistantBench({ folder: at.bench.folder });
  expect(meanwhile.assistant.conversations('')).toEqual({
    conversations: [],
    trouble: expect.stringContaining('until Quarterdeck is closed only') as string,
  });
  meanwhile.stop();
  other.close();
  const after = startAssistantBench({ folder: at.bench.folder });
  expect(after.read().turns.map(({ content }) => content)).toEqual(['first', 'one']);
  after.stop();
});

it('a card that is taken while its conversation is removed brings nothing of it back', async () => {
  at.server.play(
    calls({
      name: 'propose_price_alert',
      args: { symbol: 'BTC', condition: { kind: 'below', price: '50000' }, reason: 'asked for' },
    }),
    says('A card.'),
  );
  const turn = await at.bench.ask('Tell me when it falls');
  const taken = at.bench.assistant.settleProposal('conversation-1', turn.id, turn.proposals[0]!.id, 'take');
  at.bench.assistant.remove('conversation-1');
  await taken;
  expect(at.bench.priceAlerts).toHaveLength(1);
  const file = new DatabaseSync(join(at.bench.folder, 'conversations.sqlite'));
  expect(file.prepare('SELECT count(*) AS turns FROM turns').get()).toEqual({ turns: 0 });
  file.close();
});
