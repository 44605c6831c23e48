import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decode, encode, octets, sequence, smallInteger } from '../../fixtures/pki/der.ts'
import { revocationList } from '../../fixtures/pki/revocation-list.ts'
import { shaped } from '../../fixtures/pki/shaped.ts'
import type { HarnessError } from '../errors.ts'
import { temporaryFolder, type TemporaryFolder } from '../engine/temporary.ts'
import { items } from './asn1.ts'
import { readCertificates, readRecords, readRevokedFile } from './files.ts'
import { revokedCheck } from './revoked.ts'
import { authority, good, made, now, root } from './testing/ask.ts'

const leaf = shaped({ ...good, key: 'rsa-2048' }, now, root)
const key = leaf.key.privateKey
const der = (type: 'pkcs8' | 'pkcs1'): Buffer => key.export({ type, format: 'der' })
const secret = der('pkcs8').toString('base64').slice(100, 160)

let temporary: TemporaryFolder
beforeAll(async () => {
  temporary = await temporaryFolder('files')
})
afterAll(() => temporary[Symbol.asyncDispose]())
async function file(name: string, content: string | Buffer): Promise<string> {
  await mkdir(temporary.path, { recursive: true })
  await writeFile(join(temporary.path, name), content)
  return join(temporary.path, name)
}

test.each([
  ['a byte order mark', `\ufeff${leaf.pem}`, /line 1, which has a byte order mark in front; mend the file/],
  [
    'an indented certificate',
    leaf.pem.replaceAll(/^/gm, '  '),
    /line 1, which does not begin at the beginning/,
  ],
  ['one behind words', `${root.pem}and this: ${leaf.pem}`, /line \d+, which does not begin at the beginning/],
  ['words behind the first line', leaf.pem.replace('\n', ' #\n'), /line 1, which has text behind its first/],
  [
    'words behind the last line',
    `${leaf.pem.trimEnd()}; it\n`,
    /line 1, which has text behind its first or its/,
  ],
  [
    'an indented last line',
    leaf.pem.replace(/\n-----END/, '\n -----END'),
    /which has its last line indented/,
  ],
  ['characters that are not base64', leaf.pem.replace('\nM', '\nM!'), /line 1, which is not clean base64/],
  ['base64 of URLs', leaf.pem.replace('\nM', '\nM_M_M'), /line 1, which is not clean base64/],
  ['a piece of base64', leaf.pem.replace('\nM', '\n'), /line 1, which is not clean base64/],
  [
    'PKCS #12',
    encode(sequence(smallInteger(3), octets(Buffer.alloc(200)))),
    /is PKCS #12, which etcd does not read; write .* openssl pkcs12 -in \S+ -nokeys/,
  ],
  ['a private key in DER', der('pkcs8'), /holds a private key, which is not needed here and was not read/],
  ['a private key of RSA in DER', der('pkcs1'), /holds a private key/],
  ['a private key in base64', `${leaf.pem}${der('pkcs8').toString('base64')}\n`, /holds a private key/],
])('%s is refused as a certificate, and never repeated', async (_, content, said) => {
  const path = await file('odd', content)
  const { exit, message } = await readCertificates('--cert', path).then(
    () => ({ exit: 0, message: '' }),
    (error: unknown) => error as HarnessError,
  )
  expect({ exit, message }).toEqual({ exit: 2, message: expect.stringMatching(said) as string })
  expect(message).not.toContain(secret)
})

test.each([
  ['the ends of lines of Windows', leaf.pem.replaceAll('\n', '\r\n')],
  ['words around it', `it is this one:\n${leaf.pem}\n# the end`],
  ['blanks at the ends of lines', leaf.pem.replaceAll('\n', ' \t\n')],
  ['no end of its last line', leaf.pem.trimEnd()],
])('with %s a certificate is read', async (_, content) => {
  const path = await file('good', content)
  expect((await readCertificates('--cert', path)).map((one) => one.der)).toEqual([leaf.der])
})

test('a file of records is not repeated, and may begin with a byte order mark', async () => {
  const odd = await file('odd', `10.0.0.1 a\n${secret}\n`)
  const found = await readRecords([odd]).catch((error: unknown) => error as Error)
  expect(found).toMatchObject({ exit: 2, message: `--resolv: line 2 of ${odd} is no record; ${howTo}` })
  const hosts = await file('hosts', '\ufeff10.0.0.1 a # ours\r\n\r\n')
  expect(await readRecords([hosts])).toHaveLength(2)
})
const howTo = 'write b.example=10.0.0.2, 10.0.0.2=b.example, or a line of a hosts file.'

const list = revocationList(root, [Buffer.of(5)], now)
/** The same without its version, as `openssl ca -gencrl` writes it when it is told of no extensions. */
const first = (): Buffer => {
  const [tbs, ...rest] = items(decode(list.der))
  if (tbs === undefined) throw new Error('no list')
  return encode(sequence(sequence(...items(tbs).slice(1)), ...rest))
}
test.each([
  ['DER', list.der, '3.6.16', 'good', /is not on the list/],
  ['DER of version 1', first(), '3.6.16', 'bad', /version 1, which etcd 3\.6\.16 cannot read/],
  ['DER of version 1', first(), '3.5.35', 'good', /is not on the list/],
  ['PEM', list.pem, '3.6.16', 'bad', /is PEM/],
  ['PEM', list.pem, '3.5.35', 'good', /is not on the list/],
  ['PEM behind words', `Certificate Revocation List\n${list.pem}`, '3.5.35', 'bad', /in front of its PEM/],
  ['PEM behind words', `Certificate Revocation List\n${list.pem}`, '3.6.16', 'bad', /in front of its PEM/],
])('a list of the revoked in %s: %#', async (_, content, etcd, mark, why) => {
  const read = await readRevokedFile('--client-crl-file', await file('crl', content))
  const check = revokedCheck(made(authority), read ?? '', etcd, 'client-crl-file')
  expect(check).toMatchObject({ mark, why: expect.stringMatching(why) as string })
})

test('a serial number counts without its sign, as big.Int.Bytes gives it', async () => {
  const path = await file('crl', revocationList(root, [Buffer.of(0, 0xff)], now).der)
  const read = await readRevokedFile('--client-crl-file', path)
  const markOf = (serial: Buffer) =>
    revokedCheck(made({ ...good, serial }), read ?? '', '3.5.8', 'client-crl-file').mark
  expect([Buffer.of(0, 0xff), Buffer.of(0xff), Buffer.of(0xff, 0x01)].map(markOf)).toEqual([
    'bad',
    'good',
    'bad',
  ])
})
