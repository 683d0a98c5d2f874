import { defineConfig } from 'oxlint'

/**
 * Who may import whom. A layer may import itself, the layers to its left and what `also` names.
 * oxlint replaces (never merges) the options of a rule in an override, so every override is built
 * here in full from these tables.
 */
const nodeBan = { group: ['node:*'], message: 'Only ./node and servers may use node: modules.' }

const serverBan = {
  group: ['@selene/sync-server', '@selene/sync-server/**'],
  message: 'SDK and server never import each other.',
}
const sdkBan = {
  group: ['@selene/client-sdk', '@selene/client-sdk/**'],
  message: 'SDK and server never import each other.',
}

const ban = (group: string[], message: string) => ({ group, message })
const restricted = (patterns: object[]): ['error', { patterns: object[] }] => [
  'error',
  { patterns },
]

/** Features of one layer know nothing of each other. */
const sdkFeatures = ['diary', 'contacts', 'grants', 'backup', 'sos', 'location', 'tabs'] as const
const sdkLayers = [
  'core',
  'crypto',
  'store',
  'vault',
  'sync',
  'docs',
  ...sdkFeatures,
  'client',
] as const
const areSiblings = (a: string, b: string): boolean =>
  a !== b && [a, b].every((layer) => sdkFeatures.some((name) => name === layer))
const serverLayers = ['core', 'db', 'features', 'http', 'server'] as const
const serverFeatures = [
  'auth',
  'vault',
  'outbox',
  'shape',
  'link',
  'contact',
  'grant',
  'live',
  'sos',
  'proximity',
] as const

const sdkThirdParty: Record<string, string[]> = {
  core: [],
  crypto: ['libsodium-wrappers-sumo', '@scure/*'],
  store: ['@electric-sql/pglite', '@electric-sql/pglite/**'],
  vault: [],
  sync: ['@electric-sql/client'],
  docs: ['yjs'],
  diary: [],
  contacts: [],
  grants: [],
  backup: [],
  sos: [],
  location: [],
  tabs: [],
  client: [],
}
/** Folders beside the layers: pure, each with a subpath of its own. What each may import of the others and of npm. */
const sdkPure: Record<string, { also: string[]; packages: string[] }> = {
  calendar: { also: [], packages: [] },
  charts: { also: ['calendar'], packages: [] },
  report: { also: ['calendar', 'charts'], packages: ['pdfkit', 'fontkit'] },
}
const sdkPackages = [
  ...new Set([
    ...Object.values(sdkThirdParty).flat(),
    ...Object.values(sdkPure).flatMap(({ packages }) => packages),
  ]),
]

const sdkOverrides = sdkLayers.map((layer, index) => ({
  files: [`client-sdk/src/${layer}/**/*.ts`],
  excludeFiles: ['**/*.test.ts', '**/*.contract.ts'],
  rules: {
    'no-restricted-imports': restricted([
      nodeBan,
      serverBan,
      ...sdkLayers
        .filter((other, at) => at > index && !areSiblings(layer, other))
        .map((right) => ban([`**/${right}/**`], `${layer} is below ${right}: imports go one way.`)),
      ...sdkLayers
        .filter((other) => areSiblings(layer, other))
        .map((other) => ban([`**/${other}/**`], 'Features do not import each other.')),
      ...[...Object.keys(sdkPure), 'node', 'testing'].flatMap((name) =>
        name === 'calendar' && ['diary', 'grants', 'client'].includes(layer)
          ? []
          : [ban([`**/${name}/**`], `${layer} may not import ${name}.`)],
      ),
      ...sdkPackages
        .filter((name) => !sdkThirdParty[layer]!.includes(name))
        .map((name) => ban([name], `${name} has one home; ${layer} is not it.`)),
    ]),
  },
}))

const pureOverrides = Object.entries(sdkPure).map(([folder, { also, packages }]) => ({
  files: [`client-sdk/src/${folder}/**/*.ts`],
  excludeFiles: ['**/*.test.ts'],
  rules: {
    'no-restricted-imports': restricted([
      nodeBan,
      serverBan,
      ...[...sdkLayers.slice(1), ...Object.keys(sdkPure), 'node', 'testing']
        .filter((name) => name !== folder && !also.includes(name))
        .map((name) =>
          ban([`**/${name}/**`], `${folder} is pure: it imports ${['core', ...also].join(', ')}.`),
        ),
      ...sdkPackages
        .filter((name) => !packages.includes(name))
        .map((name) => ban([name], `${folder} is pure: data in, data out.`)),
    ]),
  },
}))

const featureOverrides = serverFeatures.map((feature) => ({
  files: [`sync-server/src/${feature}/**/*.ts`],
  excludeFiles: ['**/*.test.ts'],
  rules: {
    'no-restricted-imports': restricted([
      sdkBan,
      ...serverFeatures
        .filter((other) => other !== feature)
        .map((other) =>
          ban([`**/${other}/**`], 'Features do not import each other: take it in deps.'),
        ),
      ban(['**/server.ts', '**/main.ts', '**/config.ts'], 'Features know nothing of their host.'),
      ban(
        ['pg', '@electric-sql/*', '**/db/pg.ts', '**/db/pglite.ts'],
        'Databases are behind the Db port.',
      ),
      ...(feature === 'auth' ? [] : [ban(['jose'], 'Tokens belong to auth.')]),
    ]),
  },
}))

const serverOverrides = serverLayers.slice(0, 2).map((layer, index) => ({
  files: [`sync-server/src/${layer}/**/*.ts`],
  excludeFiles: ['**/*.test.ts'],
  rules: {
    'no-restricted-imports': restricted([
      sdkBan,
      ...[...serverLayers.slice(index + 1), ...serverFeatures].map((right) =>
        ban(
          [`**/${right}/**`, `**/${right}.ts`],
          `${layer} is below ${right}: imports go one way.`,
        ),
      ),
      ban(['hono', 'hono/*', 'jose'], `${layer} knows neither HTTP nor tokens.`),
    ]),
  },
}))

export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'oxc', 'promise'],
  categories: { correctness: 'error', suspicious: 'error' },
  options: { typeAware: true },
  ignorePatterns: ['**/.tsc', '**/dist', '.data', 'test-results', 'node_modules'],
  rules: {
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'import/no-named-as-default-member': 'off', // libsodium is used through its default export
    'typescript/no-unsafe-type-assertion': 'off', // branded ids are assertions by nature
    'typescript/switch-exhaustiveness-check': 'error',
    'typescript/consistent-return': 'off', // the compiler checks returns; this rejects exhaustive switches
    'typescript/unbound-method': 'off', // parts are plain objects over closures: no method uses `this`
    'typescript/no-unnecessary-type-parameters': 'off', // a brand is named where an id is made
    'typescript/no-explicit-any': 'error',
    'typescript/consistent-type-imports': 'error',
    'no-await-in-loop': 'off', // order matters in sync code; awaiting in turn is the point
    'no-shadow': 'off', // small closures reuse short names on purpose
    'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    'max-params': ['error', { max: 4 }],
    'max-depth': ['error', { max: 4 }],
    'no-console': 'error',
  },
  overrides: [
    { files: ['*.config.ts'], rules: { 'import/no-default-export': 'off' } },
    {
      files: ['**/*.test.ts', '**/*.contract.ts', '**/*.sim.ts'],
      rules: {
        'max-lines': ['error', { max: 600 }],
        'max-lines-per-function': 'off', // a describe block is one function
        'unicorn/consistent-function-scoping': 'off', // helpers stand beside the tests they serve
      },
    },
    // Factories that close over their state are one function by design; their parts stay small.
    {
      files: ['client-sdk/src/**/*.ts', 'sync-server/src/**/*.ts', 'e2e/src/**/*.ts'],
      excludeFiles: ['**/*.test.ts'],
      rules: {
        'max-lines-per-function': ['error', { max: 160, skipBlankLines: true, skipComments: true }],
      },
    },
    {
      files: ['apps/demo-web/src/**/*.{ts,tsx}'],
      excludeFiles: ['**/*.test.ts'],
      plugins: ['typescript', 'import', 'unicorn', 'oxc', 'promise', 'react', 'jsx-a11y'],
      rules: {
        'react/rules-of-hooks': 'error',
        'react/exhaustive-deps': 'error',
        'react/react-in-jsx-scope': 'off', // the JSX runtime brings it
        'unicorn/require-post-message-target-origin': 'off', // workers have no target origin
        'import/no-unassigned-import': ['error', { allow: ['**/*.css'] }],
        'max-lines-per-function': ['error', { max: 100, skipBlankLines: true, skipComments: true }],
        'no-restricted-imports': restricted([
          nodeBan,
          serverBan,
          ban(
            [
              '@selene/shapes',
              '@selene/shapes/**',
              '@selene/client-sdk/**',
              '!@selene/client-sdk/calendar',
              '!@selene/client-sdk/charts',
              '!@selene/client-sdk/interchange',
              '!@selene/client-sdk/crypto',
              '!@selene/client-sdk/report',
            ],
            'The app is a customer: it uses the public names of the SDK.',
          ),
        ]),
      },
    },
    // A channel between tabs has no target origin.
    {
      files: ['client-sdk/src/tabs/ports.ts'],
      rules: { 'unicorn/require-post-message-target-origin': 'off' },
    },
    // The texts of a language stand in one file, however many they are.
    { files: ['apps/demo-web/src/strings/*.ts'], rules: { 'max-lines': 'off' } },
    {
      files: ['shapes/src/**/*.ts'],
      excludeFiles: ['**/*.test.ts'],
      rules: {
        'no-restricted-imports': restricted([
          nodeBan,
          ban(
            ['@selene/*', 'libsodium*', 'yjs', 'hono', 'pg'],
            'shapes imports valibot and itself.',
          ),
        ]),
      },
    },
    {
      files: ['client-sdk/src/{node,testing}/**/*.ts', 'client-sdk/src/*.ts'],
      rules: { 'no-restricted-imports': restricted([serverBan]) },
    },
    ...sdkOverrides,
    ...pureOverrides,
    {
      files: ['sync-server/src/http/**/*.ts', 'sync-server/src/*.ts'],
      rules: { 'no-restricted-imports': restricted([sdkBan]) },
    },
    ...serverOverrides,
    ...featureOverrides,
    {
      files: ['sync-server/**/*.ts'],
      rules: { 'no-restricted-globals': ['error', 'window', 'document'] },
    },
    // Programs alone touch the process.
    {
      files: ['sync-server/src/**/*.ts'],
      excludeFiles: ['**/*.test.ts', 'sync-server/src/main.ts', 'sync-server/src/engine-main.ts'],
      rules: { 'no-restricted-globals': ['error', 'window', 'document', 'process'] },
    },
  ],
})
