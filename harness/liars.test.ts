import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bends } from '../fixtures/bent.ts'
import { liars } from '../fixtures/liars.ts'
import { cellsOf } from './run/catalogue/cells.ts'
import { loadCatalogue } from './run/catalogue/catalogue.ts'
import { onlyIds } from './run/catalogue/only.ts'

const cells = (await loadCatalogue()).flatMap(cellsOf)
const globs = [
  ...Object.entries(liars).map(([name, { caughtBy }]) => ({ name: `liar:${name}`, caughtBy })),
  ...Object.entries(bends).map(([name, { caughtBy }]) => ({ name: `bent:${name}`, caughtBy })),
].flatMap(({ name, caughtBy }) => caughtBy.map(({ cells: glob }): [string, string] => [name, glob]))

/** Claims that no liar needs to fail, because real builds do; what is seen there is declared beside the claim. */
const failedByRealBuilds = [
  'peer-tls/flags/cert-allowed-cn',
  'peer-tls/flags/command-as-printed-starts',
  'peer-tls/flags/trusted-ca-file-verifies-peers',
  'peer-tls/recipe/openssl-common-name-only',
  'security-guide/assets/printed-folder',
  'security/auto-tls/printed-request',
  'security/basic-setup/common-name-over-http',
  'security/basic-setup/only-client-cert-auth-asks-for-certificates',
  'security/basic-setup/printed-environment-variables',
  'security/cipher-suites/one-suite-alone-can-be-listed',
  'security/cipher-suites/printed-command-with-an-unlisted-suite',
  'security/cipher-suites/tls13-client-is-bound-too',
  'security/client-certificates/printed-request-with-one',
  'security/discovery-srv/clients-are-checked-too',
  'security/faq/peer-for-clients-only',
  'security/https/printed-request',
  'security/peer-common-name/printed-log',
  'security/peer-ip-san/wrong-address-is-not-rescued-by-a-name',
  'security/peer-wildcard-san/forward-lookup-of-the-base',
]

/** Claims that no server can break, and why. */
const notOfTheServer: Readonly<Record<string, string>> = {
  'security-guide/assets/cfssl-commands': 'The commands of the guide make files; no etcd takes part.',
  'security/discovery-srv/exception-in-3.2.9':
    'It speaks of one release, which modules do not reach back to.',
}

/**
 * Pages of builds that no liar stands for, and why. Bent by hand, an etcd 2.3.8 that asks nobody for a certificate
 * (`ServerConfig`, pkg/transport/listener.go) failed 78 of the 165 cells: every refusal on both listeners.
 */
const withoutLiars: Readonly<Record<string, string>> = {
  'security-v2': 'Liars call themselves 3.6.16, and what is bent are modules: etcd 2 is older than both.',
}
const hasLiars = (claim: string): boolean => !((claim.split('/')[0] ?? '') in withoutLiars)

describe('the liars and the bent etcds', () => {
  test('the rules of the liars are those that their server knows, and honest', async () => {
    const source = await readFile(join(import.meta.dirname, '../docker/liar/rules.go'), 'utf8')
    const rules = [...source.matchAll(/ rule = "([a-z0-9-]+)"$/gm)].map(([, rule]) => rule)
    expect(Object.keys(liars).toSorted()).toEqual(rules.filter((rule) => rule !== 'honest').toSorted())
  })

  test.each(globs)('%s: %s stands for cells', (_, glob) => {
    expect(cells.filter(onlyIds([glob]))).not.toEqual([])
  })

  test('leave no claim that nothing fails', () => {
    const caught = onlyIds(globs.map(([, glob]) => glob))
    const untested = [...Map.groupBy(cells, ({ claimId }) => claimId)]
      .filter(([, all]) => !all.some(caught))
      .map(([claim]) => claim)
      .filter(hasLiars)
    const mend =
      'Give a claim that is more here than there to `caughtBy` of a liar in fixtures/liars or fixtures/bent'
    expect(untested.toSorted(), mend).toEqual(
      [...failedByRealBuilds, ...Object.keys(notOfTheServer)].toSorted(),
    )
  })

  test.each(failedByRealBuilds)('%s declares what real builds do', (claim) => {
    const all = cells.filter(({ claimId }) => claimId === claim)
    expect(all.some(({ cell }) => cell.known !== undefined)).toBe(true)
  })
})
