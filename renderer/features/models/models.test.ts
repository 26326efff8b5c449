import { describe, expect, it } from 'vitest';

import type { Activity } from '#shared/domain/bots/activity.ts';
import type { ActDescriptor } from '#shared/domain/backends/backend.ts';
import type { JournalEntry } from '#shared/domain/journal/journal.ts';
import type { Run } from '#shared/domain/bots/model.ts';
import { aFeedEntry } from '#shared/domain/testing/feed-entries.ts';

import { collectEvents, eventsToCsv, eventsToJson, includedWords } from './export-events.ts';
import { fixedFor, fixedForRun, knownFor, modelActs } from './model-acts.ts';
import { startObstacle } from './model-words.ts';
import { groupMarks, runTimeline, SESSION_ID } from './run-timeline.ts';

const T = 1_800_000_000_000;

const event = (id: string, atMs: number, rest: Partial<Activity> = {}): Activity =>
  aFeedEntry('activity', { backendId: 'one', id, message: `said ${id}`, receivedAtMs: atMs, ...rest });

const run = (rest: Partial<Run> = {}): Run =>
  aFeedEntry('runs', {
    backendId: 'one',
    id: '12',
    number: 3,
    rawStatus: null,
    mode: 'daily',
    symbol: null,
    startedAtMs: null,
    startedAtText: '2030-01-01T10:00:00',
    trades: null,
    receivedAtMs: T,
    ...rest,
  });

const act = (
  id: string,
  risk: ActDescriptor['risk'],
  concerns?: ActDescriptor['concerns'],
): ActDescriptor => ({
  id,
  group: 'Models',
  label: id,
  help: '',
  params: [{ name: 'modelId', label: 'Model', type: 'text', required: true }],
  risk,
  scope: 'item',
  ...(concerns === undefined ? {} : { concerns }),
});

describe('the timeline of a run', () => {
  it('goes on to now while the run does, with its days, trades and errors', () => {
    const said = [
      event('d', T + 100, { kind: 'session_start' }),
      event('t', T + 300, { kind: 'trade' }),
      event('e', T + 400, { kind: 'error' }),
    ];
    const timeline = runTimeline(run({ startedAtMs: T }), true, said, T + 1_000);
    expect(timeline).toMatchObject({ fromMs: T, toMs: T + 1_000, open: true, fromHearing: false });
    expect(timeline?.marks.map(({ kind }) => kind)).toEqual(['start', 'day', 'trade', 'error']);
  });

  it('ends with the end that was told, or with one of its own', () => {
    const over = run({ startedAtMs: T, endedAtMs: T + 500, status: 'completed' });
    const kinds = (said: Activity[]) =>
      runTimeline(over, true, said, T + 9_000)?.marks.map(({ kind }) => kind);
    expect(kinds([])).toEqual(['start', 'end']);
    expect(kinds([event('c', T + 500, { kind: 'complete' })])).toEqual(['start', 'end']);
    expect(kinds([event('later', T + 8_000)])).toEqual(['start', 'end']);
  });

  it('begins where this desk heard of it first when the backend names no zone, after the run before', () => {
    const said = [event('old', T), event('c', T + 10, { kind: 'complete' }), event('new', T + 20)];
    const timeline = runTimeline(run(), true, said, T + 100);
    expect(timeline).toMatchObject({ fromMs: T + 20, fromHearing: true });
    expect(timeline?.marks.map(({ key }) => key)).toEqual(['begin', 'new']);
  });

  it('of a run that is over ends where it was heard to end, whatever was said after', () => {
    const said = [event('a', T), event('c', T + 10, { kind: 'complete' }), event('next', T + 20)];
    const over = run({ status: 'completed' });
    expect(runTimeline(over, true, said, T + 100)?.marks.map(({ key }) => key)).toEqual(['begin', 'a', 'c']);
    expect(runTimeline(over, true, [event('next', T + 20)], T + 100)).toBeNull();
  });

  it('takes what was said in another run, or in no run, for no part of it', () => {
    const inRun = (id: string, atMs: number, runId: string) =>
      event(id, atMs, { facts: [{ name: 'run id', value: runId }] });
    const said = [inRun('a', T, '12'), inRun('b', T + 5, 'none'), inRun('c', T + 9, '13')];
    const keys = (one: Run, isNewest: boolean) =>
      runTimeline(one, isNewest, said, T + 100)?.marks.map(({ key }) => key);
    expect(keys(run({ status: 'completed' }), false)).toEqual(['begin', 'a', 'finish']);
    expect(keys(run({ id: '13' }), true)).toEqual(['begin', 'c']);
    expect(keys(run({ id: '11', status: 'completed' }), true)).toBeUndefined();
    expect(keys(run({ id: SESSION_ID }), true)).toEqual(['begin', 'b']);
  });

  it('is none where nothing tells when an older run was', () => {
    expect(runTimeline(run({ status: 'completed' }), false, [event('x', T)], T + 100)).toBeNull();
  });

  it('puts marks that would lie on one another into one, which looks like the gravest', () => {
    const said = [event('a', T + 10), event('b', T + 12, { kind: 'trade' }), event('c', T + 900)];
    const timeline = runTimeline(run({ startedAtMs: T }), true, said, T + 1_000);
    const groups = timeline === null ? [] : groupMarks(timeline, 0.02);
    expect(groups.map(({ kind, marks }) => [kind, marks.length])).toEqual([
      ['trade', 3],
      ['step', 1],
    ]);
    expect(groups.every(({ at }) => at >= 0 && at <= 1)).toBe(true);
  });
});

describe('the acts on a model', () => {
  const kind = {
    acts: [
      act('start', 'adds', { thing: 'model', param: 'modelId' }),
      act('stop', 'reduces', { thing: 'model', param: 'modelId' }),
      act('rename', 'neutral', { thing: 'model', param: 'modelId' }),
      act('stop-run', 'reduces', { thing: 'run', param: 'runId' }),
      act('elsewhere', 'adds'),
    ],
  };

  it('are told apart by what they do to risk, whatever the backend calls them', () => {
    const ids = (acts: ActDescriptor[]) => acts.map(({ id }) => id);
    const { starts, stops, others } = modelActs(kind);
    expect([ids(starts), ids(stops), ids(others)]).toEqual([['start'], ['stop'], ['rename']]);
    expect(modelActs(undefined).starts).toEqual([]);
  });

  it('carry what they are about, and begin with how they were last sent', () => {
    const start = act('start', 'adds', { thing: 'model', param: 'modelId' });
    expect(fixedFor(start, '7')).toEqual({ modelId: '7' });
    expect(
      fixedForRun(act('s', 'reduces', { thing: 'run', param: 'runId' }), { id: '12', modelId: '7' }),
    ).toEqual({
      modelId: '7',
      runId: '12',
    });
    const again = { act: 'start', params: { symbol: 'AAPL', days: 3 } };
    expect(knownFor(start, null, again)).toEqual({ symbol: 'AAPL', days: '3' });
    expect(knownFor(start, { symbol: 'MSFT' }, again)).toEqual({ symbol: 'MSFT' });
    expect(knownFor(act('other', 'adds'), null, again)).toEqual({});
  });

  it('K6 nothing is offered to start while PANIC is on, the backend is halted or its data is old', () => {
    const calm = { panic: false, halted: false, haltUnknown: false, stale: false, name: 'Lab' };
    expect(startObstacle({ status: 'idle' }, calm)).toBeNull();
    expect(startObstacle({ status: 'idle' }, { ...calm, panic: true })).toContain('PANIC');
    expect(startObstacle({ status: 'idle' }, { ...calm, halted: true })).toContain('Lab is halted');
    expect(startObstacle({ status: 'idle' }, { ...calm, haltUnknown: true })).toContain('not known');
    expect(startObstacle({ status: 'idle' }, { ...calm, stale: true })).toContain('not live');
    expect(startObstacle({ status: 'stopping' }, calm)).toContain('proven');
    expect(startObstacle({ status: 'running' }, calm)).toContain('already');
  });
});

describe('the export of what a model said', () => {
  const entry = (seq: number, data: unknown): JournalEntry => ({
    seq,
    atMs: T,
    kind: 'activity',
    backendId: 'one',
    severity: null,
    symbol: null,
    summary: '',
    data: typeof data === 'string' ? data : JSON.stringify(data),
    hash: '',
  });
  const journal = [
    entry(9, event('held', T + 5)),
    entry(8, event('other model', T + 4, { subject: '8' })),
    entry(7, '{broken'),
    entry(6, run()),
    entry(5, event('older', T + 1, { message: '=cmd' })),
  ];
  const OF_SEVEN = { backendId: 'one', subject: '7', held: [] };
  const readPage = (pageSize: number) => (beforeSeq: number | null) =>
    Promise.resolve(journal.filter(({ seq }) => beforeSeq === null || seq < beforeSeq).slice(0, pageSize));

  it('is what is held and what was written down, each once, of this model alone', async () => {
    const looked: number[] = [];
    const found = await collectEvents(
      { ...OF_SEVEN, held: [event('held', T + 5)] },
      { readPage: readPage(2), pageSize: 2 },
      (n) => looked.push(n),
    );
    expect(found.events.map(({ id }) => id)).toEqual(['held', 'older']);
    expect(found).toMatchObject({ fromMemory: 1, fromJournal: 1, cut: false });
    expect(looked).toEqual([2, 4, 5]);
    expect(includedWords(found)).toMatch(
      /^2 events: 1 held by the desk and 1 more from the journal, the oldest/,
    );
  });

  it('says when there are older ones than it looked through', async () => {
    const found = await collectEvents(
      OF_SEVEN,
      { readPage: () => Promise.resolve([journal[0]].flatMap((e) => e ?? [])), pageSize: 1 },
      () => {},
    );
    expect(found.cut).toBe(true);
    expect(includedWords(found)).toContain('were not looked through');
  });

  it('gives JSON that says what is in it, and CSV in which no text becomes a formula', async () => {
    const found = await collectEvents(OF_SEVEN, { readPage: readPage(50), pageSize: 50 }, () => {});
    const json = JSON.parse(eventsToJson(found, { backend: 'Lab', model: 'Momentum', atMs: T })) as {
      included: string;
      events: { id: string }[];
    };
    expect(json.events).toHaveLength(2);
    expect(json.included).toContain('2 events');
    const rows = eventsToCsv(found).split('\r\n');
    expect(rows[0]).toContain('"received"');
    expect(rows[2]).toContain(`"'=cmd"`);
  });
});
