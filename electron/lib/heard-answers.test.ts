import { expect, it } from 'vitest';

import type { HeardAnswer } from '#shared/domain/approvals/decision-record.ts';

import { hearAnswers, noteAnswer } from './heard-answers.ts';

const ASKED = { method: 'POST', path: '/act?token=abcdef123', latencyMs: 12 };

async function heardWhile(run: () => void): Promise<HeardAnswer[]> {
  let answers: HeardAnswer[] = [];
  await hearAnswers(
    async () => {
      await Promise.resolve();
      run();
    },
    (heard) => (answers = heard),
  );
  return answers;
}

it('S5 keeps what was answered with its status and latency, without the query of the address', async () => {
  const answers = await heardWhile(() =>
    noteAnswer(ASKED, { status: 200, kind: 'json', body: { ok: true } }, []),
  );
  expect(answers).toEqual([{ asked: 'POST /act', status: 200, body: '{"ok":true}', latencyMs: 12 }]);
});

it('S1 keeps no secret of an answer, whether by its name, its look or what went along with the request', async () => {
  const answers = await heardWhile(() => {
    noteAnswer(ASKED, { status: 200, kind: 'json', body: { code: 'hunter-22', said: 'to my-owner-id' } }, [
      'my-owner-id',
    ]);
    noteAnswer(ASKED, { status: 500, kind: 'text', body: '<p>Bearer abcdefghij.klm</p> my-owner-id' }, [
      'my-owner-id',
    ]);
  });
  expect(JSON.stringify(answers)).not.toMatch(/hunter-22|my-owner-id|abcdefghij/);
  expect(answers.map(({ status }) => status)).toEqual([200, 500]);
});

it('D7 keeps the beginning of a page and a bounded number of answers', async () => {
  const answers = await heardWhile(() => {
    for (let count = 0; count < 100; count += 1)
      noteAnswer(ASKED, { status: 200, kind: 'text', body: '<html> '.repeat(1_000_000) }, []);
  });
  expect(answers).toHaveLength(20);
  expect(answers[0]?.body.length).toBeLessThanOrEqual(500);
});

it('S5 says so where nothing came, and hears nothing of what is asked outside', async () => {
  noteAnswer(ASKED, { status: 200, kind: 'json', body: {} }, []);
  const answers = await heardWhile(() => noteAnswer(ASKED, { failure: 'It hung up.' }, []));
  expect(answers).toMatchObject([{ status: null, body: 'It hung up.' }]);
});
