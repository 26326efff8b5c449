import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { readAnnouncement } from './announcement.ts';

const SCRIPT = join(import.meta.dirname, '..', '..', 'scripts', 'sign-feed.mjs');
const run = (args: string[], env: Record<string, string> = {}): string =>
  spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8', env: { ...process.env, ...env } })
    .stdout;

it('S3 what the release script signs with a new key, the desk with the other half of it believes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-sign-'));
  try {
    const [, publicKey = ''] = /PUBLIC_KEY=(\S+)/.exec(run(['--new-key'])) ?? [];
    const pair = Object.fromEntries(
      run(['--new-key'])
        .trim()
        .split('\n')
        .map((line) => line.split(/=(.*)/s).slice(0, 2)),
    ) as Record<string, string>;
    const file = join(folder, 'latest-linux.yml');
    const digest = Buffer.alloc(64).toString('base64');
    writeFileSync(
      file,
      `version: 1.3.0\nfiles:\n  - url: a.AppImage\n    sha512: ${digest}\npath: a.AppImage\nsha512: ${digest}\n`,
    );
    expect(run([file], pair)).toContain('latest-linux.yml.sig');

    const read = (key: string) =>
      readAnnouncement(
        { address: 'https://updates.example', publicKey: key },
        'latest-linux.yml',
        (address) => Promise.resolve(new Response(readFileSync(join(folder, new URL(address).pathname)))),
        new AbortController().signal,
      );
    expect((await read(pair.QUARTERDECK_UPDATE_PUBLIC_KEY ?? '')).version).toBe('1.3.0');
    await expect(read(publicKey)).rejects.toThrow(/not signed/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
