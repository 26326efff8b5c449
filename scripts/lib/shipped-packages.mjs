import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { projectRoot } from './paths.mjs';

/** What the window imports is built into it, whatever the package file calls a development dependency. */
const WINDOW_SOURCES = ['renderer', 'shared'];

/**
 * Every package of which something is in the application: what `dependencies` names, what the window's sources and styles import, all
 * that these need, and Electron itself. Each with where it lies, its name, version, licence (SPDX) and folder.
 */
export function shippedPackages() {
  const { packages } = readJson(join(projectRoot, 'package-lock.json'));
  const own = packages[''];
  const imported = importedNames();
  const roots = [
    ...Object.keys(own.dependencies),
    ...Object.keys(own.devDependencies).filter((name) => imported.has(name)),
  ];
  const found = new Set();
  const waiting = roots.map((name) => `node_modules/${name}`);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    for (const name of needsOf(packages[path] ?? {})) {
      const resolved = resolve(packages, path, name);
      if (resolved !== null) waiting.push(resolved);
    }
  }
  found.add('node_modules/electron');
  return [...found]
    .filter((path) => existsSync(join(projectRoot, path, 'package.json')))
    .map((path) => describe(path))
    .toSorted((one, other) => one.name.localeCompare(other.name) || one.version.localeCompare(other.version));
}

/** Peers are built in as well; those that are optional only where they are installed. */
const needsOf = ({
  dependencies = {},
  optionalDependencies = {},
  peerDependencies = {},
  peerDependenciesMeta = {},
}) => [
  ...Object.keys(dependencies),
  ...Object.keys(optionalDependencies),
  ...Object.keys(peerDependencies).filter(
    (name) => !name.startsWith('@types/') && !peerDependenciesMeta[name]?.optional,
  ),
];

/** As Node looks for a package: beside the one that wants it, then upwards. */
function resolve(packages, from, name) {
  for (let folder = from; ; folder = parentOf(folder)) {
    const candidate = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages[candidate] !== undefined) return candidate;
    if (folder === '') return null;
  }
}

function parentOf(path) {
  const at = path.lastIndexOf('/node_modules/');
  return at < 0 ? '' : path.slice(0, at);
}

function describe(path) {
  const folder = join(projectRoot, path);
  const { name, version, license, licenses, author, homepage, repository } = readJson(
    join(folder, 'package.json'),
  );
  return {
    name,
    version,
    licence: spdxOf(license ?? licenses),
    folder,
    author: typeof author === 'string' ? author : (author?.name ?? null),
    address: homepage ?? (typeof repository === 'string' ? repository : repository?.url) ?? null,
  };
}

/** Old package files say it as an object, or as a list of them of which one is to be chosen. */
function spdxOf(said) {
  if (Array.isArray(said)) return said.map(spdxOf).join(' OR ');
  if (typeof said === 'object' && said !== null) return said.type ?? 'unknown';
  return said ?? 'unknown';
}

/** Names of packages in the import lines of the window's sources. */
function importedNames() {
  const names = new Set();
  for (const source of WINDOW_SOURCES)
    for (const entry of readdirSync(join(projectRoot, source), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(tsx?|css)$/.test(entry.name) || /\.test\./.test(entry.name)) continue;
      const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      for (const [, name] of text.matchAll(/(?:from|import) '((?:@[\w.-]+\/)?[\w.-]+)(?:\/[^']*)?'/g))
        names.add(name);
    }
  return names;
}

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** The licence texts that a package carries, its notices included. */
export function licenceTexts(folder) {
  return readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice|ofl)/i.test(name) && !/\.(js|ts|json)$/i.test(name))
    .toSorted()
    .map((name) => readFileSync(join(folder, name), 'utf8').trim());
}

/** The package's folder relative to the project, for a message. */
export const placeOf = (folder) => folder.slice(dirname(join(projectRoot, 'x')).length + 1);
