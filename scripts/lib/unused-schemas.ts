import type { parseSync, Plugin } from 'vite';

/**
 * What the window never validates leaves no trace in it. A bundler cannot know that a chain such as `z.string().max(80)` does
 * nothing but make a value, and would carry zod and every schema of a module of which only a type, a list or a function is used. So
 * top-level constants that are made by a call, in modules that import zod, are marked as free of effects.
 */
export function dropUnusedSchemas(): Plugin {
  return {
    name: 'drop-unused-schemas',
    apply: 'build',
    transform: {
      filter: { id: { exclude: /node_modules/ }, code: /from ['"]zod['"]/ },
      handler(code) {
        let marked = code;
        for (const { start, end } of madeByCalls(this.parse(code)).reverse())
          marked = `${marked.slice(0, start)}/* @__PURE__ */ (() => (${marked.slice(start, end)}))()${marked.slice(end)}`;
        return { code: marked, map: null };
      },
    },
  };
}

type Program = ReturnType<typeof parseSync>['program'];

/** Where the values of top-level constants stand that a call makes, in the order of the text. */
const madeByCalls = ({ body }: Program): { start: number; end: number }[] =>
  body
    .map((statement) => (statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement))
    .flatMap((statement) =>
      statement?.type === 'VariableDeclaration' && statement.kind === 'const' ? statement.declarations : [],
    )
    .flatMap(({ init }) => (init?.type === 'CallExpression' ? [init] : []));
