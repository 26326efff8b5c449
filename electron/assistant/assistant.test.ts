import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { branchOf } from '#shared/domain/assistant/assistant.ts';

import { MODEL, startAssistantBench } from './testing/assistant-bench.ts';
import { useModelBench } from './testing/model-bench.ts';
import { beginStream, endStream, says, sendText, startModelServer } from './testing/model-server.ts';
import { eventually } from './testing/turns.ts';

const at = useModelBench();

describe('an answer', () => {
  it('arrives piece by piece, whole, with what it took', async () => {
    at.server.play(says('The desk is **calm**.'));
    const turn = await at.bench.ask('How are things?');
    expect(turn).toMatchObject({
      content: 'The desk is **calm**.',
      end: 'complete',
      trouble: null,
      by: 'test-model',
      usage: { inputTokens: 120, outputTokens: 30 },
    });
    expect(at.server.asked[0]?.body).toMatchObject({
      model: 'test-model',
      stream: true,
      stream_options: { include_usage: true },
    });
    expect(at.bench.read().summary).toMatchObject({
      title: 'How are things?',
      questions: 1,
      usage: { inputTokens: 120, outputTokens: 30 },
      untold: 0,
    });
  });

  it('goes to the window at most once a frame, however fast it comes', async () => {
    let say = (_text: string): void => {};
    let end = (): void => {};
    at.server.play((response) => {
      beginStream(response);
      say = (text) => sendText(response, text);
      end = () => endStream(response);
    });
    at.bench.assistant.ask({
      conversationId: 'conversation-1',
      answerer: MODEL,
      parentId: null,
      turnId: 'question-1',
      question: 'Go',
    });
    await eventually(() => at.server.asked.length > 0);
    for (let piece = 0; piece < 500; piece += 1) say('word ');
    await eventually(() => at.bench.read().turns.some(({ content }) => content.length === 2_500));
    const texts = () => at.bench.events.filter(({ kind }) => kind === 'text');
    expect(texts()).toHaveLength(0);
    await at.bench.clock.advance(16);
    expect(texts()).toHaveLength(1);
    end();
    const turn = await at.bench.ended(0);
    expect(turn.content).toHaveLength(2_500);
    expect(texts()).toHaveLength(1);
  });

  it('sends the questions and answers of its branch and nothing of the others', async () => {
    at.server.play(says('one'), says('two'), says('three'));
    const first = await at.bench.ask('first');
    const second = await at.bench.ask('second', { parentId: first.id });
    // The second question, edited.
    await at.bench.ask('second, edited', { parentId: first.id });
    expect(at.server.asked[2]?.body.messages?.slice(1)).toEqual([
      { role: 'user', content: 'first' },
      { role: 'assistant', content: 'one' },
      { role: 'user', content: 'second, edited' },
    ]);
    const { summary, turns } = at.bench.read();
    expect(turns).toHaveLength(6);
    const byId = new Map(turns.map((turn) => [turn.id, turn]));
    expect(branchOf(byId, summary.headId).map(({ content }) => content)).toEqual([
      'first',
      'one',
      'second, edited',
      'three',
    ]);
    at.bench.assistant.showBranch('conversation-1', second.id);
    expect(at.bench.read().summary.headId).toBe(second.id);
  });

  it('can be asked for again, and both answers stay', async () => {
    at.server.play(says('one'), says('two'));
    const first = await at.bench.ask('first');
    const from = at.bench.events.length;
    at.bench.assistant.retry('conversation-1', first.parentId!);
    const again = await at.bench.ended(from);
    expect(again).toMatchObject({ content: 'two', parentId: first.parentId });
    expect(at.bench.read().turns.map(({ content }) => content)).toEqual(['first', 'one', 'two']);
  });

  it('is stopped at once, keeps what came, and the server is hung up on', async () => {
    const closed = new Promise<void>((resolve) => {
      at.server.play((response) => {
        beginStream(response);
        sendText(response, 'Half an ans');
        response.on('close', resolve);
      });
    });
    at.bench.assistant.ask({
      conversationId: 'conversation-1',
      answerer: MODEL,
      parentId: null,
      turnId: 'question-1',
      question: 'Go',
    });
    await eventually(() => at.bench.read().turns.some(({ content }) => content === 'Half an ans'));
    at.bench.assistant.stop('conversation-1');
    const turn = await at.bench.ended(0);
    expect(turn).toMatchObject({ content: 'Half an ans', end: 'stopped', usage: null });
    await closed;
  });

  it('one at a time in a conversation', async () => {
    at.server.play((response) => beginStream(response));
    const question = {
      conversationId: 'conversation-1',
      answerer: MODEL,
      parentId: null,
      turnId: 'question-1',
      question: 'Go',
    };
    at.bench.assistant.ask(question);
    expect(() => at.bench.assistant.ask({ ...question, turnId: 'question-2' })).toThrow('still on its way');
    expect(at.bench.read().turns.filter(({ role }) => role === 'user')).toHaveLength(1);
  });

  it('of a backend’s own chat stands in the same place', async () => {
    const other = startAssistantBench({
      chat: {
        async *stream(messages) {
          yield 'You said ';
          yield messages.at(-1)?.content ?? '';
        },
      },
    });
    const turn = await other.ask('hello', { answerer: { kind: 'backend', backendId: 'bot' } });
    expect(turn).toMatchObject({ content: 'You said hello', by: 'Bot', end: 'complete', usage: null });
    expect(other.read().summary.untold).toBe(1);
    other.stop();
    other.remove();
  });
});

describe('the assistant is off', () => {
  it('until it was set up and the person has read what the address is sent', async () => {
    const ask = () =>
      at.bench.assistant.ask({
        conversationId: 'conversation-1',
        answerer: MODEL,
        parentId: null,
        turnId: 'question-1',
        question: 'Go',
      });
    at.bench.settings.change({ assistant: { enabled: false } });
    expect(ask).toThrow('No model is set up');
    at.bench.settings.change({ assistant: { enabled: true, noticedAddress: 'http://127.0.0.1:1/v1' } });
    expect(ask).toThrow('Read first');
    expect(at.server.asked).toEqual([]);
    expect(at.bench.assistant.conversations('').conversations).toEqual([]);
  });
});

describe('conversations', () => {
  it('D6 stand after a restart, and an answer that was under way is broken off', async () => {
    at.server.play(says('one'), (response) => {
      beginStream(response);
      sendText(response, 'a long story that');
    });
    const first = await at.bench.ask('first');
    at.bench.assistant.ask({
      conversationId: 'conversation-1',
      answerer: MODEL,
      parentId: first.id,
      turnId: 'question-2',
      question: 'second',
    });
    await eventually(() => at.bench.read().turns.some(({ content }) => content === 'a long story that'));
    await at.bench.clock.advance(2_000);
    // The process is gone without a word: the file is opened by another one.
    const after = startAssistantBench({ folder: at.bench.folder });
    expect(after.read().turns.map(({ content, end, trouble }) => [content, end, trouble])).toEqual([
      ['first', 'complete', null],
      ['one', 'complete', null],
      ['second', 'complete', null],
      ['a long story that', 'broken-off', 'Quarterdeck ended while this answer was under way.'],
    ]);
    after.stop();
  });

  it('are found by words in them and by their title, renamed and removed', async () => {
    at.server.play(says('Ethereum is staked with “Größe”.'), says('Nothing.'));
    await at.bench.ask('What about ETH?', { id: 'conversation-1' });
    await at.bench.ask('Other things', { id: 'conversation-2' });
    const found = (text: string) => at.bench.assistant.conversations(text).conversations.map(({ id }) => id);
    expect(found('').sort()).toEqual(['conversation-1', 'conversation-2']);
    expect(found('ether')).toEqual(['conversation-1']);
    const [hit] = at.bench.assistant.conversations('ether').conversations;
    const turns = at.bench.assistant.open('conversation-1').turns;
    expect(turns.find(({ id }) => id === hit?.foundTurnId)?.content).toContain('Ethereum');
    expect(at.bench.assistant.conversations('').conversations.map((one) => one.foundTurnId)).toEqual([
      null,
      null,
    ]);
    expect(found('GRÖSSE')).toEqual([]);
    expect(found('größe')).toEqual(['conversation-1']);
    expect(found('" OR 1=1 --')).toEqual([]);
    at.bench.assistant.rename('conversation-2', 'My notes');
    expect(found('notes')).toEqual(['conversation-2']);
    at.bench.assistant.remove('conversation-1');
    expect(found('ether')).toEqual([]);
    expect(() => at.bench.read('conversation-1')).toThrow('gone');
  });

  it('D6 a damaged file is kept aside and said, and the desk goes on', async () => {
    at.bench.stop();
    writeFileSync(join(at.bench.folder, 'conversations.sqlite'), 'this is no database at all, but text');
    const after = startAssistantBench({ folder: at.bench.folder });
    expect(after.assistant.conversations('').trouble).toContain('could not be read');
    expect(readdirSync(at.bench.folder).some((name) => name.startsWith('conversations-damaged-'))).toBe(true);
    await after.ask('Still there?');
    expect(after.read().turns).toHaveLength(2);
    after.stop();
  });
});

describe('the key', () => {
  it('S1 is sent to its own address, and lies in no file as it is', async () => {
    await at.bench.assistant.setKey(at.server.address, 'sk-very-secret-key-0001');
    await at.bench.ask('hello');
    expect(at.server.asked[0]?.headers.authorization).toBe('Bearer sk-very-secret-key-0001');
    at.bench.stop();
    for (const name of readdirSync(at.bench.folder))
      expect(readFileSync(join(at.bench.folder, name), 'latin1')).not.toContain('very-secret-key');
  });

  it('S3 is kept for the origin it was typed for: another address is sent none', async () => {
    const other = await startModelServer();
    await at.bench.assistant.setKey(at.server.address, 'sk-very-secret-key-0001');
    at.bench.setUp(other.address);
    await at.bench.ask('hello');
    expect(other.asked[0]?.headers.authorization).toBeUndefined();
    await at.bench.assistant.test({ address: other.address, model: 'test-model', key: '' });
    expect(other.asked.some(({ headers }) => headers.authorization !== undefined)).toBe(false);
    await other.close();
  });

  it('S3 a redirect is not followed', async () => {
    const other = await startModelServer();
    await at.bench.assistant.setKey(at.server.address, 'sk-very-secret-key-0001');
    for (const status of [301, 302, 307, 308]) {
      at.server.play((response) => {
        response.writeHead(status, { location: `${other.address}/chat/completions` });
        response.end();
      });
      const turn = await at.bench.ask('hello', { id: `conversation-${status}` });
      expect(turn.end).toBe('failed');
      expect(turn.trouble).toContain('not followed');
    }
    expect(other.asked).toEqual([]);
    await other.close();
  });

  it('S3 only this computer is asked without TLS', async () => {
    const { steps } = await at.bench.assistant.test({
      address: 'http://models.example.com/v1',
      model: 'm',
      key: 'k',
    });
    expect(steps[0]).toMatchObject({ outcome: 'failed' });
    expect(steps[0]?.detail).toContain('https://');
    at.bench.setUp('http://192.168.1.5/v1');
    expect(() =>
      at.bench.assistant.ask({
        conversationId: 'conversation-1',
        answerer: MODEL,
        parentId: null,
        turnId: 'question-1',
        question: 'Go',
      }),
    ).toThrow('https://');
  });
});
