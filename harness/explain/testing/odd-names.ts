import forge from 'node-forge'
import { implicit, oid, sequence, set, utf8, type Der } from '../../../fixtures/pki/der.ts'
import { extension } from '../../../fixtures/pki/extension.ts'
import { attribute, cn } from './minted.ts'
import {
  below,
  both,
  dnsName,
  ipName,
  leaf,
  list,
  names,
  twice,
  usualNames,
  type Oddities,
  type Oddity,
} from './oddity.ts'

const text = (tag: number, content: string | Buffer): Der =>
  forge.asn1.create(0, tag, false, Buffer.from(content).toString('latin1'))
const wide = (word: string): Buffer => Buffer.from([...word].flatMap((one) => [0, one.charCodeAt(0)]))

/** Kinds of strings (X.680), with what belongs into them and what does not. */
const strings: Readonly<Record<string, Der>> = {
  'a PrintableString': text(19, 'leaf one'),
  'a PrintableString with _': text(19, 'etcd_client'),
  'a PrintableString with @': text(19, 'a@b'),
  'a PrintableString with *': text(19, '*.a'),
  'a PrintableString with &': text(19, 'a&b'),
  'a TeletexString': text(20, Buffer.from('l\xe9af', 'latin1')),
  'a BMPString': text(30, wide('leaf')),
  'half a BMPString': text(30, 'abc'),
  'a BMPString that ends with zero': text(30, wide('a\0')),
  'a BMPString with half a pair': text(30, Buffer.from('d83dde00', 'hex')),
  'a UniversalString': text(28, Buffer.from('0000006c', 'hex')),
  'an IA5String': text(22, 'leaf_x'),
  'an IA5String of Latin-1': text(22, Buffer.of(0xe9)),
  'a NumericString': text(18, '12 3'),
  'a NumericString with a letter': text(18, '12a'),
}
const subjects: Oddities = Object.fromEntries(
  Object.entries(strings).flatMap(([name, value]) => [
    [`subject: ${name}`, leaf({ subject: sequence(set(attribute(value))) })],
    ...Object.entries(twice(`issuer: ${name}`, below({ subject: sequence(set(attribute(value))) }))),
  ]),
)

const more: Oddities = {
  'two common names': leaf({ subject: sequence(set(attribute(utf8('a'))), set(attribute(utf8('b')))) }),
  'two common names in one set': leaf({ subject: sequence(set(attribute(utf8('a')), attribute(utf8('b')))) }),
  'a common name behind another attribute in one set': leaf({
    subject: sequence(set(attribute(utf8('o'), '2.5.4.10'), attribute(utf8('b')))),
  }),
  'no subject': leaf({ subject: sequence() }),
  'the issuer as another kind of string': leaf({ issuer: sequence(set(attribute(text(19, 'root')))) }),
  'the issuer in other letters': leaf({ issuer: cn('ROOT') }),
}

const named = (...all: Der[]): Oddity => leaf({ extensions: [both, names(...all)] })
const uri = (word: string): Der => implicit(6, Buffer.from(word))
const mail = (word: string): Der => implicit(1, Buffer.from(word))
const other = list(0, [oid('1.2.3')])
const critical = (...all: Der[]): Oddity =>
  leaf({ extensions: [both, extension('2.5.29.17', sequence(...all), true)] })
const alternative: Oddities = {
  'no names in the subjectAltName': named(),
  'an empty dNSName': named(dnsName('')),
  'a dNSName with a zero byte': named(dnsName('a\0b')),
  'a dNSName of Latin-1': named(dnsName('\xe9.a')),
  'a mail address': named(mail('a@b')),
  'a mail address that is none': named(mail('no mail')),
  'a mail address of Latin-1': named(mail('é@b')),
  'an IP entry of 5 bytes': named(ipName(1, 2, 3, 4, 5)),
  'an empty IP entry': named(ipName()),
  'an address with its mask': named(ipName(10, 0, 0, 0, 255, 0, 0, 0)),
  'names of kinds that Go does not know': named(other),
  'critical names': critical(dnsName('a.example')),
  'critical names, of which there are none': critical(),
  'critical names of kinds that Go does not know': critical(other),
  'a critical URI': critical(uri('spiffe://x/y')),
  ...Object.fromEntries(
    [
      ...[
        'spiffe://a.example/b/c',
        'https://a/',
        'urn:uuid:1-2-3',
        'https://a_b/',
        'https://a b/',
        'https://a..b/',
      ],
      ...[
        'https://.a/',
        'https://a./',
        'https://%zz/',
        'https://é/',
        ':a',
        'https://a:1/',
        'https://[::1]/',
        '',
      ],
    ].map((word) => [`the URI "${word}"`, named(uri(word))]),
  ),
}

const hosts: Readonly<Record<string, readonly string[]>> = {
  '*.example': [
    'a.example',
    'A.EXAMPLE',
    'a.example.',
    'b.a.example',
    '*.example',
    'example',
    '-a.example',
    '_a.example',
  ],
  'a.*.example': ['a.b.example', 'a.*.example'],
  'a*.example': ['ab.example', 'a*.example'],
  '*': ['a', '*'],
  '*.': ['a', 'a.'],
  'a.example.': ['a.example', 'a.example.'],
  'A.Example': ['a.example'],
  'a b': ['a b'],
  'xn--4ca.example': ['XN--4CA.example', 'ä.example'],
  '10.0.0.1': ['10.0.0.1'],
  '*.0.0.1': ['10.0.0.1'],
  'a:b.example': ['a:b.example', 'A:B.example'],
  '.': ['.'],
}
const dialled: Oddities = Object.fromEntries(
  Object.entries(hosts).flatMap(([name, all]) =>
    all.flatMap((host) => [
      [`dialled as ${host}: the name ${name}`, { ...named(dnsName(name)), host }],
      [
        `dialled as ${host}: the common name ${name}`,
        { ...leaf({ subject: cn(name), extensions: [both] }), host },
      ],
      [
        `dialled as ${host}: the common name ${name} and an IP entry`,
        { ...leaf({ subject: cn(name), extensions: [both, names(ipName(10, 9, 9, 9))] }), host },
      ],
    ]),
  ),
)

const mapped = ipName(...Array<number>(10).fill(0), 255, 255, 10, 0, 0, 1)
const loop = ipName(...Array<number>(15).fill(0), 1)
const addresses: Oddities = Object.fromEntries(
  [
    '10.0.0.1',
    '[10.0.0.1]',
    '::ffff:10.0.0.1',
    '::ffff:a00:1',
    '::1',
    '[::1]',
    '0:0:0:0:0:0:0:1',
    '::1%lo',
  ].flatMap((host) =>
    Object.entries({
      '10.0.0.1': ipName(10, 0, 0, 1),
      'the same in 16 bytes': mapped,
      '::1': loop,
      'a name': dnsName(host),
    }).map(([name, one]) => [`dialled at ${host}: ${name}`, { ...named(one), host }]),
  ),
)

export const oddNames: Oddities = {
  nothing: { ...leaf(), host: 'a.example' },
  'nothing, a client': leaf({ extensions: [both, usualNames] }),
  ...subjects,
  ...more,
  ...alternative,
  ...dialled,
  ...addresses,
}
