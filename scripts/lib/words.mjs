import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import ts from 'typescript';

import { projectRoot } from './paths.mjs';
import { findToldTexts } from './told-texts.mjs';

const SOURCES = '{renderer,shared,electron}/**/*.{ts,tsx}';

/**
 * Every text that a source gives to `t`, and those that the main process tells: its key, where it stands, and the names that it gives values for. Calls whose text is not written out, which no catalogue can have, are told by their place.
 */
export function findTexts() {
  const texts = [];
  const unreadable = [];
  for (const file of globSync(SOURCES, { cwd: projectRoot }).sort()) {
    if (/\.test\.tsx?$/.test(file)) continue;
    const text = readFileSync(join(projectRoot, file), 'utf8');
    if (!text.includes('words.ts')) continue;
    const found = textsOf(file, text);
    texts.push(...found.texts);
    unreadable.push(...found.unreadable);
  }
  return { texts: [...findToldTexts(), ...texts], unreadable };
}

/** The same of one source. */
export function textsOf(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const texts = [];
  const unreadable = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
      const place = `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
      const [key, values] = node.arguments;
      if (key !== undefined && ts.isStringLiteralLike(key))
        texts.push({ key: key.text, place, given: namesOf(values) });
      else unreadable.push(place);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { texts, unreadable };
}

/** `…` stands for what cannot be read from the call. */
function namesOf(values) {
  if (values === undefined) return [];
  return ts.isObjectLiteralExpression(values)
    ? values.properties.map((property) => property.name?.getText() ?? '…')
    : ['…'];
}

/** The names of the values that a message asks for, whatever it chooses by them. */
function namesIn(message) {
  const names = new Set();
  const read = (elements) => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      names.add(element.value);
      for (const { value } of Object.values(element.options ?? {})) read(value);
    }
  };
  read(parse(message, { ignoreTag: true }));
  return names;
}

/** What is wrong with a catalogue, a sentence each: what it lacks or has too much, and where it asks for other values. */
export function judgeCatalogue(texts, unreadable, catalogue) {
  const faults = unreadable.map((place) => `${place}: t() needs its text written out`);
  const keys = new Map(texts.map((text) => [text.key, text]));
  for (const { key, place, given } of texts) {
    const asked = namesOrFault(key);
    if (typeof asked === 'string') faults.push(`${place}: ${asked}: "${key}"`);
    else if (!given.includes('…') && [...asked].some((name) => !given.includes(name)))
      faults.push(`${place}: not all values are given for "${key}"`);
  }
  for (const [key, { place }] of keys) {
    const said = catalogue[key];
    if (said === undefined) faults.push(`${place}: no translation of "${key}"`);
    else if (said.trim() === '') faults.push(`the translation is empty: "${key}"`);
    else {
      const [asked, answered] = [namesOrFault(key), namesOrFault(said)];
      if (typeof answered === 'string') faults.push(`the translation is ${answered}: "${key}"`);
      else if (
        typeof asked !== 'string' &&
        [...new Set([...asked, ...answered])].some((name) => !asked.has(name) || !answered.has(name))
      )
        faults.push(`the translation has other values: "${key}"`);
    }
  }
  for (const key of Object.keys(catalogue))
    if (!keys.has(key)) faults.push(`nobody says this any more: "${key}"`);
  return faults;
}

function namesOrFault(message) {
  try {
    return namesIn(message);
  } catch {
    return 'not a message';
  }
}
