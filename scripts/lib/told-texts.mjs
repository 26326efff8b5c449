import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

import { projectRoot } from './paths.mjs';

const SOURCES = '{electron,shared}/**/*.ts';
/** What these say is for tests, models, scripts, files and the system, which have no language, or is said through `t`. */
const NOT_FOR_PEOPLE = new RegExp(
  [
    String.raw`\.test\.ts$`,
    String.raw`\/testing\/`,
    String.raw`\/cli\.ts$`,
    '^electron/practice/',
    '^electron/assistant/tools/(?!propose-)',
    '^electron/assistant/model/(?:prompt|marked-data)\\.ts$',
    '^electron/journal/(?:search/|file/(?:schema|rows|open-file)\\.ts)',
    '^electron/diagnostics/bundle\\.ts$',
    '^electron/desktop/(?:windows/(?:app-page|app-protocol|print-paper)|system/log-file)\\.ts$',
    '^electron/ingest/(?:listener|gate|payload)\\.ts$',
    '^electron/attention/channels/email-text\\.ts$',
    '^electron/(?:playback|journal)/file/open-file\\.ts$',
    '^electron/lib/disposables\\.ts$',
    '^shared/(?:assert-never|domain/attention/sms-text)\\.ts$',
  ].join('|'),
);

/** The same of all sources of the main process and of what it shares with the window. */
export const findToldTexts = () =>
  globSync(SOURCES, { cwd: projectRoot })
    .sort()
    .filter((file) => !NOT_FOR_PEOPLE.test(file))
    .flatMap((file) => toldTextsOf(file, readFileSync(join(projectRoot, file), 'utf8')));

/** Members whose value is said to a person, whatever it looks like. */
const FOR_PEOPLE = new Set(
  'label help summary group confirm caution message detail title body trouble headline'.split(' '),
);

/** Calls whose texts no person reads: what is compared, looked up, or a mark of the wire; and what goes into the log. */
const FOR_MACHINES =
  /^(?:t|includes|startsWith|endsWith|indexOf|has|get|split|replace|replaceAll|exec|prepare|literal|RegExp|header|setHeader|localeCompare|appendSwitch|TypeError|RangeError)$/;
const LOGGING = /^(?:debug|info|warn|error)$/;

/**
 * The texts that a source of the main process says in English and `told` says in the language of the desk: whatever reads like words,
 * so that none is forgotten for want of a mark; `said('live')` marks what does not. A template's values are named by their expressions.
 */
export function toldTextsOf(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const texts = [];
  const add = (node, key) => {
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    texts.push({ key, place: `${file}:${line}`, given: ['…'] });
  };
  const visit = (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return;
    if (ts.isCallExpression(node) && calledName(node) === 'said') {
      for (const one of node.arguments) add(one, keyOf(one));
      return;
    }
    if (isForMachines(node)) {
      // A function given to it may say things all the same.
      node.arguments?.forEach((one) => {
        if (!isText(one)) visit(one);
      });
      visit(node.expression);
      return;
    }
    const joined = joinedText(node);
    if (joined !== null) {
      if (isWordy(joined)) add(node, joined);
      return;
    }
    if (isText(node) && isForPeople(node)) add(node, keyOf(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

const isForMachines = (node) =>
  (ts.isCallExpression(node) || ts.isNewExpression(node)) &&
  (FOR_MACHINES.test(calledName(node)) ||
    (ts.isPropertyAccessExpression(node.expression) && LOGGING.test(calledName(node))));

/** A text that is too long for one line of the source, or `null`. */
function joinedText(node) {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return null;
  const left = ts.isStringLiteralLike(node.left) ? node.left.text : joinedText(node.left);
  return left !== null && ts.isStringLiteralLike(node.right) ? left + node.right.text : null;
}

const isText = (node) => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);

function calledName({ expression }) {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
}

function isForPeople(node) {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return false;
  if (
    ts.isElementAccessExpression(parent) ||
    ts.isCaseClause(parent) ||
    ts.isTaggedTemplateExpression(parent)
  )
    return false;
  if (ts.isBinaryExpression(parent) && /^[!=]==?$/.test(parent.operatorToken.getText())) return false;
  const words = literalOf(node);
  const isNamed = ts.isPropertyAssignment(parent) && FOR_PEOPLE.has(parent.name.getText());
  return isNamed && /^\p{Lu}/u.test(words) ? /\p{Ll}{2}/u.test(words) : isWordy(words);
}

/** Texts with blanks in them that are markup, a query or a header. */
const CODE = new RegExp(
  [
    String.raw`[<>;]\s*$|^\s*<|^\n|•", "|^\\S*https?:\\S*$`,
    String.raw`charset=|^\[\w|^\w+=|-src '|; ?q=|^(?:Bearer|Basic) •$`,
    String.raw`\bCROSS JOIN\b|\bMATCH \?|BETWEEN \?|\bSELECT\b|\bINSERT\b|\bCREATE (?:TABLE|INDEX)|\bUPDATE \w+ SET|PRAGMA`,
  ].join('|'),
);

/** Several words, or what is put in front of or behind some. */
const isWordy = (words) =>
  !CODE.test(words) && /\p{L}{2,}.* |^\s.*\p{L}{2,}|: $/su.test(words) && /\p{Ll}{2,}/u.test(words);

/** The words of a text, with `•` where a value stands. */
const literalOf = (node) =>
  ts.isStringLiteralLike(node)
    ? node.text
    : node.head.text + node.templateSpans.map(({ literal }) => `•${literal.text}`).join('');

function keyOf(node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  const names = new Map();
  const nameFor = (expression) => {
    const wanted = nameOf(expression);
    const source = expression.getText();
    for (let n = 1; ; n += 1) {
      const name = n === 1 ? wanted : `${wanted}${n}`;
      if ((names.get(name) ?? source) !== source) continue;
      names.set(name, source);
      return name;
    }
  };
  return (
    node.head.text +
    node.templateSpans.map(({ expression, literal }) => `{${nameFor(expression)}}${literal.text}`).join('')
  );
}

const NAMING = /^(?:nameOf|named|quote)$/;

function nameOf(expression) {
  if (ts.isCallExpression(expression) && NAMING.test(calledName(expression)))
    return calledName(expression).replace('nameOf', 'name');
  if (ts.isIdentifier(expression))
    return /^[A-Z_0-9]+$/.test(expression.text) ? expression.text.toLowerCase() : expression.text;
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  if (ts.isCallExpression(expression)) {
    const [first] = expression.arguments;
    return first !== undefined && (ts.isIdentifier(first) || ts.isPropertyAccessExpression(first))
      ? nameOf(first)
      : calledName(expression) || 'value';
  }
  if (ts.isConditionalExpression(expression)) return 'what';
  if (ts.isBinaryExpression(expression)) return nameOf(expression.left);
  if (ts.isNonNullExpression(expression) || ts.isParenthesizedExpression(expression))
    return nameOf(expression.expression);
  return 'value';
}
