import eslint from '@eslint/js'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** One forbidden kind of import: a pattern over what stands in the import, and why. */
const ban = (regex, message) => ({ regex, message })

const up = '^(\\.\\.?/)+'
const bans = {
  suites: ban(`${up}(.*/)?suites/`, 'Imports go one way: nothing imports a suite; suites are found by glob.'),
  beyondScenario: ban(`${up}harness/(?!scenario/)`, 'Suites import harness/scenario and fixtures only.'),
  packages: ban(
    '^(?!\\.|etcd-tls/scenario$)',
    'Scenario files are data: they import etcd-tls/scenario and fixtures.',
  ),
  harness: ban(`${up}harness/`, 'Imports go one way: fixtures and reports know nothing of the harness.'),
  fixtures: ban(`${up}fixtures/`, 'Reports are functions of results.json: they know no fixtures.'),
  reports: ban(`${up}reports/`, 'Suites and fixtures know nothing of the reports.'),
  allReports: ban(
    `${up}reports/(?!schema\\.ts$)`,
    'Only the command line and the run make reports; import reports/schema.ts.',
  ),
  vitest: ban('^(@vitest/|vitest(/|$)|allure-vitest)', 'Only harness/vitest (and tests) know vitest.'),
  docker: ban(
    '^(testcontainers|dockerode)(/|$)',
    'Only harness/engine, harness/world and harness/subject know Docker.',
  ),
  client: ban(
    `${up}engine/client\\.ts$`,
    'Only harness/engine, harness/world and harness/subject know Docker.',
  ),
  cli: ban(`${up}(harness/)?cli/`, 'The command line is the outermost part: nothing imports it.'),
  act: ban(
    `${up}(harness/)?(engine|world|subject|probe|run|vitest)/.*(?<!(observation|subject|running|log-line|log-book)\\.ts)$`,
    'The judge and the vocabulary are pure: no part that acts.',
  ),
}

/** The parts and what each must not import. Files of a later part override an earlier one. */
const parts = [
  ['suites', ['suites', 'beyondScenario', 'packages', 'reports']],
  ['fixtures', ['suites', 'harness', 'reports', 'vitest', 'docker']],
  ['reports', ['suites', 'harness', 'fixtures', 'vitest', 'docker']],
  ['harness', ['suites', 'allReports', 'vitest', 'docker', 'client', 'cli']],
  ['harness/{judge,scenario}', ['suites', 'allReports', 'vitest', 'docker', 'client', 'cli', 'act']],
  ['harness/{engine,world,subject}', ['suites', 'allReports', 'vitest', 'cli']],
  ['harness/{alerts,bench,certify,cli,run}', ['suites', 'vitest', 'docker', 'client']],
  ['harness/vitest', ['suites', 'docker', 'client', 'cli']],
]
const restricted = (names) => ({
  'no-restricted-imports': ['error', { patterns: names.map((name) => bans[name]) }],
})
const acting = ['vitest', 'docker', 'client', 'act', 'packages', 'allReports', 'beyondScenario']

export default defineConfig(
  { ignores: ['node_modules/', '.etcd-tls/', 'dist/', 'coverage/'] },
  eslint.configs.recommended,
  // The types of the page's script know the browser; they check its names better.
  { files: ['reports/html/page/*.js'], rules: { 'no-undef': 'off' } },
  {
    files: ['.ci/*.mjs', 'harness/cli/*.js'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly' } },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unnecessary-condition': 'error',
      '@typescript-eslint/return-await': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-deprecated': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // An async function may keep an interface's word without waiting for anything.
      '@typescript-eslint/require-await': 'off',
      // Objects here are made of closures; interfaces write their functions as methods.
      '@typescript-eslint/unbound-method': 'off',
      // The environment and other index signatures are read with brackets, known properties with a dot.
      '@typescript-eslint/dot-notation': 'off',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 200 }],
    },
  },
  ...parts.map(([folder, names]) => ({ files: [`${folder}/**/*.ts`], rules: restricted(names) })),
  {
    // Tests may bring together what the code keeps apart, but parts still know nothing of what is above them.
    files: ['**/*.test.ts', '**/testing/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 300 }] },
  },
  ...parts.map(([folder, names]) => ({
    files: [`${folder}/**/*.test.ts`, `${folder}/**/testing/**/*.ts`],
    rules: restricted(names.filter((name) => !acting.includes(name))),
  })),
)
