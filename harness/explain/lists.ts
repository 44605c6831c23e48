import type { Certificate } from './certificate.ts'
import type { Check } from './explanation.ts'
import { goodFor } from './host-name.ts'
import { commonNamesIn } from './name-value.ts'
import type { Build, Settings } from './settings.ts'

/**
 * The lists that a verified certificate is held against: VerifyPeerCertificate of `baseConfig`, transport/listener.go. It
 * is set for who listens and for who dials. Both lists at once stop etcd. Pure.
 */
export function listChecks(leaf: Certificate, settings: Settings, { go }: Build): readonly Check[] {
  const { allowedNames, allowedHosts, listener } = settings
  if (allowedNames !== undefined) return [commonName(leaf, allowedNames, go)]
  if (allowedHosts === undefined) return []
  const option = listener === 'peer' ? '--peer-cert-allowed-hostname' : '--client-cert-allowed-hostname'
  const found = allowedHosts.find((host) => goodFor(host, leaf, go))
  if (found !== undefined)
    return [{ id: 'host-name', mark: 'good', why: `it is good for ${found}, which ${option} lists` }]
  return [
    {
      id: 'host-name',
      mark: 'bad',
      reason: 'common-name',
      why: `it is good for none of the names of ${option} (${allowedHosts.join(', ')})`,
      mend: `issue it with one of these names, or add one of its own to ${option}`,
    },
  ]
}

function commonName(leaf: Certificate, allowed: readonly string[], go: string): Check {
  const commonNames = commonNamesIn(leaf, go)
  const name = commonNames.at(-1) ?? ''
  const option = '--peer-cert-allowed-cn'
  const last = commonNames.length > 1 ? ' (the last of several counts)' : ''
  if (allowed.includes(name))
    return { id: 'common-name', mark: 'good', why: `its common name "${name}"${last} is one of ${option}` }
  const has = name === '' ? 'it has no common name' : `its common name "${name}"${last} is none of those`
  const spaced = allowed.some((one) => one !== one.trim()) ? '; blanks in the list count' : ''
  return {
    id: 'common-name',
    mark: 'bad',
    reason: 'common-name',
    why: `${has}, and ${option} wants ${allowed.map((one) => `"${one}"`).join(' or ')}${spaced}`,
    mend: `issue it with such a common name, or add its own to ${option}`,
  }
}
