import semver from 'semver'
import { pages, headingOf } from '../../fixtures/pages.ts'
import { numberOf } from '../../fixtures/step.ts'
import type { Check, CheckId, Promised } from './explanation.ts'
import type { Kind } from './peer-address.ts'

export type ListenerName = 'client' | 'peer'

/** The promise that a check keeps or breaks, as `section/slug`; the same words on both pages where both make it. */
const promises: Readonly<Record<ListenerName, Partial<Record<CheckId, string>>>> = {
  client: {
    tls: 'basic-setup/cert-file-serves-https',
    cipher: 'cipher-suites/unlisted-suite-fails',
    demanded: 'basic-setup/client-cert-auth-demands-a-certificate',
    validity: 'basic-setup/client-cert-auth-demands-a-certificate',
    chain: 'basic-setup/trusted-ca-file-decides',
    usage: 'faq/client-auth-usage-is-needed',
    whitelist: 'host-whitelist/unlisted-name-is-refused',
  },
  peer: {
    cipher: 'cipher-suites/applies-between-peers',
    demanded: 'basic-setup/peer-client-cert-auth-demands-a-certificate',
    validity: 'basic-setup/peer-client-cert-auth-demands-a-certificate',
    chain: 'basic-setup/peer-trusted-ca-file-decides',
    usage: 'faq/peer-usages',
    'common-name': 'peer-common-name/other-name-is-refused',
  },
}
/** Of who dials and looks at the certificate of who listens. */
const dialling: Readonly<Record<ListenerName, Partial<Record<CheckId, string>>>> = {
  client: { chain: 'https/unknown-authority-is-noticed', name: 'https/verified-handshake' },
  peer: {
    chain: 'basic-setup/peer-trusted-ca-file-decides',
    name: 'faq/certificate-must-name-the-address',
    usage: 'faq/peer-usages',
  },
}
const addresses: Readonly<Record<Exclude<Kind, 'none'>, string>> = {
  ip: 'peer-ip-san/matching-address-is-accepted',
  'ip-only': 'peer-ip-san/wrong-address-is-denied',
  'ip-and-names': 'peer-ip-san/wrong-address-is-not-rescued-by-a-name',
  names: 'peer-dns-san/forward-lookup-matches',
  wildcard: 'peer-wildcard-san/reverse-lookup-wildcard',
}
/** Sections of the etcd2 page that say the same. */
const olderToo = ['basic-setup', 'faq', 'https']
const notInOlder = ['faq/peer-usages']

/** Undefined where no page makes a promise about it for this release. */
export function promised(
  check: Pick<Check, 'id'>,
  at: {
    readonly listener: ListenerName
    readonly dials: boolean
    readonly etcd: string
    readonly kind?: Kind | undefined
  },
): Promised | undefined {
  const { listener, dials, etcd, kind } = at
  const found =
    check.id === 'address' && kind !== undefined
      ? kind === 'none'
        ? undefined
        : addresses[kind]
      : (dials ? dialling : promises)[listener][check.id]
  if (found === undefined) return undefined
  const [section = ''] = found.split('/')
  const release = numberOf(etcd)
  if (speaksFor('security', release))
    return {
      claim: `security/${found}`,
      section: headingOf(`security/${section}`),
      ...(kind === 'ip-and-names' && { unkept: true }),
    }
  if (!speaksFor('security-v2', release) || !olderToo.includes(section) || notInOlder.includes(found))
    return undefined
  return { claim: `security-v2/${found}`, section: headingOf(`security-v2/${section}`) }
}

const speaksFor = (page: keyof typeof pages, release: string): boolean =>
  semver.satisfies(release, pages[page].builds)
