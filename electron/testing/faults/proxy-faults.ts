import type { Random } from '../../practice/random.ts';

/** What goes wrong between the desk and one server. All of it is drawn from the seed. */
export interface ProxyFaults {
  /** Nothing gets through either way; connections stay open. */
  blackhole: boolean;
  /** Streams stay open and bring nothing; requests are answered. */
  mute: boolean;
  /** Each answer, and each part of a stream, waits up to so long on the clock. Answers overtake each other by that. */
  lateMs: number;
  /** What is answered in place of the server's answer, after the server did what was asked (`after`) or without asking it. */
  instead: { what: Replacement; share: number; after: boolean } | null;
  /** The server does what it is asked, and its answer is lost. */
  loseReplies: { share: number; silent: boolean } | null;
  /** What becomes of the parts of a stream. */
  stream: 'whole' | 'twice' | 'shuffled' | 'garbage' | 'torn';
}

export type Replacement = 'html' | 'garbage' | 'empty' | 'status';

export const noFaults = (): ProxyFaults => ({
  blackhole: false,
  mute: false,
  lateMs: 0,
  instead: null,
  loseReplies: null,
  stream: 'whole',
});

export interface ReplacedAnswer {
  status: number;
  type: string;
  body: string;
}

/** An answer that no client of this server expects. */
export function replacement(what: Replacement, random: Random): ReplacedAnswer {
  switch (what) {
    case 'html':
      return {
        status: random.pick([200, 502, 503]),
        type: 'text/html; charset=utf-8',
        body: '<!doctype html><html><body><h1>Bad gateway</h1></body></html>',
      };
    case 'garbage':
      return { status: 200, type: 'application/json', body: random.pick(GARBAGE) };
    case 'empty':
      return { status: random.pick([200, 204]), type: 'application/json', body: '' };
    case 'status': {
      const status = random.pick([400, 404, 408, 409, 418, 429, 500, 502, 503, 504]);
      return { status, type: 'application/json', body: `{"error":"fault ${status}"}` };
    }
  }
}

const GARBAGE: [string, ...string[]] = [
  '{"ok":tru',
  '[]',
  'null',
  '{"items":[{"id":NaN}]}',
  '42',
  '{"models":{},"runs":"none","approvals":7,"balances":[1]}',
  `{"deep":${'['.repeat(2_000)}${']'.repeat(2_000)}}`,
  '\uFFFD\u0000\u0007',
];

/** A part of an event stream that is none. */
export const garbageEvent = (random: Random): string =>
  random.pick([
    'data: {not json\n\n',
    'event: approval:created\ndata: null\n\n',
    'event: 7\ndata: NaN\n\n',
    ':\n\n',
    'data: []\n\n',
    '\uFEFFdata\n\n',
  ]);

/** A text frame that is none, for a plain WebSocket and for Socket.IO. */
export const garbageFrame = (random: Random, isSocketIo: boolean): string =>
  isSocketIo
    ? random.pick([
        '42["volume-alert",{"id":',
        '42[]',
        '42["market-update",{"data":NaN}]',
        '42{"a":1}',
        '42["position_update",null]',
      ])
    : random.pick([
        '{"type":',
        'NaN',
        '[]',
        '{"type":"price","data":{"price":NaN}}',
        '"text"',
        '{"type":"alert","data":null}',
      ]);
