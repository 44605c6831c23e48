import { shaped, type Shaped } from '../../../fixtures/pki/shaped.ts'
import { readCertificate } from '../../explain/certificate.ts'
import { explain } from '../../explain/explain.ts'
import type { Explanation } from '../../explain/explanation.ts'
import { AddressBook } from '../../world/address-book.ts'
import { rotateFiles } from '../../world/mounted-members.ts'
import { World } from '../../world/world.ts'
import { benchWorld, memberAt } from '../bench.ts'
import type { Met } from '../connect.ts'
import { callEtcdctl } from '../etcdctl.ts'
import { authorities } from './authorities.ts'
import { oddLeaf } from './leaves.ts'
import { random } from './random.ts'
import type { Trying } from './trials.ts'

/** What was said of a certificate of etcd's own, and what the build's etcdctl made of it. */
export interface ServerTrial {
  readonly host: string
  readonly way: string
  readonly said: Explanation
  readonly met: Met
  readonly differs: boolean
}

const names = ['client.etcd.local', 'CLIENT.etcd.local', 'bad.etcd.local', 'etcd.local']
const options = '--client-cert-auth=false'

/** Tries generated certificates of etcd's own: its pair is overwritten, and etcdctl dials. Errors: HarnessError. */
export async function serverTrials({
  subject,
  ground,
  seed,
  count,
}: Trying & { readonly count: number }): Promise<ServerTrial[]> {
  const now = new Date()
  const by = random(seed)
  const all = authorities(now)
  const { prefix } = new AddressBook(ground.network, 0).blocks.lend()
  const address = memberAt.replace(/^10\.138\.0/, prefix)
  const ca = all.trusted.map(({ pem }) => pem).join('')
  const first = pairOf(shaped({ cn: ['m1'], usages: ['serverAuth'] }, now, all.trusted[0]), [])
  const zone = { forward: Object.fromEntries(names.map((name) => [name.toLowerCase(), [memberAt]])) }
  const bench = benchWorld({ listener: 'client', build: subject, options, ca, server: first, zone })
  await using world = await World.start(subject, { ...bench, files: 'mounted' }, ground)
  const found: ServerTrial[] = []
  for (let n = 0; n < count; n += 1) {
    const way = by.pick(['direct', 'middle', by.pick(Object.keys(all.ways))])
    const { issuer, sent = [] } = all.ways[way] ?? {}
    const leaf = shaped(oddLeaf(by, address), now, issuer)
    const pair = pairOf(leaf, sent)
    const host = by.pick(['client.etcd.local', 'client.etcd.local', address, by.pick(names)])
    const said = explain({
      build: { etcd: subject.etcd, go: subject.go },
      now: new Date(),
      ca: all.trusted.map(({ der }) => readCertificate(der)),
      server: [leaf, ...sent].map(({ der }) => readCertificate(der)),
      options,
      to: host,
    })
    await rotateFiles(world, 'm1', 'in-place', { 'cert-file': pair.cert, 'key-file': pair.key })
    const met = await callEtcdctl(world, { host, pair: undefined, ca })
    if (met === undefined) throw new Error('this build comes without etcdctl')
    const differs = said.verdict !== (met.accepted ? 'accepted' : 'refused')
    found.push({ host, way, said, met, differs })
  }
  return found
}

const pairOf = (leaf: Shaped, sent: readonly Shaped[]) => ({
  cert: [leaf, ...sent].map(({ pem }) => pem).join(''),
  key: leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
})

export const toldOfServer = ({ host, way, said, met }: ServerTrial): string =>
  [
    `said ${said.verdict}: dialled as ${host}, signed by ${way}`,
    ...said.judgements.flatMap(({ checks }) => checks.map(({ id, mark, why }) => `  ${mark} ${id}: ${why}`)),
    `  met: ${met.ended}`,
  ].join('\n')
