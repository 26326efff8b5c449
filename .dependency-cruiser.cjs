/** Who may import whom. The folders are the architecture; see electron/README.md. */
const inElectron = '^electron/([^/]+)/';
/** What takes long to load and is not needed by a desk that starts, and the files that stand on it. */
const late = '^node_modules/(electron-store|openai|nodemailer|electron-updater|socket\\.io-client)/';
const lateFiles = '^electron/(updates/(update-engine|announcement)|connections/engine-transports)\\.ts$';
const tests = '\\.test\\.tsx?$|/testing/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphan-layer',
      severity: 'error',
      from: { path: '.', pathNot: '^(shared|electron|renderer|node_modules|resources)/|^[a-z_:/]+$' },
      to: {},
    },
    {
      name: 'shared-imports-only-itself',
      comment: 'shared/ runs in both processes: no Node, no DOM, and only zod and decimal.js besides itself',
      severity: 'error',
      from: { path: '^shared/', pathNot: tests },
      to: { pathNot: '^shared/|^node_modules/(zod|decimal\\.js)/' },
    },
    {
      name: 'renderer-imports-only-shared',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^electron/|^e2e/|^scripts/' },
    },
    {
      name: 'renderer-without-node',
      severity: 'error',
      from: { path: '^renderer/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'folders-know-only-ports',
      comment:
        'a folder of electron/ reaches another one only through its port; wiring is done in core.ts and wiring/',
      severity: 'error',
      from: { path: inElectron, pathNot: `${tests}|^electron/(lib|wiring)/` },
      to: { path: '^electron/', pathNot: '^electron/$1/|^electron/lib/|port\\.ts$' },
    },
    {
      name: 'lib-knows-nobody',
      severity: 'error',
      from: { path: '^electron/lib/', pathNot: tests },
      to: { path: '^electron/', pathNot: '^electron/lib/' },
    },
    {
      name: 'backends-know-only-the-port',
      comment: 'kinds of backend share nothing but backends/port.ts and the kit, which knows no kind',
      severity: 'error',
      from: { path: '^electron/backends/([^/]+)/', pathNot: tests },
      to: { path: '^electron/backends/', pathNot: '^electron/backends/($1|kit)/|port\\.ts$' },
    },
    {
      name: 'electron-module-stays-at-the-edge',
      comment: 'everything else runs and is tested in plain Node',
      severity: 'error',
      from: {
        pathNot: `^electron/(main|preload)\\.ts$|^electron/(ipc|vault|settings|desktop|wiring)/|^electron/attention/channels/native\\.ts$`,
      },
      to: { path: '^node_modules/electron/' },
    },
    {
      name: 'late-libraries-come-late',
      comment: 'they are imported where they are used first, so that no start waits for them',
      severity: 'error',
      from: { path: '^electron/', pathNot: `${tests}|${lateFiles}` },
      to: { path: `${late}|${lateFiles}`, dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-window-comes-first',
      comment:
        'what opens the window loads nothing of the desk behind it, which main.ts imports once the window shows',
      severity: 'error',
      from: { path: '^electron/(main|wiring/(front|ground|journal|windows))\\.ts$' },
      to: {
        path: '^electron/(core|(wiring)/(?!(front|ground|journal|windows)\\.ts)|ipc/(?!register|request-gate))',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'core-stays-free-of-electron',
      severity: 'error',
      from: { path: '^electron/core\\.ts$' },
      to: { path: '^electron/(desktop|ipc|wiring)/' },
    },
    {
      name: 'only-commands-act',
      comment:
        'the acting side of a backend is for the command door alone; kinds implement it, nobody else imports it',
      severity: 'error',
      from: {
        path: '^renderer/|^electron/(desk|journal|attention|assistant|settings|vault|practice)/',
        pathNot: tests,
      },
      to: { path: '^electron/(commands|backends)/', pathNot: 'port\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.node.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
