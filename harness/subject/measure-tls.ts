import { certificateOf, keyOf } from '../../fixtures/credential.ts'
import { HarnessError } from '../errors.ts'
import { describe } from '../judge/describe.ts'
import { observe } from '../probe/observe.ts'
import { hello, type TlsVersion } from '../scenario/probe.ts'
import { etcd } from '../scenario/world.ts'
import { AddressBook } from '../world/address-book.ts'
import type { RunNetwork } from '../world/network.ts'
import { killed } from '../world/soundness.ts'
import { World } from '../world/world.ts'
import type { Subject } from './subject.ts'

const versions: readonly TlsVersion[] = ['1.0', '1.1', '1.2', '1.3']
const suites = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
]

/**
 * TLS versions the client listener of a build picks, each offered alone by a hand-made hello.
 * Errors: HarnessError `not-serving` (exit 2) for a build that does not serve HTTPS with a good certificate.
 */
export async function measureTls(
  subject: Omit<Subject, 'tls'>,
  { runId, network }: { runId: string; network: RunNetwork },
): Promise<TlsVersion[]> {
  // What all suites below 1.3 that are offered here need.
  const server = { cn: 'etcd', hosts: ['m1.etcd.local', '@m1'], key: 'rsa-2048' } as const
  const spec = etcd({
    client: 'https',
    options: { 'cert-file': certificateOf(server), 'key-file': keyOf(server) },
  })
  const ground = {
    runId,
    network,
    addresses: new AddressBook(network, 14),
    worker: `describe-${subject.name.replaceAll(/[^\w.-]/g, '-')}`,
  }
  await using world = await World.start({ ...subject, tls: [] }, spec, ground)
  const start = world.startOf('m1')
  if (start.process?.ready !== true)
    throw new HarnessError(
      'not-serving',
      `${subject.asked} does not serve HTTPS with a good certificate: ${describe(start)}.`,
      { exit: start.process?.exit === killed ? 3 : 2 },
    )
  const seen = await Promise.all(
    versions.map((version) => observe(hello({ versions: [version], suites }), world)),
  )
  return versions.filter((version, n) => seen[n]?.alert === undefined && seen[n]?.tls?.version === version)
}
