#!/usr/bin/env node
/**
 * Stands in for fpm, which electron-builder calls to make a Debian package and otherwise downloads: takes the same arguments and makes the
 * package with `dpkg-deb`. It knows what electron-builder says and refuses anything else, so that nothing is left out in silence.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const COMPRESSIONS = { gz: 'gzip', xz: 'xz', none: 'none' };
const FLAGS = new Set(['--force']);
const MANY = new Set(['-d', '--deb-recommends']);
const KNOWN = new Set([
  ...[
    '-s',
    '-t',
    '--architecture',
    '--after-install',
    '--after-remove',
    '--description',
    '--version',
    '--package',
  ],
  ...[
    '--name',
    '--maintainer',
    '--vendor',
    '--url',
    '--category',
    '--license',
    '--deb-priority',
    '--deb-compression',
  ],
]);

const { options, many, files } = read(process.argv.slice(2));
if (options.get('-s') !== 'dir' || options.get('-t') !== 'deb')
  throw new Error('Only a folder is made into a Debian package here.');

const stage = mkdtempSync(join(tmpdir(), 'quarterdeck-deb-'));
// It becomes the root folder of the package.
chmodSync(stage, 0o755);
try {
  for (const { from, to } of files) put(from, join(stage, to));
  const payload = allFiles(stage);
  const control = join(stage, 'DEBIAN');
  mkdirSync(control, { mode: 0o755 });
  writeFileSync(join(control, 'control'), controlText(payload));
  writeFileSync(join(control, 'md5sums'), payload.map(digestLine).join(''));
  for (const [option, name] of [
    ['--after-install', 'postinst'],
    ['--after-remove', 'postrm'],
  ]) {
    const script = options.get(option);
    if (script === undefined) continue;
    cpSync(script, join(control, name));
    chmodSync(join(control, name), 0o755);
  }
  const target = options.get('--package') ?? '';
  const made = spawnSync(
    'dpkg-deb',
    [
      '--root-owner-group',
      `-Z${COMPRESSIONS[options.get('--deb-compression') ?? 'xz']}`,
      '--build',
      stage,
      target,
    ],
    { stdio: 'inherit' },
  );
  if (made.status !== 0) throw new Error('dpkg-deb made no package.');
} finally {
  rmSync(stage, { recursive: true, force: true });
}

function read(words) {
  const found = { options: new Map(), many: new Map(), files: [] };
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (FLAGS.has(word)) continue;
    if (!word.startsWith('-')) {
      const at = word.lastIndexOf('=');
      found.files.push({ from: word.slice(0, at), to: word.slice(at + 1) });
      continue;
    }
    index += 1;
    const value = words[index];
    if (MANY.has(word)) found.many.set(word, [...(found.many.get(word) ?? []), value]);
    else if (KNOWN.has(word)) found.options.set(word, value);
    else throw new Error(`fpm's ${word} is not known here.`);
  }
  return found;
}

/** `folder/=/place` means what is in the folder; anything else is one file and its whole name. */
function put(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}

function allFiles(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
}

function digestLine(file) {
  if (!lstatSync(file).isFile()) return '';
  return `${createHash('md5').update(readFileSync(file)).digest('hex')}  ${relative(stage, file)}\n`;
}

function controlText(payload) {
  const [synopsis = '', ...more] = (options.get('--description') ?? '').split('\n');
  const long = more.map((line) => line.trim()).filter((line) => line !== '');
  const kibibytes = Math.ceil(payload.reduce((sum, file) => sum + lstatSync(file).size, 0) / 1024);
  const fields = {
    Package: options.get('--name'),
    Version: options.get('--version'),
    License: options.get('--license'),
    Vendor: options.get('--vendor'),
    Architecture: options.get('--architecture'),
    Maintainer: options.get('--maintainer'),
    'Installed-Size': String(kibibytes),
    Depends: many.get('-d')?.join(', '),
    Recommends: many.get('--deb-recommends')?.join(', '),
    Section: options.get('--category') ?? 'default',
    Priority: options.get('--deb-priority'),
    Homepage: options.get('--url'),
    Description: [synopsis, ...long.map((line) => ` ${line}`)].join('\n'),
  };
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}
