import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { patiently } from './desk-actor.ts';
import type { Dump } from './messages.ts';
import { createPerson } from './person.ts';
import type { Plan, PlannedFault } from './plan.ts';
import type { Stage } from './stage.ts';

/** What happened on the stage, for people. */
export interface TraceLine {
  atMs: number;
  words: string;
}

/** What was left at the end, after all faults were over and everything had time to settle. */
export interface Ending {
  trace: TraceLine[];
  faults: Map<string, number>;
  /** While PANIC was latched and everything could be reached again: what each server itself said. */
  latched: { desk: Dump; truths: ReadonlyMap<string, unknown> } | null;
  desk: Dump | null;
  truths: ReadonlyMap<string, unknown>;
  journalIntact: boolean | null;
  timersLeft: number;
  exitCode: number | null;
  /** What did not come about within its time. */
  overdue: string[];
}

const NEAR_MS = 1_000;
const FAR_MS = 5_000;
/** After something happened the steps are small for so long. */
const CLOSE_LOOK_MS = 8 * SECOND_MS;
const BARRIER_EVERY_MS = 2 * MINUTE_MS;
const SETTLE_MS = 4 * MINUTE_MS;
/** No kind re-reads what it halts less often. */
const REREAD_MS = 45 * SECOND_MS;

/** Plays a plan to its end, puts everything right, and waits until the dust has settled. */
export async function play(
  stage: Stage,
  plan: Plan,
  onTrace: (line: TraceLine) => void = () => undefined,
): Promise<Ending> {
  const { clock, desk } = stage;
  const startMs = clock.now();
  const random = stage.random('play');
  const trace: TraceLine[] = [];
  const counts = new Map<string, number>();
  const note = (words: string): void => {
    const line = { atMs: clock.now() - startMs, words };
    trace.push(line);
    onTrace(line);
  };
  const person = createPerson(stage);
  const gestures = [...plan.gesturesAtMs];
  const faults = [...plan.faults];
  const ends: { atMs: number; fault: PlannedFault; target: string; end(): Promise<void> }[] = [];
  const overdue: string[] = [];
  let missing: string[] = [];
  let lookUntilMs = 0;
  let nextBarrierMs = BARRIER_EVERY_MS;

  async function act(): Promise<void> {
    note(`person: ${await person.act()}`);
    // What a gesture begins at once takes no time of the clock, however slow the machine is.
    await stage.settle();
  }

  const elapsed = (): number => clock.now() - startMs;

  async function begin(fault: PlannedFault): Promise<void> {
    const { kind } = fault;
    const target = targetOf(stage, fault);
    // One that would meet another on the same thing waits for it.
    if (
      ends.some(
        (open) =>
          open.target === target ||
          (kind.on === 'process' && stage.group(fault.target).kinds.some((one) => open.target === one)) ||
          (kind.on === 'server' && open.target === `process ${stage.group(fault.target).kinds[0]}`),
      )
    ) {
      faults.unshift({ ...fault, atMs: elapsed() + 30 * SECOND_MS });
      faults.sort((a, b) => a.atMs - b.atMs);
      return;
    }
    if (kind.on === 'desk' && !desk.isAlive()) return;
    note(`fault: ${kind.name} on ${target} for ${Math.round(fault.lastsMs / 1_000)} s`);
    counts.set(kind.name, (counts.get(kind.name) ?? 0) + 1);
    const end = await kind.begin(stage, fault.target, random, act);
    ends.push({ atMs: elapsed() + fault.lastsMs, fault, target, end });
    // What the desk may not hear of matters most while it cannot.
    const unheard =
      kind.on === 'desk' || random.chance(0.4) ? null : await person.behindTheDesk(fault.target);
    if (unheard !== null) note(unheard);
  }

  async function endDue(all: boolean): Promise<void> {
    for (const due of ends.filter(({ atMs }) => all || atMs <= elapsed())) {
      ends.splice(ends.indexOf(due), 1);
      await due.end();
      if (due.fault.lastsMs > 0) note(`over: ${due.fault.kind.name} on ${due.target}`);
    }
  }

  async function barrier(): Promise<void> {
    nextBarrierMs = elapsed() + BARRIER_EVERY_MS;
    await stage.step(2 * SECOND_MS);
    await desk.ask('barrier', null);
  }

  await stage.startDesk();
  while (elapsed() < plan.lengthMs) {
    await endDue(false);
    for (let next = faults[0]; next !== undefined && next.atMs <= elapsed(); next = faults[0]) {
      faults.shift();
      await begin(next);
      lookUntilMs = elapsed() + CLOSE_LOOK_MS;
    }
    if ((gestures[0] ?? Infinity) <= elapsed()) {
      gestures.shift();
      await act();
      lookUntilMs = elapsed() + CLOSE_LOOK_MS;
    }
    if (elapsed() >= nextBarrierMs) await barrier();
    const nextMs = Math.min(
      gestures[0] ?? Infinity,
      faults[0]?.atMs ?? Infinity,
      ...ends.map(({ atMs }) => atMs),
    );
    const mostMs = elapsed() < lookUntilMs ? NEAR_MS : FAR_MS;
    await stage.step(Math.max(NEAR_MS, Math.min(mostMs, nextMs - elapsed())));
  }

  note('all faults are over');
  await endDue(true);
  if (!desk.isAlive()) await stage.startDesk();
  // From here on nothing happens at the servers by itself: what the desk reads and what they have can be compared.
  for (const group of stage.groups) await group.control('quiet', { quiet: true });
  const latched = await seeLatched();
  await resume();
  for (const kind of stage.kinds) await putBack(kind);
  await until('every link is live again', 25 * MINUTE_MS, async () => {
    const glance = await desk.ask('glance', null);
    missing = (glance?.links ?? [])
      .filter((link) => !isUp(link))
      .map(({ backendId, linkId, message, state }) => `${backendId}/${linkId} is ${state} (${message})`);
    for (const link of glance?.links ?? [])
      if (link.state === 'stopped' && link.cause !== 'disabled')
        await stage.saveBackend(link.backendId.slice('bot-'.length));
    return glance?.links.every(isUp) === true;
  });
  // A server shows its last snapshot, and takes none while it is quiet.
  if (stage.kinds.includes('coinruler'))
    await stage.group('coinruler').control('portfolio', { deposits: {} });
  await wait(SETTLE_MS);
  await desk.ask('refresh', null);
  await wait(20 * SECOND_MS);
  await barrier();
  const shown = await desk.ask('dump', null);
  const truths = await readTruths();
  const integrity = await patiently(desk.ask('verify', null), stepping);
  const { timersLeft, exitCode } = await desk.end(stepping);
  return {
    trace,
    faults: counts,
    latched,
    desk: shown,
    truths,
    journalIntact: integrity?.intact ?? null,
    timersLeft,
    exitCode,
    overdue,
  };

  /** With everything back, a latched PANIC has to be in force everywhere, and each server has to say so itself. */
  async function seeLatched(): Promise<Ending['latched']> {
    const first = await desk.ask('glance', null);
    if (first?.panic.kind !== 'latched') return null;
    // What began just before is found by the next re-read of everything.
    await wait(REREAD_MS);
    await until('PANIC is in force on every backend', 5 * MINUTE_MS, async () => {
      const panic = (await desk.ask('glance', null))?.panic;
      const open = panic?.kind === 'latched' ? panic.targets.filter((target) => !isSettled(target)) : [];
      missing = open.map(({ backendId, detail, state }) => `${backendId} is ${state} (${detail})`);
      return panic?.kind === 'latched' && panic.targets.every(isSettled);
    });
    const dump = await desk.ask('dump', null);
    return dump === null ? null : { desk: dump, truths: await readTruths() };
  }

  async function resume(): Promise<void> {
    let askedAtMs = -Infinity;
    await until('PANIC is resumed', 5 * MINUTE_MS, async () => {
      if ((await desk.ask('glance', null))?.panic.kind === 'clear') return true;
      if (elapsed() - askedAtMs > 30 * SECOND_MS) {
        askedAtMs = elapsed();
        await desk.ask('resume', { origin: 'window' });
        await stage.settle();
      }
      return false;
    });
  }

  /** What the person switched off in between. */
  async function putBack(kind: string): Promise<void> {
    const glance = await desk.ask('glance', null);
    if (glance?.links.some(({ backendId }) => backendId === `bot-${kind}`) !== true)
      await stage.saveBackend(kind);
  }

  async function readTruths(): Promise<Map<string, unknown>> {
    const all = await Promise.all(
      stage.groups.map(async (group) => {
        const truth = await group.control('state');
        return group.kinds.map((kind) => [kind, truth] as const);
      }),
    );
    return new Map(all.flat());
  }

  function stepping(): Promise<void> {
    return stage.step(SECOND_MS);
  }

  async function wait(ms: number): Promise<void> {
    const endMs = elapsed() + ms;
    while (elapsed() < endMs) await stage.step(Math.min(FAR_MS, endMs - elapsed()));
  }

  async function until(words: string, withinMs: number, isSo: () => Promise<boolean>): Promise<void> {
    const endMs = elapsed() + withinMs;
    while (!(await isSo())) {
      if (elapsed() >= endMs) {
        overdue.push([`${words}: not within ${withinMs / MINUTE_MS} min`, ...missing].join('; '));
        return;
      }
      await stage.step(2 * SECOND_MS);
    }
  }
}

/** Faults on the same thing have the same target. */
function targetOf(stage: Stage, { kind, target }: PlannedFault): string {
  if (kind.on === 'desk') return 'desk';
  return kind.on === 'server' ? target : `process ${stage.group(target).kinds[0]}`;
}

const isUp = ({ state, cause }: Dump['links'][number]): boolean =>
  state === 'live' || (state === 'stopped' && cause === 'disabled');

const isSettled = ({ state, detail }: { state: string; detail: string }): boolean =>
  state === 'confirmed' ||
  state === 'not-supported' ||
  detail.startsWith('Lifted by') ||
  detail.startsWith('Resumed here');
