import { isIPv4, isIPv6 } from 'node:net'
import type { Fault, ZoneSpec } from '../../fixtures/zone.ts'
import { inputError } from '../errors.ts'
import { reverseName } from './dns-names.ts'

/** What CoreDNS reads: where, and the text. */
export interface ZoneTexts {
  readonly corefile: string
  readonly zone: string
}

export const corefilePath = '/etc/coredns/Corefile'
const zonePath = '/etc/coredns/zone'
export const zoneFiles = ({ corefile, zone }: ZoneTexts): Record<string, string> => ({
  [corefilePath]: corefile,
  [zonePath]: zone,
})

/** Begins the lines of the query log. */
export const queryMark = 'etcd-tls-query'

/** Milliseconds beyond which an answer cannot be put off: CoreDNS itself gives up after five seconds. */
const longestDelay = 3000

/**
 * The texts for a zone. One zone file for the root: the server answers for every name there is, so that what is
 * not listed does not exist; a name above a listed one exists and is empty (RFC 8020). Names with a fault are told
 * apart before the zone is asked, by the whole name, so that names below keep their answers. `resolve`: `@m1` and
 * the page's addresses → the world's. Pure.
 * Errors: HarnessError `broken-zone` (exit 2) naming what cannot be said.
 */
export function zoneTexts(spec: ZoneSpec, resolve: (text: string) => string): ZoneTexts {
  const faults = Object.entries(spec.faults ?? {}).map(([of, fault]) => [nameOf(resolve(of)), fault] as const)
  const blocks = [...new Set(faults.map(([, fault]) => JSON.stringify(fault)))].map((fault, n) => {
    const names = faults.filter(([, other]) => JSON.stringify(other) === fault).map(([name]) => name)
    return faultBlock(names, JSON.parse(fault) as Fault, n)
  })
  return { corefile: `${[...blocks, plainBlock].join('\n')}\n`, zone: zoneFile(spec, resolve) }
}

const log = `  errors\n  log . "${queryMark} {remote} {type} {name} {rcode}"`
const plainBlock = `.:53 {\n${log}\n  file ${zonePath} .\n}`

function faultBlock(names: readonly string[], fault: Fault, n: number): string {
  const listed = names.map((name) => `'${name}.'`).join(', ')
  const head = `.:53 {\n  view fault${String(n)} {\n    expr name() in [${listed}]\n  }\n${log}\n`
  if (fault === 'dropped') return `${head}  erratic {\n    drop 1\n  }\n}`
  if (fault === 'servfail') return `${head}  template ANY ANY . {\n    rcode SERVFAIL\n  }\n}`
  if (typeof fault !== 'object')
    throw brokenZone(`the fault ${JSON.stringify(fault)}; write dropped, servfail or { delayed: 500 }`)
  return `${head}${delayed(fault.delayed, 5300 + 2 * n)}`
}

/**
 * The first server sleeps and fails, the second has the answer. CoreDNS's own way to sleep (`erratic`) gives
 * made-up addresses to questions for addresses, so that one is asked for another type.
 */
function delayed(milliseconds: number, port: number): string {
  if (!(milliseconds > 0 && milliseconds <= longestDelay))
    throw brokenZone(`a delay of ${String(milliseconds)} ms; give 1 to ${String(longestDelay)}`)
  const servers = [port, port + 1].map((at) => `127.0.0.1:${String(at)}`)
  return [
    `  forward . ${servers.join(' ')} {`,
    '    policy sequential',
    '    failover SERVFAIL',
    '    max_fails 0',
    `    read_timeout ${String(milliseconds + 1000)}ms`,
    '  }\n}',
    `.:${String(port)} {`,
    '  rewrite type A TXT',
    '  rewrite type AAAA TXT',
    `  erratic {\n    drop 0\n    delay 1 ${String(milliseconds)}ms\n  }\n}`,
    `.:${String(port + 1)} {\n  file ${zonePath} .\n}`,
  ].join('\n')
}

function zoneFile({ forward, reverse, services }: ZoneSpec, resolve: (text: string) => string): string {
  const records = [
    ...Object.entries(forward ?? {}).flatMap(([name, addresses]) =>
      addresses.map((address) => `${checked(name)}. IN ${addressRecord(resolve(address))}`),
    ),
    ...Object.entries(reverse ?? {}).flatMap(([address, names]) =>
      names.map((name) => `${pointer(resolve(address))}. IN PTR ${cased(name)}.`),
    ),
    ...Object.entries(services ?? {}).flatMap(([name, targets]) =>
      targets.map(({ priority = 0, weight = 100, port, target }) => {
        const numbers = [priority, weight, port].map(String).join(' ')
        return `${checked(name)}. IN SRV ${numbers} ${cased(target)}.`
      }),
    ),
  ]
  // No caching: the next question is asked again. The server's own name is nobody's.
  const head = ['$TTL 0', '. IN SOA dns.invalid. nobody.invalid. 1 3600 600 86400 0', '. IN NS dns.invalid.']
  return `${[...head, ...records].join('\n')}\n`
}

function addressRecord(address: string): string {
  if (isIPv4(address)) return `A ${address}`
  if (isIPv6(address)) return `AAAA ${address}`
  throw brokenZone(`"${address}", which is no address`)
}

function pointer(address: string): string {
  const name = reverseName(address)
  if (name === undefined) throw brokenZone(`"${address}" in \`reverse\`, which is no address`)
  return name
}

/** The name that is asked for: itself, or of an address the one for looking back. */
const nameOf = (text: string): string => reverseName(text) ?? checked(text)

/** Letter case is kept where the answer is a name: clients compare it. */
function cased(name: string): string {
  if (!/^(?=.{1,253}$)[\w*-]{1,63}(\.[\w-]{1,63})*$/.test(name))
    throw brokenZone(`the name "${name}"; write it without a dot at the end`)
  return name
}
const checked = (name: string): string => cased(name).toLowerCase()

const brokenZone = (what: string): Error =>
  inputError('broken-zone', `The DNS of a world cannot say ${what}.`)
