import { expect, test } from 'vitest'
import semver from 'semver'
import { cellsOf } from '../run/catalogue/cells.ts'
import { loadCatalogue } from '../run/catalogue/catalogue.ts'
import { good, made, told, dns, ip } from './testing/ask.ts'

test('the promises that are named are claims of the catalogue', async () => {
  const claims = new Set((await loadCatalogue()).flatMap(cellsOf).map(({ claimId }) => claimId))
  const server = made({ ...good, names: [...dns('m1'), ...ip('10.0.0.1')] })
  const suites = '--cipher-suites=TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'
  const names = [
    undefined,
    ip('10.0.0.2'),
    ip('10.0.0.9'),
    dns('b'),
    dns('*.b'),
    [...ip('10.0.0.9'), ...dns('b')],
  ]
  const found = new Set<string>()
  for (const etcd of ['2.3.8', '3.1.20', '3.2.32', '3.3.27', '3.6.16']) {
    const at = { build: { etcd, go: '1.12.17' }, server, to: 'm1' }
    const options = semver.lt(etcd, '3.3.7') ? '--client-cert-auth' : `--client-cert-auth ${suites}`
    const peers = options.replace('--client', '--peer-client')
    const all = [
      told({ cert: made(good), options, ...at }),
      told({ cert: made(good), options: '--listen-client-urls=http://a:1 --host-whitelist=b', ...at }),
      ...names.map((one) =>
        told({
          cert: made({ ...good, ...(one && { names: one }) }),
          options: peers,
          peer: { from: '10.0.0.2', host: 'b' },
          ...at,
        }),
      ),
    ]
    for (const { judgements } of all)
      for (const { checks } of judgements)
        for (const { promised } of checks) if (promised !== undefined) found.add(promised.claim)
  }
  expect([...found].filter((claim) => !claims.has(claim))).toEqual([])
  expect(found.size).toBeGreaterThan(18)
})
