import { execa } from 'execa'
import { expect, test } from 'vitest'
import {
  certificateOf,
  cluster,
  curl,
  etcd,
  grpc,
  hello,
  http,
  joined,
  joins,
  keyOf,
  peerPair,
  refused,
  served,
  started,
  starts,
  url,
} from '../../scenario/index.ts'
import type { Cell } from '../../scenario/claim.ts'
import { cellsOf } from '../catalogue/cells.ts'
import { loadCatalogue } from '../catalogue/catalogue.ts'
import type { Subject } from '../../subject/subject.ts'
import { byHand } from './by-hand.ts'

const subject = {
  etcd: '3.6.16',
  reference: 'etcd:3.6.16',
  commands: { etcd: '/bin/etcd', etcdctl: '/bin/etcdctl' },
} as unknown as Subject

const pair = { cn: 'm1', hosts: ['m1.etcd.local', '@m1'] }
const guarded = etcd({
  client: 'https',
  options: { 'cert-file': certificateOf(pair), 'key-file': keyOf(pair), 'client-cert-auth': true },
})
const ask = (as: object) => http({ scheme: 'https', path: '/version', tls: { as, version: '1.3' } })
const cell: Cell = {
  given: guarded,
  when: ask({ cn: 'late', notBefore: '-2d', notAfter: '-1d' }),
  then: refused(),
  because: { reason: 'expired' },
  unlike: ask({ cn: 'good' }),
  without: etcd({ options: {} }),
}

test('a refusal is the member, its control, the probe, and the member without the guard', () => {
  const labels = byHand(cell, subject).filter((text) => text.startsWith('# ') && !text.includes('.crt:'))
  expect(labels.slice(2)).toEqual([
    '# the member',
    '# the control: served',
    '# the probe: refused for expired',
    '# what etcd says of it',
    '# the member without the guard',
    '# the same probe: served',
  ])
})

test('every file that a command reads is made before, and no address of a run is left', () => {
  const lines = byHand(cell, subject)
  const text = lines.join('\n')
  for (const file of ['ca', 'client', 'control-client', 'server'])
    expect(lines.findIndex((one) => one.includes(`-out ${file}.crt`))).toBeGreaterThan(0)
  expect(text).toMatch(/openssl ca .*-enddate 20200102000000Z .*-out client\.crt/)
  expect(text).toContain('subjectAltName=DNS:m1.etcd.local,IP:127.0.0.1')
  expect(text).toContain('cp server.key m1/key-file.pem')
  expect(text).toContain('--cert client.crt --key client.key')
  expect(text).toContain('--listen-client-urls=https://0.0.0.0:2379')
  expect(text).not.toContain('@m1')
})

test("pairs of the recipes have the recipe's shape: the article's commands, the guide's keys and usages", () => {
  const world = (madeBy: 'openssl-x509' | 'cfssl', pair: object) =>
    etcd({
      authorities: { ca: { cn: 'etcd-ca', madeBy } },
      options: { 'cert-file': certificateOf({ cn: 'a', madeBy, ...pair }) },
    })
  const text = (given: Cell['given']) =>
    byHand({ given, when: starts(), then: started() }, subject).join('\n')
  const article = text(world('openssl-x509', {}))
  expect(article).toContain('openssl req -x509 -new -nodes -key ca.key -sha256 -days 365 -out ca.crt')
  expect(article).toContain('-CAcreateserial -out server.crt -days 365 -sha256')
  expect(article).not.toContain('.ext')
  const guide = text(world('cfssl', { profile: 'client' }))
  expect(guide.match(/ec_paramgen_curve:P-256/g)).toHaveLength(2)
  expect(guide).toContain('extendedKeyUsage=clientAuth ')
})

test('a start is the member alone', () => {
  const lines = byHand({ given: etcd({ options: {} }), when: starts(), then: started() }, subject)
  expect(lines.join('\n')).not.toMatch(/^(curl|openssl)/m)
  expect(lines.at(-1)).toBe('docker rm -f m1')
})

test('members have the page’s addresses in a network of their own, and a client there goes through a relay', () => {
  const member = (at: string) => ({ at, peer: 'https', options: peerPair({ cn: 'm', hosts: [at] }) }) as const
  const world = cluster({
    members: {
      a: member('10.138.0.10'),
      c: member('10.138.0.11'),
      b: { ...member('10.138.0.2'), role: 'candidate' },
    },
    clients: { raw: { at: '10.138.0.9' } },
    dns: {},
  })
  const raw = http({ to: 'a', from: 'raw', listener: 'peer', scheme: 'http', path: '/members' })
  const wrong = peerPair({ cn: 'm', hosts: ['10.138.0.27'] })
  const [joining, asking] = [
    byHand({ given: world, when: joins('b', wrong), then: joined() }, subject).join('\n'),
    byHand({ given: world, when: raw, then: served() }, subject).join('\n'),
  ]
  expect(joining).toContain('docker network create --subnet 10.138.0.0/24 etcd-tls-by-hand\n')
  expect(joining).toContain('--name member-a --user 0:0 --network etcd-tls-by-hand --ip 10.138.0.10 ')
  expect(joining).toContain('--initial-cluster=a=https://10.138.0.10:2380,c=https://10.138.0.11:2380 ')
  expect(joining).toContain(
    ',b=https://10.138.0.2:2380 --initial-cluster-token=by-hand --initial-cluster-state=existing',
  )
  expect(joining.match(/--name member-b /g)).toHaveLength(1)
  expect(joining).toContain("echo 'nameserver 10.138.0.53' > resolv.conf")
  expect(joining).toContain('COREDNS=$(docker images -q etcd-tls/subject:coredns-')
  expect(joining).toMatch(
    /--entrypoint \/coredns "\$\{COREDNS:-docker\.io\/coredns\/coredns:[\d.]+\}" -conf /,
  )
  expect(joining.trim()).toMatch(/docker network rm etcd-tls-by-hand$/)
  expect(asking).toContain('--name raw --network etcd-tls-by-hand --ip 10.138.0.9 ')
  expect(asking).toMatch(
    /gateway start --endpoints=10\.138\.0\.10:2380 .*\ncurl .*--resolve a\.etcd\.local:2380:10\.138\.0\.9 /,
  )
  expect(asking).not.toContain('member-b')
})

test('who listens on the loopback address of its container is asked in there', () => {
  const world = cluster({
    members: { m1: { loopback: { client: 12379, peer: 2380 }, options: {} } },
    clients: { far: { at: '::1' } },
  })
  const version = { scheme: 'http', path: '/version' } as const
  const asked = (when: Cell['when'], given = world): string[] =>
    byHand({ given, when, then: served() } as Cell, subject)
  const within = `nsenter --net --target "$(docker inspect -f '{{.State.Pid}}' m1)" `
  const curlTo = (port: string) =>
    `${within}curl -sSv --noproxy '*' --http1.1 --resolve m1.etcd.local:${port}:127.0.0.1 http://m1.etcd.local:${port}/version`
  const lines = asked(http(version))
  expect(lines).toContain(curlTo('12379'))
  expect(lines).toContain(
    "# m1 listens on its container's loopback address only: as root, on the engine's own machine",
  )
  expect(asked(http({ ...version, listener: 'peer' }))).toContain(curlTo('2380'))
  expect(asked(curl({ args: [url('/health')] }))).toContain(
    `${within}curl -sSv --resolve m1.etcd.local:12379:127.0.0.1 https://127.0.0.1:12379/health`,
  )
  const greeting = hello({ versions: ['1.2'], suites: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'] })
  expect(asked(greeting).join('\n')).toContain(
    `\n${within}openssl s_client -connect 127.0.0.1:12379 -servername m1.etcd.local `,
  )
  const far = asked(http({ ...version, from: 'far' })).join('\n')
  expect(far).toContain(
    "\n# m1 listens on its container's loopback address, where the run came to it as far: ",
  )
  expect(far).not.toMatch(/^(curl|nsenter|docker run .*gateway)/m)
})

test('a call without a server name goes to the address', () => {
  const call = grpc({ scheme: 'https', call: 'status', tls: { serverName: null } })
  const text = byHand({ given: guarded, when: call, then: served() }, subject).join('\n')
  expect(text).toContain('--endpoints https://127.0.0.1:2379 ')
})

test('bash can read the commands of every cell of the suites', { timeout: 60_000 }, async () => {
  const texts = (await loadCatalogue()).flatMap(cellsOf).map((one) => byHand(one.cell, subject).join('\n'))
  expect(texts.length).toBeGreaterThan(200)
  await expect(execa('bash', ['-n'], { input: texts.join('\n') })).resolves.toMatchObject({ stderr: '' })
})
