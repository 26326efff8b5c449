/** Names of sources and folders, and links, in every page of the repository: ends with exit code 1 where one of them is not there. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

import { projectRoot } from './lib/paths.mjs';

/** What is made, not kept, or belongs to a running desk. */
const MADE = /^(?:out|dist|screenshots|test-results|logs)\//;
const SOURCE_OR_FOLDER = /^[\w.@/-]*\w(?:\.(?:tsx?|mjs|cjs|css|md|html)|\/)$/;
/** Stands for any name, as in `NAME-section.tsx`. */
const PLACEHOLDER = /(?:^|[/-])[A-Z]{3,}[-./]/;

const all = globSync('**/*', {
  cwd: projectRoot,
  exclude: (name) => /^(?:node_modules|\.git|out|dist|screenshots|test-results)$/.test(name),
}).map((path) => path.replaceAll('\\', '/'));
const present = new Set(all);
/** By every end of a path: a page may name a file by as much of it as a reader needs. */
const ends = new Set(
  all.flatMap((path) => path.split('/').map((_, index, parts) => parts.slice(index).join('/'))),
);

const problems = all
  .filter((path) => path.endsWith('.md') && path !== 'CHANGELOG.md')
  .flatMap((page) =>
    namesIn(readFileSync(join(projectRoot, page), 'utf8'))
      .filter((name) => !isThere(page, name))
      .map((name) => `${page} names ${name}, which is not there`),
  );
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exitCode = 1;
}

function namesIn(text) {
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map(([, name]) => name);
  const linked = [...text.matchAll(/\]\(([^)#\s]+)/g)].map(([, name]) => name);
  return [
    ...new Set([
      ...quoted.filter((name) => SOURCE_OR_FOLDER.test(name) && !MADE.test(name) && !PLACEHOLDER.test(name)),
      ...linked.filter((name) => !/^[a-z]+:/.test(name)),
    ]),
  ];
}

function isThere(page, name) {
  const plain = name.replace(/\/$/, '');
  return present.has(normalize(join(dirname(page), plain))) || ends.has(plain.replace(/^(?:\.\.?\/)+/, ''));
}
