import { time } from '../../../fixtures/pki/der.ts'
import { cn, curve, minted, rsa, type Minted, type Parts } from './minted.ts'
import { basic, both, root, usages, usualNames, type Oddities } from './oddity.ts'

const hours = (count: number) => time(new Date(Date.now() + count * 3_600_000))
const past: Parts = { notBefore: hours(-9), notAfter: hours(-1) }
const authority = (name: string, parts: Parts = {}): Minted =>
  minted({ subject: cn(name), extensions: [basic(true)], ...parts })
const under = (by: Minted, parts: Parts = {}): Minted =>
  minted({ by, extensions: [both, usualNames], ...parts })

const upper = authority('upper', { by: root })
const lower = authority('lower', { by: upper })
const flat = authority('flat', { by: root, extensions: [basic(true, 0)] })
const underFlat = authority('under flat', { by: flat })
const ofItself = authority('flat', { by: flat })

const crossKey = curve('P-256')
const cross = (parts: Parts = {}): Minted => authority('cross', { key: crossKey, ...parts })
const crossed = under(cross())
const alone = (parts: Parts): Minted => minted({ extensions: [both, usualNames], ...parts })

const selfs: Oddities = Object.fromEntries(
  Object.entries({
    good: alone({}),
    expired: alone(past),
    'for servers': alone({ extensions: [usages('1.3.6.1.5.5.7.3.1'), usualNames] }),
  }).map(([name, one]) => [`signed by itself and trusted: ${name}`, { chain: [one], roots: [one] }]),
)

export const oddChains: Oddities = {
  'two authorities': { chain: [under(lower), lower, upper], roots: [root] },
  'two authorities the other way round': { chain: [under(lower), upper, lower], roots: [root] },
  'two authorities, one missing': { chain: [under(lower), lower], roots: [root] },
  'an authority below one that allows none': { chain: [under(underFlat), underFlat, flat], roots: [root] },
  'an authority of the same name below one that allows none': {
    chain: [under(ofItself), ofItself, flat],
    roots: [root],
  },
  'an authority in the middle that is trusted': { chain: [under(lower)], roots: [lower] },
  'a leaf that is trusted and signed by another': (() => {
    const one = under(root)
    return { chain: [one], roots: [one] }
  })(),
  'an expired authority': {
    chain: [under(upper), authority('upper', { by: root, key: upper.key, ...past })],
    roots: [root],
  },
  'cross-signed, the old root expired': { chain: [crossed, cross({ by: root })], roots: [cross(past), root] },
  'cross-signed, the cross expired': {
    chain: [crossed, cross({ by: root, ...past })],
    roots: [root, cross()],
  },
  'cross-signed both ways, neither trusted': {
    chain: [crossed, cross({ by: root }), authority('root', { key: root.key, by: cross() })],
    roots: [],
  },
  'an authority of the same name with another key': {
    chain: [crossed],
    roots: [cross({ key: curve('P-256') })],
  },
  'a large key beside': {
    chain: [under(root), authority('large', { key: rsa(2048), by: root })],
    roots: [root],
  },
  ...selfs,
}
