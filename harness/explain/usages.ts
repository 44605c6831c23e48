import { inGo } from '../../fixtures/go-certificates.ts'
import type { Certificate } from './certificate.ts'

export const usageIds = { serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2' } as const
export type WantedUsage = keyof typeof usageIds
const any = '2.5.29.37.0'
/** Server gated crypto of Microsoft and Netscape, which stood for serverAuth. */
const gated = ['1.3.6.1.4.1.311.10.3.3', '2.16.840.1.113730.4.1']

const names: Readonly<Record<string, string>> = {
  [usageIds.serverAuth]: 'serverAuth',
  [usageIds.clientAuth]: 'clientAuth',
  [any]: 'any',
  '1.3.6.1.5.5.7.3.3': 'codeSigning',
  '1.3.6.1.5.5.7.3.4': 'emailProtection',
  '1.3.6.1.5.5.7.3.8': 'timeStamping',
  '1.3.6.1.5.5.7.3.9': 'OCSPSigning',
}
export const usageName = (id: string): string => names[id] ?? id

/**
 * The certificate of a chain that does not have a usage: every one that lists usages must list it, or any, an
 * authority, too (`checkChainForKeyUsage`, crypto/x509). Undefined when all agree. Pure.
 */
export function lacks(
  chain: readonly Certificate[],
  usage: WantedUsage,
  go: string,
): Certificate | undefined {
  const older = usage === 'serverAuth' && inGo('server gated crypto is serverAuth', go) ? gated : []
  const enough = [usageIds[usage], any, ...older]
  return chain.find(
    ({ usages }) => usages !== undefined && usages.length > 0 && !usages.some((one) => enough.includes(one)),
  )
}
