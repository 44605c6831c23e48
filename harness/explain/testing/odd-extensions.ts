import {
  bits,
  encode,
  implicit,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  smallInteger,
  utf8,
  yes,
  type Der,
} from '../../../fixtures/pki/der.ts'
import { extension } from '../../../fixtures/pki/extension.ts'
import forge from 'node-forge'
import {
  basic,
  below,
  beside,
  both,
  dnsName,
  ipName,
  leaf,
  list,
  names,
  raw,
  twice,
  usages,
  usualNames,
  type Oddities,
  type Oddity,
} from './oddity.ts'

const boolean = (byte: number): Der => forge.asn1.create(0, 1, false, String.fromCharCode(byte))
const usage = (...content: number[]): Der => extension('2.5.29.15', bits(Buffer.from(content)), true)
const only = (...extensions: Der[]): Oddity => leaf({ extensions })

const known: Oddities = {
  'an unknown extension': beside(extension('1.2.3.4', nothing())),
  'an unknown extension, critical': beside(extension('1.2.3.4', nothing(), true)),
  'an unknown extension that is no DER': beside(raw('1.2.3.4', Buffer.from('zz'))),
  'an unknown extension without content': beside(raw('1.2.3.4', Buffer.alloc(0))),
  'an extension that says it is not critical': beside(raw('1.2.3.4', encode(nothing()), boolean(0))),
  'an extension that is critical by 1': beside(raw('1.2.3.4', encode(nothing()), boolean(1))),
  'an extension twice': beside(extension('1.2.3.4', nothing()), extension('1.2.3.4', nothing())),
  'names twice': beside(names(dnsName('b.example'))),
  'a key identifier': beside(extension('2.5.29.14', octets(Buffer.of(1)))),
  'a critical key identifier': beside(extension('2.5.29.14', octets(Buffer.of(1)), true)),
  'a key identifier of another kind': beside(extension('2.5.29.14', nothing())),
  'critical access information': beside(extension('1.3.6.1.5.5.7.1.1', sequence(), true)),
  'access information of another kind': beside(extension('1.3.6.1.5.5.7.1.1', utf8('a'))),
  'critical distribution points': beside(extension('2.5.29.31', sequence(), true)),
  'distribution points of another kind': beside(extension('2.5.29.31', utf8('a'))),
  'a policy': beside(extension('2.5.29.32', sequence(sequence(oid('1.2.3'))), true)),
  'a policy twice': beside(extension('2.5.29.32', sequence(sequence(oid('1.2.3')), sequence(oid('1.2.3'))))),
  'a policy of another kind': beside(extension('2.5.29.32', sequence(oid('1.2.3')))),
  'policy mappings': beside(extension('2.5.29.33', sequence(sequence(oid('1.2.3'), oid('1.2.4'))), true)),
  'no policy from here on': beside(extension('2.5.29.54', smallInteger(0), true)),
  'critical names of the issuer': beside(extension('2.5.29.18', sequence(dnsName('i')), true)),
  "Netscape's kind of certificate, critical": beside(
    extension('2.16.840.1.113730.1.1', bits(Buffer.of(0x80)), true),
  ),
  'a precertificate': beside(extension('1.3.6.1.4.1.11129.2.4.3', nothing(), true)),
  'an identifier below a known one, critical': beside(extension('2.5.29.17.1', nothing(), true)),
}

const use: Oddities = {
  'no extensions': leaf({ extensions: undefined }),
  'an empty list of extensions': leaf({ extensions: [] }),
  'no usages': only(usualNames),
  'an empty list of usages': only(usualNames, usages()),
  'usages of another kind': only(usualNames, extension('2.5.29.37', sequence(nothing()))),
  'an unknown usage': only(usualNames, usages('1.2.3.4')),
  'any usage': only(usualNames, usages('2.5.29.37.0')),
  "Microsoft's server gated crypto": {
    ...only(usualNames, usages('1.3.6.1.4.1.311.10.3.3')),
    host: 'a.example',
  },
  "Netscape's server gated crypto": {
    ...only(usualNames, usages('2.16.840.1.113730.4.1')),
    host: 'a.example',
  },
  'a key usage without bits': beside(usage(0)),
  'a key usage of another kind': beside(extension('2.5.29.15', utf8('a'))),
  'an authority as leaf': beside(basic(true, 0)),
  'a path length of no authority': beside(basic(false, 0)),
  'an authority by 1': beside(extension('2.5.29.19', sequence(boolean(1)), true)),
  'basic constraints of another kind': beside(extension('2.5.29.19', utf8('a'))),
  'a large path length': beside(
    extension('2.5.29.19', sequence(yes(), integer(Buffer.from('0100000000', 'hex')))),
  ),
}

const authorities: Oddities = Object.fromEntries(
  Object.entries({
    'no basic constraints': [usage(6)],
    'keyCertSign alone': [basic(true), usage(4)],
    'no keyCertSign': [basic(true), usage(0x80)],
    'a key usage without bits': [basic(true), usage(0)],
    'a key usage that Go does not know': [basic(true), usage(0, 0, 0x80)],
    'decipherOnly alone': [basic(true), usage(0, 0x80)],
    'no authority': [basic(false)],
    'an authority by 1': [extension('2.5.29.19', sequence(boolean(1)), true)],
    'no other below': [basic(true, 0)],
    'serverAuth alone': [basic(true), usages('1.3.6.1.5.5.7.3.1')],
    'any usage': [basic(true), usages('2.5.29.37.0')],
    'an unknown extension, critical': [basic(true), extension('1.2.3.4', nothing(), true)],
    'an extension twice': [basic(true), usualNames, usualNames],
    'names of its own': [basic(true), usualNames],
    'a URI that is none': [basic(true), names(implicit(6, Buffer.from('https://a b/')))],
    'policies wanted': [basic(true), extension('2.5.29.36', sequence(implicit(0, Buffer.of(0))), true)],
    'no mapping of policies': [
      basic(true),
      extension('2.5.29.36', sequence(implicit(1, Buffer.of(0))), true),
    ],
  }).flatMap(([name, extensions]) =>
    Object.entries(twice(`an authority with: ${name}`, below({ extensions }))),
  ),
)

/** Name constraints of an authority, and the names of the leaf below it. */
function constrained(
  permitted: readonly Der[],
  excluded: readonly Der[],
  all: readonly Der[],
  critical = true,
) {
  const trees = (number: number, bases: readonly Der[]): Der[] =>
    bases.length === 0
      ? []
      : [
          list(
            number,
            bases.map((base) => sequence(base)),
          ),
        ]
  const constraints = extension(
    '2.5.29.30',
    sequence(...trees(0, permitted), ...trees(1, excluded)),
    critical,
  )
  return below({ extensions: [basic(true), constraints] }, { extensions: [both, names(...all)] })
}
const a = dnsName('a.example')
const dns = (word: string): Der[] => [dnsName(word)]
const ten = ipName(10, 0, 0, 0, 255, 0, 0, 0)
const mail = (word: string): Der => implicit(1, Buffer.from(word))
const uri = (word: string): Der => implicit(6, Buffer.from(word))
const mapped = ipName(...Array<number>(10).fill(0), 255, 255, 10, 0, 0, 1)
const constraints: Oddities = Object.fromEntries(
  Object.entries({
    'permitted above': constrained(dns('example'), [], [a]),
    'not permitted': constrained(dns('other'), [], [a]),
    'excluded above': constrained([], dns('example'), [a]),
    'permitted and excluded': constrained(dns('example'), dns('a.example'), [a]),
    'a wildcard over an excluded name': constrained([], dns('b.example'), dns('*.example')),
    'a wildcard far over an excluded name': constrained([], dns('c.b.example'), dns('*.example')),
    'a wildcard over an excluded base': constrained([], dns('.b.example'), dns('*.example')),
    'a wildcard as base': constrained(dns('*.example'), [], dns('*.example')),
    'a wildcard over a permitted name': constrained([a], [], dns('*.example')),
    'a base with a dot in front': constrained(dns('.example'), [], [a]),
    'a base with a dot in front and nothing more': constrained(dns('.a.example'), [], [a]),
    'an empty base': constrained(dns(''), [], [a]),
    'an empty base, excluded': constrained([], dns(''), [a]),
    'a base with a dot behind': constrained(dns('example.'), [], [a]),
    'a base in capitals': constrained(dns('EXAMPLE'), [], dns('A.example')),
    'a base of Latin-1': constrained(dns('\xe9'), [], [a]),
    'a base with a blank': constrained([], dns('b b'), [a]),
    'a name with a dot behind': constrained(dns('example'), [], dns('a.example.')),
    'a name with a dot in front': constrained(dns('example'), [], dns('.a.example')),
    'a name with an empty label': constrained(dns('example'), [], dns('a..example')),
    'a name with a blank': constrained(dns('example'), [], dns('a b.example')),
    'an empty name': constrained(dns('example'), [], dns('')),
    'an address that is permitted': constrained([ten], [], [ipName(10, 0, 0, 1)]),
    'an address that is not': constrained([ten], [], [ipName(11, 0, 0, 1)]),
    'an address of IPv4 in 16 bytes': constrained([ten], [], [mapped]),
    'an address of IPv4 in 16 bytes, excluded': constrained([], [ten], [mapped]),
    'all of IPv6, excluded': constrained([], [ipName(...Array<number>(32).fill(0))], [mapped]),
    'a mask with a hole': constrained([ipName(10, 0, 0, 0, 255, 0, 255, 0)], [], [a]),
    'a range of 4 bytes': constrained([ipName(10, 0, 0, 0)], [], [a]),
    'a range of 5 bytes': constrained([ipName(10, 0, 0, 0, 1)], [], [a]),
    'a range that begins in its middle': constrained(
      [ipName(10, 1, 2, 3, 255, 0, 0, 0)],
      [],
      [ipName(10, 0, 0, 1)],
    ),
    'two ranges, one of which begins in its middle': constrained(
      [ipName(9, 0, 0, 0, 255, 0, 0, 0), ipName(10, 200, 0, 0, 255, 0, 0, 0)],
      [],
      [ipName(10, 0, 0, 1)],
    ),
    'names alone, and an address': constrained(dns('example'), [], [a, ipName(10, 0, 0, 1)]),
    'names alone, and a mail address': constrained(dns('example'), [], [a, mail('a@b.c')]),
    'names alone, and no mail address': constrained(dns('example'), [], [a, mail('no mail')]),
    'names alone, and a URI': constrained(dns('example'), [], [a, uri('https://z/')]),
    'names alone, and a URI without a host': constrained(dns('example'), [], [a, uri('urn:a:b')]),
    'names alone, and a URI with an address': constrained(dns('example'), [], [a, uri('https://10.0.0.1/')]),
    'mail addresses': constrained([mail('example')], [], [a, mail('a@example')]),
    'mail addresses, and none': constrained([mail('example')], [], [a]),
    'a URI with an address as base': constrained([uri('10.0.0.1')], [], [a]),
    'names of another kind': constrained([list(4, [sequence()])], [], [a]),
    'names of another kind, not critical': constrained([list(4, [sequence()])], [], [a], false),
    'not critical': constrained(dns('other'), [], [a], false),
    nothing: constrained([], [], [a]),
  }).flatMap(([name, both]) => Object.entries(twice(`constraints: ${name}`, both))),
)

export const oddExtensions: Oddities = { ...known, ...use, ...authorities, ...constraints }
