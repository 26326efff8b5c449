import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, it } from 'vitest';

/** What is wrong with a catalogue for a source, worked out by Node as the check does. */
function faultsOf(source: string, catalogue: Record<string, string>): unknown {
  const address = pathToFileURL(join(import.meta.dirname, 'words.mjs')).href;
  const code = `import { judgeCatalogue, textsOf } from '${address}';
    const { texts, unreadable } = textsOf('a.ts', ${JSON.stringify(source)});
    console.log(JSON.stringify(judgeCatalogue(texts, unreadable, ${JSON.stringify(catalogue)})));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

const COUNTED = '{count, plural, one {# alert} other {# alerts}}';

describe('the check of the catalogues', () => {
  it('finds nothing where all is said', () => {
    const source = `t('Approve'); t('${COUNTED}', { count }); t('{a}', values);`;
    const german = { Approve: 'Freigeben', [COUNTED]: '{count, plural, other {# Alarme}}', '{a}': '{a}' };
    expect(faultsOf(source, german)).toEqual([]);
  });

  it.each([
    ['a text without a translation', `t('Approve')`, {}, 'a.ts:1: no translation of "Approve"'],
    ['an empty one', `t('Approve')`, { Approve: ' ' }, 'the translation is empty: "Approve"'],
    ['one that nobody says', '', { Approve: 'Freigeben' }, 'nobody says this any more: "Approve"'],
    [
      'other values',
      `t('{age} old', { age })`,
      { '{age} old': '{alter} alt' },
      'the translation has other values: "{age} old"',
    ],
    [
      'a value that is not given',
      `t('{age} old', { name })`,
      { '{age} old': '{age} alt' },
      'a.ts:1: not all values are given for "{age} old"',
    ],
    [
      'a translation that no formatter can read',
      `t('{age} old', { age })`,
      { '{age} old': '{age alt' },
      'the translation is not a message: "{age} old"',
    ],
    ['a text that is not written out', `t(text)`, {}, 'a.ts:1: t() needs its text written out'],
  ])('finds %s', (_case, source, catalogue, fault) => {
    expect(faultsOf(source, catalogue)).toEqual([fault]);
  });
});

describe('texts of the main process', () => {
  it('are found without a mark, with their values named by their expressions; what machines read is not', () => {
    const source = `
      const a = \`\${nameOf(facts)} is \${link.state.kind}, \${age}.\`;
      const b = { label: 'Approve', id: 'approval.approve', help: 'Sells it ' + 'all.' };
      const c = [said('live'), 'live', log.warn('it is odd', 'no word'), \`Bearer \${key}\`];
      if (kind === 'a kind of its own') db.prepare('SELECT seq FROM entries');`;
    const address = pathToFileURL(join(import.meta.dirname, 'told-texts.mjs')).href;
    const code = `import { toldTextsOf } from '${address}';
      console.log(JSON.stringify(toldTextsOf('a.ts', ${JSON.stringify(source)}).map(({ key }) => key)));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    expect(JSON.parse(stdout)).toEqual(['{name} is {kind}, {age}.', 'Approve', 'Sells it all.', 'live']);
  });
});
