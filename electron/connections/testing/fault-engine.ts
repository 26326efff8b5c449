import type { IncomingMessage, ServerResponse } from 'node:http';

import type { SeenRequest } from './counted-server.ts';

type Fault = (
  request: IncomingMessage,
  response: ServerResponse,
  seen: SeenRequest,
  elsewhere: string,
) => void;

const TEXT = { 'content-type': 'text/plain; charset=UTF-8' };
const HANDSHAKE =
  '0{"sid":"fault","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}';
const IMPATIENT =
  '0{"sid":"fault","upgrades":["websocket"],"pingInterval":1,"pingTimeout":1,"maxPayload":1000000}';
const SEPARATOR = '\u001E';

/** Answers every polling request the same. */
const always =
  (status: number, body: string, headers: Record<string, string> = TEXT): Fault =>
  (_request, response) => {
    response.writeHead(status, headers).end(body);
  };

/** A session that begins well: these packets come once, and the poll after them waits for ever. */
function session(...packets: string[]): Fault {
  let fed = false;
  return (_request, response, { method, path }) => {
    if (method === 'POST') response.writeHead(200, TEXT).end('ok');
    else if (!path.includes('sid=')) {
      fed = false;
      response.writeHead(200, TEXT).end(HANDSHAKE);
    } else if (!fed) {
      fed = true;
      response.writeHead(200, TEXT).end(packets.join(SEPARATOR));
    }
  };
}

const CONNECTED = '40{"sid":"fault"}';

/** Polling servers that are no Socket.IO, or a bad one, by base path. */
export const ENGINE_FAULTS: Readonly<Record<string, Fault>> = {
  '/engine-html': always(200, '<!DOCTYPE html><html></html>', { 'content-type': 'text/html' }),
  '/engine-json': always(200, '{"ok":true}', { 'content-type': 'application/json' }),
  '/engine-bad-handshake': always(200, '0{"sid":'),
  '/engine-empty-handshake': always(200, '0{}'),
  '/engine-null-handshake': always(200, '0null'),
  '/engine-old': always(400, '{"code":5,"message":"Unsupported protocol version"}', {
    'content-type': 'application/json',
  }),
  '/engine-closes': always(200, '1'),
  '/engine-401': always(401, ''),
  '/engine-429': always(429, 'Too many requests', { ...TEXT, 'retry-after': '7' }),
  '/engine-503': always(503, ''),
  '/engine-redirect': (_request, response, _seen, elsewhere) => {
    response.writeHead(307, { location: `${elsewhere}/socket.io/` }).end();
  },
  '/engine-never-answers': () => undefined,
  /** Socket.IO 2 greets without a session id. */
  '/engine-old-greeting': session('40{}'),
  /** Its first ping is overdue while its WebSocket, which it offers, is still being tried. */
  '/engine-mute': (_request, response, { path }) => {
    if (!path.includes('sid=')) response.writeHead(200, TEXT).end(IMPATIENT);
  },
  '/engine-silent': session(CONNECTED, '42["connected",{}]'),
  '/engine-twice': session(CONNECTED, HANDSHAKE),
  '/engine-nan': session(CONNECTED, '42["price",{"price":NaN}]', '42["price",{"price":1}]'),
  '/engine-binary': session(CONNECTED, '451-["x",{"_placeholder":true,"num":0}]', 'bAAAA', '42["after",{}]'),
  '/engine-unknown': session(CONNECTED, '9what', '49', '42{"no":"list"}', '4', '42["after",{}]'),
  '/engine-huge': session(CONNECTED, `42["huge","${'x'.repeat(2 * 1024 * 1024)}"]`, '42["after",{}]'),
  '/engine-acknowledge': session(CONNECTED, '4217["asks",{}]'),
};
