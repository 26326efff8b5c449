import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A session bus with a gnome-keyring of the test's own, which can be locked as it is after a login without a password. */
export interface OwnKeyring {
  busAddress: string;
  /** Starts the daemon, with its keyring opened or left locked. One that ran before is ended. */
  start(state: 'unlocked' | 'locked'): Promise<void>;
  /** Ends the daemon; the bus stays. */
  leave(): Promise<void>;
  stop(): Promise<void>;
}

/** No service starts by itself on this bus, so nobody prompts for a password: a locked keyring stays locked. */
const BUS_CONFIG = `<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`;

export async function startOwnKeyring(): Promise<OwnKeyring> {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-own-keyring-'));
  const config = join(folder, 'bus.conf');
  writeFileSync(config, BUS_CONFIG);
  const bus = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const busAddress = await firstLine(bus);
  let daemon: ChildProcess | null = null;

  async function end(child: ChildProcess | null): Promise<void> {
    if (child?.exitCode !== null || child.signalCode !== null) return;
    child.kill();
    await once(child, 'exit');
  }

  return {
    busAddress,
    async start(state) {
      await end(daemon);
      const env: NodeJS.ProcessEnv = {
        ...process.env,
        DBUS_SESSION_BUS_ADDRESS: busAddress,
        HOME: folder,
        XDG_DATA_HOME: folder,
        XDG_CACHE_HOME: folder,
      };
      delete env.XDG_RUNTIME_DIR;
      const unlock = state === 'unlocked' ? ['--unlock'] : [];
      const args = ['--foreground', ...unlock, '--components=secrets'];
      daemon = spawn('gnome-keyring-daemon', args, { env, stdio: ['pipe', 'pipe', 'ignore'] });
      daemon.stdin?.end('a password\n');
      await firstLine(daemon);
    },
    leave: () => end(daemon),
    async stop() {
      await end(daemon);
      await end(bus);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  const { stdout } = child;
  if (stdout === null) throw new Error('its output is not read');
  const text = await new Promise<string>((resolve) =>
    stdout.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8'))),
  );
  stdout.resume();
  return text.split('\n')[0]?.trim() ?? '';
}
