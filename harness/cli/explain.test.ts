import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CommanderError } from 'commander'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { revocationList } from '../../fixtures/pki/revocation-list.ts'
import { shaped, type Shape } from '../../fixtures/pki/shaped.ts'
import { temporaryFolder, type TemporaryFolder } from '../engine/temporary.ts'
import { explainHelp } from './explain.ts'
import { explainFailure } from './failure.ts'
import { buildProgram } from './program.ts'

const now = new Date()
const root = shaped({ cn: ['root'], basic: { authority: true }, keyUsage: [5, 6] }, now)
const good: Shape = {
  cn: ['client'],
  usages: ['clientAuth', 'serverAuth'],
  names: [
    { kind: 'dns', value: 'etcd.example.com' },
    { kind: 'ip', value: '10.0.0.1' },
    { kind: 'ip', value: '10.0.0.2' },
  ],
}
const leaf = shaped(good, now, root)
const keyText = (type: 'pkcs8' | 'sec1'): string =>
  leaf.key.privateKey.export({ type, format: 'pem' }).toString()
const secret = keyText('pkcs8').split('\n')[1] ?? ''

let temporary: TemporaryFolder
beforeAll(async () => {
  temporary = await temporaryFolder('explain')
  const files: Record<string, string | Buffer> = {
    'ca.pem': root.pem,
    'client.pem': leaf.pem,
    'server.pem': leaf.pem,
    'member.pem': leaf.pem,
    'peer.pem': leaf.pem,
    'servers-only.pem': shaped({ ...good, usages: ['serverAuth'] }, now, root).pem,
    'chain.pem': `${leaf.pem}some words\r\n${root.pem}`,
    'windows.pem': leaf.pem.replaceAll('\n', '\r\n'),
    'key.pem': keyText('pkcs8'),
    'both.pem': leaf.pem + keyText('sec1'),
    'client.der': leaf.der,
    'empty.pem': '',
    'words.pem': 'no certificate here\n',
    'broken.pem': '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
    'public.pem': leaf.key.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    'request.pem': '-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n',
    'more.pem': leaf.pem + leaf.key.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    'huge.pem': root.pem.repeat(4000),
    'many.pem': root.pem.repeat(501),
    'revoked.pem': revocationList(root, [], now).pem,
    'revoked.der': revocationList(root, [], now).der,
    hosts: '# ours\n10.0.0.2 b.example b # that one\n',
  }
  for (const [name, content] of Object.entries(files)) await writeFile(join(temporary.path, name), content)
})
afterAll(() => temporary[Symbol.asyncDispose]())

/** The command within this process: files are given in full, and shown without their folder. */
async function explain(
  ...args: string[]
): Promise<{ exit: number | undefined; stdout: string; stderr: string }> {
  const folder = `${temporary.path}/`
  const texts = { stdout: '', stderr: '' }
  const kept = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      texts[name] += String(text).replaceAll(folder, '')
      return true
    }),
  )
  let exit: number | undefined
  try {
    const full = args.map((word) => word.replace(/(^|=)([\w-]+\.(?:pem|der)|hosts)$/, `$1${folder}$2`))
    await buildProgram((code) => (exit = code)).parseAsync(['explain', ...full], { from: 'user' })
  } catch (error) {
    exit = error instanceof CommanderError ? 2 : explainFailure(error)
  } finally {
    for (const one of kept) one.mockRestore()
  }
  return { exit, stdout: texts.stdout, stderr: texts.stderr.trimEnd() }
}
const pair = ['--cert', 'client.pem', '--ca', 'ca.pem']

test.each([
  ['nothing', [], /^etcd-tls: Give a certificate: --cert .* --server .*\.$/],
  ['a file that is not there', ['--cert', 'no.pem'], /^etcd-tls: --cert no\.pem: there is no such file\.$/],
  ['a folder', ['--cert', '/'], /^etcd-tls: --cert \/ is no file\.$/],
  ['an empty file', ['--cert', 'empty.pem'], /--cert empty\.pem holds no certificate in PEM/],
  ['no PEM', ['--cert', 'words.pem'], /--cert words\.pem holds no certificate in PEM/],
  [
    'DER',
    ['--cert', 'client.der'],
    /client\.der is DER, which etcd does not read; write it as PEM: openssl x509 -inform DER/,
  ],
  [
    'a broken certificate',
    [...pair, '--server', 'broken.pem'],
    /--server broken\.pem: certificate 1 of the file cannot be read/,
  ],
  ['a public key', ['--cert', 'public.pem'], /public\.pem holds "PUBLIC KEY" and no certificate/],
  ['a request', ['--cert', 'request.pem'], /request\.pem is a request; give the certificate that was issued/],
  [
    'a certificate with something else behind it',
    ['--cert', 'more.pem'],
    /more\.pem: the file holds "PUBLIC KEY" as well; give certificates alone/,
  ],
  [
    'a record that is taken for a file',
    [...pair, '--resolv', '10.0.0.2'],
    /--resolv 10\.0\.0\.2: there is no such file; a record is written as b\.example=10\.0\.0\.2/,
  ],
  [
    'a huge file',
    ['--cert', 'client.pem', '--ca', 'huge.pem'],
    /--ca huge\.pem is too long: more than 2000000 bytes/,
  ],
  [
    'too many certificates',
    ['--cert', 'client.pem', '--ca', 'many.pem'],
    /--ca many\.pem: the file holds more than 500/,
  ],
  [
    'a private key',
    ['--cert', 'key.pem'],
    /^etcd-tls: --cert key\.pem holds a private key, which is not needed here/,
  ],
  ['a private key behind a certificate', ['--cert', 'both.pem'], /--cert both\.pem holds a private key/],
  ['a private key as hosts file', [...pair, '--resolv', 'key.pem'], /--resolv key\.pem holds a private key/],
  [
    'a private key as list of the revoked',
    [...pair, '--options', '--client-crl-file=key.pem'],
    /--client-crl-file key\.pem holds a private key/,
  ],
  [
    'a list of the revoked that is none',
    [...pair, '--options', '--client-crl-file=words.pem'],
    /words\.pem is no list of revoked/,
  ],
  [
    'a quote that does not end',
    [...pair, '--options', "--name='m1"],
    /--options: a single quote does not end/,
  ],
  ['no address', [...pair, '--peer-from', 'b.example'], /--peer-from b\.example is no address/],
  ['a peer URL without a peer', [...pair, '--peer-host', 'b'], /--peer-host goes with --peer-from/],
  ['a URL as host', [...pair, '--to', 'https://etcd'], /--to "https:\/\/etcd" is no host/],
  ['a port', [...pair, '--to', 'etcd:2379'], /--to "etcd:2379" is no host; .* without a port/],
  ['no record', [...pair, '--resolv', 'a=b'], /--resolv: "a=b" is no record; write b\.example=10\.0\.0\.2/],
  [
    'a file without records',
    [...pair, '--resolv', 'words.pem'],
    /--resolv: line 1 of words\.pem is no record/,
  ],
  ['a version of TLS that is none', [...pair, '--tls', '1.4'], /Allowed choices are 1\.2, 1\.3/],
  [
    'a set of releases',
    [...pair, '--etcd', 'supported'],
    /--etcd supported stands for several builds; name one/,
  ],
  ['an unknown release', [...pair, '--etcd', '3.6.999'], /does not know etcd 3\.6\.999/],
  [
    'what only its start can describe',
    [...pair, '--etcd', 'file:./etcd'],
    /explain knows releases only, as 3\.6\.16/,
  ],
])('%s: status 2 and a sentence', async (_, args, said) => {
  const { exit, stdout, stderr } = await explain(...args)
  expect(stderr).toMatch(said)
  expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' })
  expect(stderr).not.toContain(secret)
  expect(stderr).not.toMatch(/\n {4}at /)
})

test.each([
  ['accepted', pair, 0],
  ['with an authority behind it', ['--cert', 'chain.pem', '--ca', 'ca.pem'], 0],
  ['with the ends of lines of Windows', ['--cert', 'windows.pem', '--ca', 'ca.pem'], 0],
  ['refused', ['--cert', 'servers-only.pem', '--ca', 'ca.pem'], 1],
  ['nothing offered', ['--server', 'server.pem', '--ca', 'ca.pem', '--to', '10.0.0.1'], 3],
  ["the system's authorities", ['--cert', 'client.pem'], 3],
  ['etcd does not start', [...pair, '--options', '--client-cert-auth --frobnicate'], 1],
  ['an option that is gone', [...pair, '--options', '--client-cert-auth --enable-v2'], 1],
  [
    'an option that was there',
    [...pair, '--options', '--client-cert-auth --enable-v2', '--etcd', '3.5.35'],
    0,
  ],
  ['a list that is elsewhere', [...pair, '--options', '--client-cert-auth --client-crl-file=/no/such'], 3],
  [
    'a list that etcd 3.6 cannot read',
    [...pair, '--options', '--client-cert-auth --client-crl-file=revoked.pem'],
    1,
  ],
  [
    'a list that etcd 3.5 reads',
    [...pair, '--options', '--client-cert-auth --client-crl-file=revoked.pem', '--etcd', '3.5.35'],
    0,
  ],
  ['a config file', [...pair, '--options', '--config-file=etcd.yaml'], 3],
  ['etcd only prints', [...pair, '--options', '--client-cert-auth --version'], 1],
  ['etcd only helps', [...pair, '--options', '-h'], 1],
  ['a peer with a zone', [...pair, '--peer-from', 'fe80::1%eth0', '--resolv', 'a=10.0.0.9'], 1],
  ['a peer, DNS unknown', [...pair, '--peer-from', '10.0.0.9'], 3],
  ['a peer, DNS known', [...pair, '--peer-from', '10.0.0.9', '--resolv', 'etcd.example.com=10.0.0.9'], 0],
  ['a peer, hosts file', [...pair, '--peer-from', '10.0.0.9', '--resolv', 'hosts'], 1],
])('%s: the exit status', async (_, args, status) => {
  const { exit, stdout, stderr } = await explain(...args)
  expect({ exit, stderr }).toEqual({ exit: status, stderr: '' })
  expect(stdout).toMatch(/^etcd \d/)
})

test.each([
  [
    'a peer with an address of IPv6',
    ['--peer-from', '2001:db8::2'],
    /--prove: containers have IPv4 addresses here, and 2001:db8::2 is none/,
  ],
  [
    'a config file',
    ['--options', '--config-file=etcd.yaml'],
    /--prove: what etcd is started with is not known here/,
  ],
  [
    'a list of the revoked in DER',
    ['--options', '--client-crl-file=revoked.der'],
    /--prove: a list of revoked .* \(revoked\.der\) cannot/,
  ],
])('%s cannot be proved: status 3 and a sentence, before anything is started', async (_, args, said) => {
  const { exit, stderr } = await explain(...pair, ...args, '--prove')
  expect(stderr).toMatch(said)
  expect(exit).toBe(3)
})

test('text and JSON say the same, and what decides is marked', async () => {
  const args = ['--cert', 'servers-only.pem', '--ca', 'ca.pem', '--etcd', '3.6.16']
  const text = await explain(...args)
  const json = await explain(...args, '--json')
  expect(text.stdout).toBe(
    [
      'etcd 3.6.16, Go 1.26.10: refused',
      '',
      'What etcd makes of the client: refused',
      '  ✔ tls       etcd speaks TLS with its pair',
      '  ✔ version   etcd speaks TLS 1.2 and 1.3',
      '  ✔ demanded  --client-cert-auth demands a certificate, and one is there',
      `  ✔ validity  it is valid until ${leafEnd()}`,
      '  ✔ chain     it leads to "CN=root" through no other',
      '  ✘ usage     it is for serverAuth only, not for clientAuth ◀',
      '              change: issue it with clientAuth among its extended key usages',
      '              promise: security/faq/client-auth-usage-is-needed (Frequently asked questions)',
      '              seen: TLS alert 42, bad certificate',
      '  ✔ key       its key is one that Go 1.26.10 takes (ec)',
      '',
      'Taken for granted:',
      '  --client-cert-auth, since no --options were given',
      '  --trusted-ca-file is the file of --ca',
      '  --cert-file is a good pair, since no --server was given',
      '',
    ].join('\n'),
  )
  const found = JSON.parse(json.stdout) as { judgements: { checks: { id: string; decides?: true }[] }[] }
  expect(found).toMatchObject({ etcd: '3.6.16', go: '1.26.10', verdict: 'refused', exit: 1 })
  expect(found.judgements[0]?.checks.filter(({ decides }) => decides).map(({ id }) => id)).toEqual(['usage'])
  expect(JSON.stringify(found)).toMatch(/"fingerprint":"[0-9A-F:]+"/)
})

const leafEnd = (): string => {
  const end = new Date(now.getTime() + 86_400_000)
  end.setMilliseconds(0)
  return end.toISOString()
}

test('the examples of the help run', async () => {
  const examples = [...explainHelp.replaceAll('\\\n', '').matchAll(/^ {2}etcd-tls explain (.+)$/gm)]
  expect(examples).toHaveLength(4)
  for (const [, line = ''] of examples.filter(([text]) => !text.includes('--prove'))) {
    const args = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
    const { exit, stderr } = await explain(...args)
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
  }
})

test('names of strangers come out on one line and visible', async () => {
  const odd = shaped({ ...good, cn: ['a\u001b[31m\nb'], notAfter: '-1h', notBefore: '-2h' }, now, root)
  await writeFile(join(temporary.path, 'odd.pem'), odd.pem)
  const { stdout } = await explain('--cert', 'odd.pem', '--ca', 'ca.pem')
  expect(stdout).not.toContain('\u001b')
  expect(stdout).toMatch(/✘ validity +"CN=a.*" expired at/)
})
