import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

import { projectRoot } from './paths.mjs';

const FOLDERS = ['electron', 'shared', 'renderer', 'scripts', 'e2e'];
const IDS = /^(?:[KADLS]\d+[ ,]+)+/;

/**
 * The tests that name a promise, from the source: those whose own name, or that of a group around them, begins with its id.
 * Returns a map from the id to `{ file, name }`, in the order of files and lines.
 */
export function findPromisedTests() {
  const found = new Map();
  for (const file of testFiles()) {
    const text = readFileSync(join(projectRoot, file), 'utf8');
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false);
    visit(source, []);

    function visit(node, groups) {
      const call = callOf(node);
      if (call === null) {
        ts.forEachChild(node, (child) => visit(child, groups));
        return;
      }
      const names = [...groups, call.name];
      if (call.kind === 'test') note(names);
      else ts.forEachChild(node, (child) => visit(child, names));
    }

    function note(names) {
      for (const id of new Set(names.flatMap(idsOf))) {
        if (!found.has(id)) found.set(id, []);
        found.get(id).push({ file, name: names.join(' > ') });
      }
    }
  }
  return found;
}

function testFiles() {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(test|spec)\.tsx?$/.test(entry.name))
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(projectRoot.length + 1)
          .replaceAll('\\', '/'),
      ),
  ).sort();
}

/** `test('…')`, `it.each(…)('…')`, `describe.skipIf(…)('…')`, `test.describe('…')` and their like; `null` for anything else. */
function callOf(node) {
  if (!ts.isCallExpression(node)) return null;
  const [title] = node.arguments;
  if (title === undefined || !(ts.isStringLiteralLike(title) || ts.isTemplateExpression(title))) return null;
  const words = [];
  for (let part = node.expression; part !== undefined; part = part.expression) {
    if (ts.isIdentifier(part)) words.push(part.text);
    if (ts.isPropertyAccessExpression(part)) words.push(part.name.text);
  }
  const root = words.at(-1);
  if (root !== 'test' && root !== 'it' && root !== 'describe') return null;
  if (words.includes('step')) return null;
  const name = ts.isStringLiteralLike(title) ? title.text : templateText(title);
  return { kind: words.includes('describe') ? 'group' : 'test', name };
}

/** What is put in at run time stands as "…". */
const templateText = (template) =>
  [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)].join('…');

const idsOf = (name) => IDS.exec(`${name} `)?.[0].match(/[KADLS]\d+/g) ?? [];
