import { certificateOf, keyOf, type CredentialSpec, type FileRef } from '../../fixtures/credential.ts'
import { isOptionName, option } from '../../fixtures/options.ts'
import { securityOptions } from '../../fixtures/security-options.ts'
import type { ZoneSpec } from '../../fixtures/zone.ts'
import { parseFlags, isTrue } from '../explain/flags.ts'
import { settingsOf, understood, type Build } from '../explain/settings.ts'
import type { ListenerName } from '../explain/claims.ts'
import { words } from '../explain/words.ts'
import { etcd, type WorldSpec } from '../scenario/world.ts'

/** Places in the world of a proof: of the member, and of who connects to its peer port. */
export const memberAt = '10.138.0.210'
export const callerAt = '10.138.0.209'

export interface Pair {
  /** PEM: the leaf, then what is sent along. */
  readonly cert: string
  readonly key: string
}

/** An etcd with somebody's options and certificates. */
export interface Bench {
  readonly listener: ListenerName
  readonly build: Build
  /** As typed; undefined when none were given. */
  readonly options: string | undefined
  /** PEM of the authorities that etcd is given. */
  readonly ca: string | undefined
  /** Its own pair; undefined: a good one. */
  readonly server: Pair | undefined
  /** PEM of a list of revoked certificates. */
  readonly revoked?: string | undefined
  readonly zone?: ZoneSpec | undefined
}

/** A good pair, whose key goes with a list of suites. */
const good = (suites = '_RSA_'): CredentialSpec => ({
  cn: 'etcd',
  hosts: ['m1.etcd.local', '@m1'],
  key: suites.includes('_RSA_') ? 'rsa-2048' : 'p-256',
})

/** The world of one member, m1, in which a proof is made. Pure. */
export function benchWorld(bench: Bench): WorldSpec {
  const { listener, build, zone, options } = bench
  const typed = words(options ?? '')
  const flags = parseFlags(typed, build.etcd)
  const place = { at: memberAt, clients: { caller: { at: callerAt } }, ...(zone && { dns: zone }) }
  // What stops etcd at its flags does so before any file is looked for.
  if (flags.stop !== undefined) return etcd({ ...place, options: {}, literal: typed })
  const given = {
    options: options !== undefined,
    authority: bench.ca !== undefined,
    server: bench.server !== undefined,
  }
  const { values } = understood(listener, flags.values, given)
  const { tls } = settingsOf(listener, values, build)
  const scheme = tls === 'none' ? 'http' : 'https'
  return etcd({
    ...place,
    ...(listener === 'client' ? { client: scheme } : { peer: scheme }),
    options: { ...plain(values, listener), ...files(bench, values, tls === 'pair') },
  })
}

/** Options that are not files, as they were typed; those of the other listener are left out, since its files are not here. */
function plain(
  values: Readonly<Record<string, string>>,
  listener: ListenerName,
): Record<string, boolean | string> {
  const names = [...securityOptions, 'host-whitelist'].filter((name) => name in values)
  return Object.fromEntries(
    names.flatMap((name) => {
      if (!isOptionName(name)) return []
      const { type, listener: of } = option(name)
      if (type === 'file' || (of !== listener && of !== 'both')) return []
      const value = values[name] ?? ''
      return [[name, type === 'boolean' ? isTrue(value) : value]]
    }),
  )
}

function files(
  { listener, ca, server, revoked }: Bench,
  values: Readonly<Record<string, string>>,
  pair: boolean,
): Record<string, FileRef> {
  const before = listener === 'client' ? '' : 'peer-'
  const text = (of: string): FileRef => ({ file: 'text', of })
  const authority = [`${before}trusted-ca-file`, `${before}ca-file`].find((name) => values[name])
  const crl = listener === 'client' ? 'client-crl-file' : 'peer-crl-file'
  return {
    ...(pair && {
      [`${before}cert-file`]:
        server === undefined ? certificateOf(good(values['cipher-suites'])) : text(server.cert),
      [`${before}key-file`]: server === undefined ? keyOf(good(values['cipher-suites'])) : text(server.key),
    }),
    ...(authority !== undefined && ca !== undefined && { [authority]: text(ca) }),
    ...(values[crl] && revoked !== undefined && { [crl]: text(revoked) }),
  }
}
