import { join } from 'node:path'
import { configDefaults, defineConfig } from 'vitest/config'

/** Where `.ci/run` wants the figures of this run as JSON; nothing is written without it. */
const figures = process.env['ETCD_TLS_TEST_FIGURES']

const never = [...configDefaults.exclude, '.etcd-tls/**']
const [browser, endToEnd, full] = ['**/*.browser.test.ts', '**/*.e2e.test.ts', '**/*.full.e2e.test.ts']

/** As many at a time as there are processors; vitest would leave one of them to itself, and with that half of two. */
const onAllProcessors = { maxWorkers: '100%', sequence: { groupOrder: 0 } }

/** Tests that start containers: one file at a time, so that what they measure and count is their own. */
const withEngine = { fileParallelism: false, testTimeout: 180_000, hookTimeout: 600_000 }

/** What Node is taught by harness/run/catalogue/vocabulary.ts. */
const resolve = { alias: { 'etcd-tls/scenario': join(import.meta.dirname, 'harness/scenario/index.ts') } }

/** `npm test` chooses unit, browser and e2e; `npm run test:all` all four. */
export default defineConfig({
  test: {
    globalSetup: 'harness/testing/temporary-root.ts',
    reporters: [
      'default',
      ...(figures === undefined ? [] : [['json', { outputFile: figures }] as ['json', object]]),
    ],
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...never, browser, endToEnd],
          // Some load every scenario file, which takes its time on a busy machine.
          testTimeout: 30_000,
          ...onAllProcessors,
          // It imports its schemas as JSON without saying so, which Node does not take.
          server: { deps: { inline: [/@actions\/workflow-parser/] } },
        },
      },
      {
        resolve,
        test: {
          name: 'browser',
          include: [browser],
          exclude: never,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          ...onAllProcessors,
        },
      },
      {
        resolve,
        test: {
          name: 'e2e',
          include: [endToEnd],
          exclude: [...never, full],
          ...withEngine,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve,
        test: { name: 'full', include: [full], exclude: never, ...withEngine, sequence: { groupOrder: 2 } },
      },
    ],
  },
})
