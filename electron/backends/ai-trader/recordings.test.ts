import { describe, expect, it } from 'vitest';
import type { z } from 'zod';

import type { HttpAnswer } from '../../connections/port.ts';
import { anyJson } from '../kit/reading.ts';
import { createBook } from './book.ts';
import { createEvents } from './events.ts';
import {
  wireAiModels,
  wireChatFrame,
  wireClaims,
  wireDetail,
  wireError,
  wireLatest,
  wireLogs,
  wireModel,
  wireModels,
  wireOutcome,
  wirePerformance,
  wirePositions,
  wireRunDetail,
  wireRuns,
  wireSignIn,
  wireStatus,
  wireTask,
} from './protocol.ts';
import { recordedAnswer, recordedAnswers, recordedChats, recordedFrames } from './testing/recordings.ts';
import { detailOf, troubleOf } from './trouble.ts';

/** What each recorded answer is read with. An answer that is not named here fails the test below. */
const READ_WITH: Readonly<Record<string, z.ZodType>> = {
  root: anyJson,
  health: anyJson,
  login: wireSignIn,
  claims: wireClaims,
  me: anyJson,
  'models with api key': wireModels,
  models: wireModels,
  create: wireModel,
  update: wireModel,
  positions: wirePositions,
  latest: wireLatest,
  logs: wireLogs,
  performance: wirePerformance,
  runs: wireRuns,
  run: wireRunDetail,
  'run stop not running': wireOutcome,
  'status all': wireStatus,
  'status one': anyJson,
  'start-intraday': wireOutcome,
  'stop celery run': wireOutcome,
  'start-daily': wireOutcome,
  'stop run': wireOutcome,
  'stop nothing': wireOutcome,
  'task pending': wireTask,
  'task progress': wireTask,
  'task success': wireTask,
  'task failure': wireTask,
  'task revoked': wireTask,
  'run chat history': anyJson,
  'chat sessions': anyJson,
  'chat new': anyJson,
  'chat messages': anyJson,
  'chat resume': anyJson,
  'chat delete': anyJson,
  enhance: anyJson,
  'mcp status admin key': anyJson,
  'admin stats': anyJson,
  'available models': wireAiModels,
  'model config': anyJson,
};

const succeeded = recordedAnswers().filter(({ status }) => !(status >= 400));
const failed = recordedAnswers().filter(({ status }) => status >= 400);

describe('the recorded answers', () => {
  it.each(succeeded)('“$name” is read, and nothing in its lists is left out', ({ name, body }) => {
    const schema = READ_WITH[name];
    expect(schema, `what “${name}” is read with`).toBeDefined();
    const parsed = schema?.safeParse(body);
    expect(parsed?.error?.issues).toBeUndefined();
    expect(JSON.stringify(parsed?.data)).not.toMatch(/"unreadable":[1-9]/);
  });

  it.each(failed)('quirk 1 “$name” ($status) is trouble in the server’s own words', ({ body, status }) => {
    const answer: HttpAnswer = { kind: 'json', status, headers: {}, body };
    const trouble = troubleOf(answer);
    const { detail } = wireError.parse(body);
    const [first] = wireDetail.safeParse(detail).data ?? [];
    const words = typeof detail === 'string' ? detail.slice(0, 60) : (first?.msg ?? 'no words');
    expect(detailOf(answer)).toContain(words.split('{')[0]?.trim());
    // Only what broke inside the server leaves open whether it took effect.
    expect(trouble).toMatchObject({ settled: status < 500 });
    expect(trouble?.cause.code).toBe(
      status === 401 ? 'credentials' : status === 403 || status >= 500 ? 'server-error' : 'bad-answer',
    );
  });

  it('no name is read with something and recorded nowhere', () => {
    const names = new Set(succeeded.map(({ name }) => name));
    expect(Object.keys(READ_WITH).filter((name) => !names.has(name))).toEqual([]);
  });

  it('quirk 3 quirk 5 each frame of the recorded trading stream is understood, a hundred times over', () => {
    const book = createBook({ backendId: 'trader', now: () => 0, emit: () => undefined });
    book.readModels(wireModels.parse(recordedAnswer('models')).models.read, true);
    const emitted: string[] = [];
    const take = createEvents({
      backendId: 'trader',
      now: () => 0,
      book,
      emit: (event) => emitted.push(event.type),
      onAnnounced: () => undefined,
    });
    const frames = recordedFrames();
    expect(frames).toHaveLength(18);
    for (let round = 0; round < 100; round += 1)
      for (const frame of frames) expect(take('7', frame).kind).not.toBe('rejected');
    // Doubles and all, it is told once.
    expect(emitted.filter((type) => type === 'alert')).toHaveLength(1);
  });

  it.each(recordedChats().filter(({ frames }) => frames.length > 0))(
    'quirk 5 each frame of the chat “$asked” is understood',
    ({ frames }) => {
      for (const frame of frames) expect(wireChatFrame.safeParse(JSON.parse(frame)).success).toBe(true);
      expect(['done', 'error']).toContain(wireChatFrame.parse(JSON.parse(frames.at(-1) ?? '{}')).type);
    },
  );
});
