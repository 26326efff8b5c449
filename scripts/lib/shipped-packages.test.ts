import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, it } from 'vitest';

/** What an expression over a script's exports is, worked out by Node as the scripts are. */
function valueOf(script: string, expression: string): unknown {
  const address = pathToFileURL(join(import.meta.dirname, script)).href;
  const code = `import * as script from '${address}'; console.log(JSON.stringify(${expression}));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

describe('the packages in the application', () => {
  it('are what the main process depends on and what is built into the window, with what these need, and no tool', () => {
    const names = valueOf('shipped-packages.mjs', 'script.shippedPackages().map(({ name }) => name)');
    expect(names).toEqual(
      expect.arrayContaining([
        'electron',
        'zod',
        'ws',
        'conf',
        'react',
        'scheduler',
        '@radix-ui/react-dialog',
        'lightweight-charts',
      ]),
    );
    for (const tool of ['vitest', 'eslint', 'typescript', 'electron-builder', 'vite'])
      expect(names).not.toContain(tool);
  });

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['MIT AND GPL-3.0-only', false],
    ['GPL-3.0-or-later', false],
    ['unknown', false],
    ['', false],
    ['SEE LICENSE IN LICENSE.md', false],
  ])('may have the licence %j: %s', (licence, allowed) => {
    const trouble = valueOf('licences.mjs', `script.licenceTrouble(${JSON.stringify(licence)})`);
    expect(trouble === null).toBe(allowed);
  });
});

describe('the audit', () => {
  const judge = (output: string): unknown =>
    valueOf('judge-audit.mjs', `script.judgeAudit(${JSON.stringify(output)}, new Set(['ws', 'zod']))`);
  const report = (...found: [name: string, severity: string][]): string =>
    JSON.stringify({
      vulnerabilities: Object.fromEntries(
        found.map(([name, severity]) => [
          name,
          { name, severity, range: '<9', via: [{ title: 'Denial of service' }] },
        ]),
      ),
    });

  it('fails for what is high or critical in the application, and names it', () => {
    expect(judge(report(['ws', 'high'], ['zod', 'low'], ['vitest', 'critical']))).toEqual({
      failed: true,
      lines: [
        'high: ws <9 Denial of service',
        '2 known in what is shipped, 1 of them high or critical; 1 in tools',
      ],
    });
  });

  it('passes what is less, or stands in tools alone', () => {
    expect(judge(report(['zod', 'moderate'], ['vitest', 'critical']))).toMatchObject({ failed: false });
    expect(judge(report())).toMatchObject({ failed: false });
  });

  it.each(['', '<html>', '{"message":"405 Method Not Allowed - POST https://registry/"}'])(
    'says so where the registry answers %j, and fails nothing',
    (output) => {
      expect(judge(output)).toMatchObject({ failed: false, lines: [expect.stringContaining('not asked')] });
    },
  );
});
