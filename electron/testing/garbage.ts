import * as fc from 'fast-check';
import { z } from 'zod';

/** Texts that have broken programs before: ways out of folders, prototypes, templates, terminals, formats, encodings. */
const HOSTILE_TEXTS = [
  '',
  ' ',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '../../../../etc/passwd',
  '..\\..\\windows\\system32',
  '/../',
  '%2e%2e%2f',
  'file:///etc/passwd',
  'javascript:alert(1)',
  '\0',
  'a\0b',
  '\r\nx-injected: 1',
  '\ud800',
  '\u202egnp.exe',
  '{{7*7}}',
  '${process.exit(1)}',
  '$(reboot)',
  "'; DROP TABLE entries; --",
  '%s%n%x',
  'NaN',
  '1e999',
  '-0',
  'x'.repeat(100_000),
] as const;

/** Values without a schema: what a structured clone can carry, and some that it cannot. */
export const garbage: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<unknown>(...HOSTILE_TEXTS) },
  {
    weight: 4,
    arbitrary: fc.anything({
      key: fc.oneof(fc.constantFrom('__proto__', 'constructor', 'toString', 'then', 'length'), fc.string()),
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withNullPrototype: true,
      withSparseArray: true,
      withObjectString: true,
    }),
  },
  { weight: 2, arbitrary: fc.nat({ max: oddities().length - 1 }).map((at) => oddities()[at]) },
);

/** One value of the shape that a schema asks for, with hostile texts and extreme numbers wherever it lets them in. */
export const shapedLike = (schema: z.ZodType): fc.Arbitrary<unknown> =>
  fromJsonSchema(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), 0);

/** A shaped value in which one member is garbage. */
export const almostLike = (schema: z.ZodType): fc.Arbitrary<unknown> =>
  fc.tuple(shapedLike(schema), garbage, fc.nat()).map(([value, odd, at]) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return odd;
    const names = Object.keys(value);
    const name = names[at % Math.max(1, names.length)] ?? 'extra';
    return Object.fromEntries([...Object.entries(value), [name, odd]]);
  });

/** Made anew each time, since some are cyclic or may be changed by whoever gets them. */
function oddities(): unknown[] {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  let deep: unknown = {};
  for (let depth = 0; depth < 10_000; depth += 1) deep = [deep];
  const polluting: unknown = JSON.parse(
    '{"__proto__":{"polluted":true},"constructor":{"prototype":{"x":1}}}',
  );
  return [
    circle,
    deep,
    polluting,
    { params: polluting, config: polluting, secrets: polluting },
    { then: 1 },
    new Error('an error as a value'),
    /(a+)+$/,
    new ArrayBuffer(64),
    new Date(Number.NaN),
    new Proxy({}, { ownKeys: () => ['params'] }),
    Symbol('symbol'),
    () => 'a function',
    Number.NaN,
    Number.POSITIVE_INFINITY,
    { text: 'x'.repeat(8_000_001) },
    { secrets: { ['k'.repeat(2_000_000)]: 'v' }, config: {} },
    { many: new Array(4_000_000_000) },
    { many: new Array(250_000).fill(null) },
  ];
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

function fromJsonSchema(schema: boolean | JsonSchema, depth: number): fc.Arbitrary<unknown> {
  if (typeof schema === 'boolean' || depth > 8) return fc.constant('x');
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined) return fc.oneof(...branches.map((one) => fromJsonSchema(one, depth + 1)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'object':
      return objectLike(schema, depth);
    case 'array':
      return arrayLike(schema, depth);
    case 'string':
      return textLike(schema);
    case 'integer':
      return fc.integer(range(schema));
    case 'number':
      return fc.double({ ...range(schema), noNaN: true });
    case 'boolean':
      return fc.boolean();
    default:
      return fc.constantFrom<unknown>(null, 'main', 1);
  }
}

function objectLike(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  const required = new Set(schema.required);
  const members = Object.entries(schema.properties ?? {}).map(([name, member]) => {
    const value = fromJsonSchema(member, depth + 1);
    return [name, required.has(name) ? value : fc.option(value, { nil: undefined })] as const;
  });
  const known = fc.record(Object.fromEntries(members)).map(withoutUndefined);
  const { additionalProperties } = schema;
  if (typeof additionalProperties !== 'object') return known;
  const more = fc.dictionary(
    fc.constantFrom('approvalId', 'symbol', 'x'),
    fromJsonSchema(additionalProperties, depth + 1),
    {
      maxKeys: 3,
    },
  );
  return fc.tuple(known, more).map(([own, rest]) => ({ ...rest, ...own }));
}

function arrayLike({ items, minItems = 0, maxItems = 3 }: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  const item = Array.isArray(items) ? items[0] : items;
  const bounds = { minLength: minItems, maxLength: Math.max(minItems, Math.min(3, maxItems)) };
  return fc.array(fromJsonSchema(item ?? true, depth + 1), bounds);
}

function textLike({ pattern, format, minLength = 0, maxLength = 400 }: JsonSchema): fc.Arbitrary<unknown> {
  if (format === 'uri') return fc.constant('http://127.0.0.1:9');
  const texts = ['main', '#336699', '1.5', '2026-01-01', 'abcdefgh-1', ...HOSTILE_TEXTS];
  const fitting = texts.filter(
    (text) =>
      text.length >= minLength &&
      text.length <= maxLength &&
      (pattern === undefined || new RegExp(pattern).test(text)),
  );
  return fc.constantFrom(...(fitting.length === 0 ? ['a'.repeat(Math.max(1, minLength))] : fitting));
}

function range(schema: JsonSchema): { min: number; max: number } {
  const { minimum = -1_000_000, maximum = 4_000_000_000_000 } = schema;
  return { min: Math.ceil(minimum), max: Math.max(Math.ceil(minimum), Math.floor(maximum)) };
}

const withoutUndefined = (value: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
