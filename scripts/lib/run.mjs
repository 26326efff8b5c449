import { spawnSync } from 'node:child_process';

/** Runs a program to its end with its output shown; throws with its name when it fails. */
export function runOrThrow(program, args, options = {}) {
  const { error, status, signal } = spawnSync(program, args, { stdio: 'inherit', ...options });
  if (error) throw new Error(`${program} could not be started: ${error.message}`);
  if (status !== 0)
    throw new Error(`${program} ${args.join(' ')} ended with ${signal ?? `exit code ${status}`}`);
}

/** Whether a program is on the PATH. */
export function hasProgram(name) {
  return spawnSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' }).status === 0;
}
