import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const PLAIN_RULES = [
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  { selector: 'TSAsExpression > TSAsExpression', message: 'A double cast hides an error.' },
];
/** Names of products and keys are the same in every language. */
const WORDS = String.raw`/^(?!(?:Quarterdeck|CoinRuler|AI-Trader|VolSpike|Discord|Telegram|Slack)$)(?!\s*(?:https?:|--|ms$))(?!.*(?:px|rem|Inter Variable)).*\p{Ll}{2,}/su`;
const FOR_PEOPLE =
  '/^(?:aria-label|aria-description|title|placeholder|label|help|description|hint|failure|heading|caption)$/';
const bareWords = (selector) => ({
  selector,
  message: 'Words for people go through t() of #shared/words.ts (docs/words.md).',
});
const WORD_RULES = [
  bareWords(`JSXElement:not([openingElement.name.name=/^(?:code|kbd|Kbd|pre)$/]) > JSXText[value=${WORDS}]`),
  bareWords(`JSXFragment > JSXText[value=${WORDS}]`),
  bareWords(`JSXAttribute[name.name=${FOR_PEOPLE}] > Literal[value=${WORDS}]`),
  bareWords(
    `JSXAttribute[name.name=${FOR_PEOPLE}] > JSXExpressionContainer > :matches(Literal[value=${WORDS}], TemplateLiteral:has(TemplateElement[value.raw=${WORDS}]))`,
  ),
  bareWords(`Property[key.name=${FOR_PEOPLE}] > Literal[value=/^\\p{Lu}\\p{Ll}.*/su][value=${WORDS}]`),
];

/** What the browser draws and reads in the system's language, whatever the desk speaks. */
const FIELD_RULES = [
  {
    selector:
      'JSXAttribute[name.name="type"] Literal[value=/^(?:date|time|datetime-local|month|week|number)$/]',
    message:
      'It speaks the language of the system. DayInput, ClockInput and readDecimal (renderer/ui/) speak that of the desk.',
  },
];

// ESLint takes its configuration from a default export.
export default tseslint.config(
  {
    ignores: [
      'out/',
      'dist/',
      'node_modules/',
      'screenshots/',
      'test-results/',
      '**/*.mjs',
      '**/*.cjs',
      'eslint.config.js',
    ],
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowNullish: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/prefer-nullish-coalescing': [
        'error',
        { ignorePrimitives: { string: true, boolean: true } },
      ],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      // Ports are plain objects whose functions use no `this`; taking them apart is the rule here, not the mistake.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-empty-function': ['error', { allow: ['arrowFunctions'] }],
      // The IPC contract carries the type of an answer without a value of it.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-restricted-syntax': ['error', ...PLAIN_RULES],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
    // Warns about libraries that React Compiler cannot work on; it is not used here.
    rules: { 'react-hooks/incompatible-library': 'off' },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    ignores: ['**/*.test.{ts,tsx}', 'renderer/design-system/**'],
    rules: { 'no-restricted-syntax': ['error', ...PLAIN_RULES, ...WORD_RULES, ...FIELD_RULES] },
  },
  { files: ['*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: [
      'electron/practice/cli.ts',
      'electron/journal/chain/cli.ts',
      'electron/testing/faults/cli.ts',
      'bench/**',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.test.ts', '**/*.test.tsx', '**/testing/**', 'e2e/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
      'no-restricted-properties': [
        'error',
        ...['waitFor', 'waitUntil'].map((property) => ({
          object: 'vi',
          property,
          message:
            'Gives up after a second. expect.poll() and soon() have the limit of electron/lib/testing/soon.ts.',
        })),
      ],
    },
  },
);
