import { utilityProcess } from 'electron';

import type { Logger } from '../../lib/logger.ts';
import type { PracticeChild } from './practice-supervisor.ts';

const MAX_LINE_LENGTH = 500;

/** Starts the practice desk's bundle in a process of its own, so that no market of ours can ever hold up the desk. */
export function spawnPractice(modulePath: string, log: Logger): PracticeChild {
  const child = utilityProcess.fork(modulePath, [], {
    serviceName: 'Quarterdeck practice desk',
    stdio: 'pipe',
  });
  child.stdout?.on('data', (chunk: Buffer) => log.debug('practice', { line: firstOf(chunk) }));
  child.stderr?.on('data', (chunk: Buffer) => log.warn('practice', { line: firstOf(chunk) }));
  return {
    send: (options) => child.postMessage(options),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    kill: () => void child.kill(),
  };
}

const firstOf = (chunk: Buffer): string => chunk.toString('utf8').trim().slice(0, MAX_LINE_LENGTH);
