import http from 'node:http';
import type { Agent, AgentOptions } from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import type { ConnectionOptions } from 'node:tls';

import type { Clock } from '../lib/clock.ts';
import type { NetworkRoute } from './port.ts';
import { openTunnel } from './tunnel.ts';

type Connect = Agent['createConnection'];

/**
 * An agent of our own for `node:http` or `node:https`: certificates are verified whatever the environment says, the authority of
 * the route is the only one that counts where it has one, and no proxy is used but the route's (S3).
 */
export function createAgent(
  route: NetworkRoute,
  secure: boolean,
  clock: Clock,
  options: AgentOptions = {},
): Agent {
  const { authority, proxy } = route;
  const agent = new (secure ? https : http).Agent({
    ...options,
    ...(secure ? { rejectUnauthorized: true, ...(authority === undefined ? {} : { ca: authority }) } : {}),
  });
  if (proxy === undefined) return agent;

  const opening = new AbortController();
  const connect: Connect = (target, done) => {
    const { host, port } = target;
    openTunnel({ proxy, authority, host: host ?? '', port: Number(port), clock, signal: opening.signal })
      .then((socket) => (secure ? tls.connect({ ...(target as ConnectionOptions), socket }) : socket))
      // Of an error the agent wants no connection beside it, which its type does not say.
      .then(
        (socket) => done?.(null, socket),
        (error: unknown) => (done as ((error: unknown) => void) | undefined)?.(error),
      );
    return undefined;
  };
  agent.createConnection = connect;
  const destroy = agent.destroy.bind(agent);
  agent.destroy = () => {
    opening.abort();
    destroy();
  };
  return agent;
}
