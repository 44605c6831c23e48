import { execa } from 'execa'
import { expect, test } from 'vitest'
import { cellsOf } from '../catalogue/cells.ts'
import { loadCatalogue } from '../catalogue/catalogue.ts'
import type { Subject } from '../../subject/subject.ts'
import { byHand } from './by-hand.ts'

const subject = {
  etcd: '3.6.16',
  reference: 'etcd:3.6.16',
  commands: { etcd: '/bin/etcd', etcdctl: '/bin/etcdctl' },
} as unknown as Subject

const scenarios = await loadCatalogue()
const cells = scenarios.filter(({ id }) => id === 'security/reload').flatMap(cellsOf)
const linesOf = (part: string, of = cells): string[] => {
  const found = of.find(({ cellId }) => cellId.includes(part))
  if (found === undefined) throw new Error(`no cell ${part}`)
  return byHand(found.cell, subject)
}
/** Position of the first line that fits. */
const at = (lines: readonly string[], fits: RegExp): number => lines.findIndex((one) => fits.test(one))

test('files are overwritten, renamed over or swapped as the rotation says', () => {
  expect(linesOf('rotation=in-place,tls=1.3').join('\n')).toMatch(/\ncat \S+\.crt > m1\/cert-file\.pem\n/)
  expect(linesOf('rotation=rename,tls=1.3').join('\n')).toMatch(
    /\ncp \S+\.crt m1\/\.new && mv m1\/\.new m1\/cert-file\.pem\n/,
  )
  const linked = linesOf('rotation=symlink,tls=1.3')
  expect(at(linked, /ln -s \.\.1 m1\/\.\.data$/)).toBeGreaterThan(0)
  expect(at(linked, /ln -s \.\.1 m1\/\.\.data$/)).toBeLessThan(at(linked, /^docker run -d .*--name m1/))
  expect(at(linked, /mv -T m1\/\.\.data_tmp m1\/\.\.data/)).toBeGreaterThan(at(linked, /^docker run/))
})

test('one file first: the connection between the two stands between the two', () => {
  const lines = linesOf('one-file-before-the-other:first=key')
  const places = [/^cat .*key > m1\/key-file/, /^# in between/, /^cat .*crt > m1\/cert-file/].map((one) =>
    at(lines, one),
  )
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(places[0]).toBeGreaterThan(0)
})

test('what expires is made for a minute, and waited for', () => {
  const lines = linesOf('expiring-certificate')
  expect(at(lines, /openssl ca .*-enddate "\$\(date -u -d '\+60 seconds' /)).toBeGreaterThan(0)
  expect(at(lines, /^sleep 60$/)).toBeGreaterThan(at(lines, /^# still valid/))
})

test('of certificates that members make alone issuer and key are printed, and how they differ is said', () => {
  const automatic = scenarios.filter(({ id }) => id === 'security/auto-tls').flatMap(cellsOf)
  const text = linesOf('every-member-makes-its-own-key:listener=peer', automatic).join('\n')
  const shown = /^openssl s_client .*:2380 .* openssl x509 -noout -issuer -subject -pubkey$/gm
  expect(text.match(shown)).toHaveLength(2)
  expect(text).toContain(
    '\n# second: a new connection, served; signed by itself, as is that of first, and with another key\n',
  )
})

test('every cell is bash', async () => {
  for (const { cell } of cells) {
    const { exitCode, stderr } = await execa('bash', ['-n'], {
      input: byHand(cell, subject).join('\n'),
      reject: false,
    })
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  }
})
