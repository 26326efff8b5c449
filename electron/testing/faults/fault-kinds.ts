import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { Random } from '../../practice/random.ts';
import type { CrashPoint } from './messages.ts';
import type { ProxyFaults, Replacement } from './proxy-faults.ts';
import { noFaults } from './proxy-faults.ts';
import type { Stage } from './stage.ts';

/** One way in which things go wrong. */
export interface FaultKind {
  name: string;
  /** What it is done to: one server, all servers of one process, or the desk. Two faults never meet on the same one. */
  on: 'server' | 'process' | 'desk';
  lastsMs: readonly [least: number, most: number];
  /** Why this machine cannot do it; `null` where it can. */
  cannot?(stage: Stage): string | null;
  /** Breaks it, and answers how it is put right. `act` lets the person do something meanwhile. */
  begin(stage: Stage, target: string, random: Random, act: () => Promise<void>): Promise<() => Promise<void>>;
}

const SHORT = [5 * SECOND_MS, 90 * SECOND_MS] as const;
const LONG = [20 * SECOND_MS, 5 * MINUTE_MS] as const;
const MOMENT = [0, 0] as const;

/** Something that the proxy before a server does to what passes. */
const onTheWay = (
  name: string,
  lastsMs: FaultKind['lastsMs'],
  draw: (random: Random) => Partial<ProxyFaults>,
): FaultKind => ({
  name,
  on: 'server',
  lastsMs,
  begin(stage, target, random) {
    const { faults } = stage.proxy(target);
    Object.assign(faults, draw(random));
    return Promise.resolve(() => {
      Object.assign(faults, noFaults());
      return Promise.resolve();
    });
  },
});

const instead = (name: string, what: Replacement): FaultKind =>
  onTheWay(name, SHORT, (random) => ({
    instead: { what, share: random.pick([0.3, 0.7, 1]), after: random.chance(0.5) },
  }));

export const FAULT_KINDS: readonly FaultKind[] = [
  onTheWay('answers late', LONG, (random) => ({ lateMs: random.pick([2, 6, 15]) * SECOND_MS })),
  onTheWay('answers lost', LONG, (random) => ({
    loseReplies: { share: random.pick([0.4, 1]), silent: random.chance(0.5) },
  })),
  instead('HTML', 'html'),
  instead('garbage answers', 'garbage'),
  instead('empty answers', 'empty'),
  instead('wrong status', 'status'),
  onTheWay('events twice', LONG, () => ({ stream: 'twice' })),
  onTheWay('events out of order', LONG, () => ({ stream: 'shuffled' })),
  onTheWay('garbage events', LONG, () => ({ stream: 'garbage' })),
  onTheWay('torn events', LONG, () => ({ stream: 'torn' })),
  onTheWay('half-open', LONG, () => ({ mute: true })),
  {
    name: 'swallowed',
    on: 'server',
    lastsMs: LONG,
    begin(stage, target) {
      const proxy = stage.proxy(target);
      proxy.faults.blackhole = true;
      return Promise.resolve(() => {
        proxy.clear();
        return Promise.resolve();
      });
    },
  },
  {
    name: 'refused',
    on: 'server',
    lastsMs: LONG,
    begin(stage, target) {
      const proxy = stage.proxy(target);
      proxy.refuse();
      return Promise.resolve(() => proxy.accept());
    },
  },
  {
    name: 'dropped connections',
    on: 'server',
    lastsMs: MOMENT,
    begin(stage, target) {
      stage.proxy(target).drop();
      return Promise.resolve(() => Promise.resolve());
    },
  },
  restart('server killed', 'what it kept'),
  restart('other data', 'nothing'),
  {
    name: 'server frozen',
    on: 'process',
    lastsMs: LONG,
    cannot: () => (process.platform === 'win32' ? 'this system knows no SIGSTOP' : null),
    begin(stage, target) {
      const group = stage.group(target);
      group.freeze();
      return Promise.resolve(async () => {
        group.thaw();
        await group.advance(stage.clock.now());
      });
    },
  },
  {
    name: 'clocks apart',
    on: 'process',
    lastsMs: LONG,
    async begin(stage, target, random) {
      const group = stage.group(target);
      // One that is far ahead stays so: set back, its own limits would stand still for as long, and it would refuse us.
      if (group.skewMs() > MINUTE_MS) return () => Promise.resolve();
      const byMs = random.pick([-1, 1, 10]) * MINUTE_MS;
      await group.skew(byMs);
      return byMs > MINUTE_MS ? () => Promise.resolve() : () => group.skew(0);
    },
  },
  {
    name: 'desk killed',
    on: 'desk',
    lastsMs: SHORT,
    async begin(stage, _target, random, act) {
      const point = random.pick<CrashPoint>(['request', 'answer', 'durable', 'patch']);
      await stage.desk.ask('crashAt', { point, nth: random.whole(1, 8) });
      // In the middle of what somebody does, most of the time.
      if (random.chance(0.8)) await act();
      const givenUpAtMs = stage.clock.now() + MINUTE_MS;
      while (stage.desk.isAlive() && stage.clock.now() < givenUpAtMs) await stage.step(SECOND_MS);
      await stage.desk.kill();
      return () => stage.startDesk();
    },
  },
  {
    name: 'journal worker killed',
    on: 'desk',
    lastsMs: MOMENT,
    async begin(stage, _target, random, act) {
      if (random.chance(0.5)) await act();
      await stage.desk.ask('killJournalWorker', null);
      return () => Promise.resolve();
    },
  },
  {
    name: 'disk full',
    on: 'desk',
    lastsMs: LONG,
    cannot: (stage) => (stage.disk === null ? 'no small file system can be mounted here' : null),
    begin(stage) {
      stage.disk?.fill();
      return Promise.resolve(() => {
        stage.disk?.empty();
        return Promise.resolve();
      });
    },
  },
  {
    name: 'clock set back',
    on: 'desk',
    lastsMs: LONG,
    async begin(stage, _target, random) {
      const byMs = random.pick([1, 10, 90]) * MINUTE_MS;
      await stage.desk.jump(-byMs);
      // Set right again later, or for good.
      return random.chance(0.5) ? () => stage.desk.jump(byMs) : () => Promise.resolve();
    },
  },
  {
    name: 'sleep and wake',
    on: 'desk',
    lastsMs: MOMENT,
    async begin(stage, _target, random) {
      await stage.sleep(random.pick([1, 4, 11]) * MINUTE_MS);
      await stage.desk.ask('wake', null);
      return () => Promise.resolve();
    },
  },
];

function restart(name: string, knows: 'what it kept' | 'nothing'): FaultKind {
  return {
    name,
    on: 'process',
    lastsMs: SHORT,
    async begin(stage, target) {
      const group = stage.group(target);
      await group.kill();
      for (const kind of group.kinds) stage.proxy(kind).refuse();
      return async () => {
        await group.start(stage.clock.now(), knows);
        for (const kind of group.kinds) await stage.proxy(kind).accept();
        // The credentials of another world are others; a person types them in.
        if (knows === 'nothing') for (const kind of group.kinds) await stage.saveBackend(kind);
      };
    },
  };
}
