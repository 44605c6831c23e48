import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { execa } from 'execa'
import { dnsImage } from './processes.ts'
import { lastLine, left, Stranger } from './testing/strangers.ts'

/** What is done with members, with a DNS, and over time. */
const cells = {
  'a cluster that forms': 'peer-tls/allowed-cn/listed-names-form',
  'a cluster that does not': 'peer-tls/allowed-cn/cluster-cannot-form:list=one-name',
  'a join by address': 'security/peer-ip-san/wrong-address-is-denied:as=member,certificate=address-alone',
  'a join by name, with a DNS': 'security/peer-dns-san/forward-lookup-differs:peer=member',
  'what a member shows when it dials': 'security/basic-setup/peer-certificate-serves-both-ways:side=dials',
  'files that change': 'security/reload/new-certificate-on-every-connection:rotation=symlink,tls=1.2',
  'one file first': 'security/reload/one-file-before-the-other:first=key,tls=1.3',
  'a certificate that expires': 'security/reload/expiring-certificate-replaced-without-stop',
  'a name': 'security/host-whitelist/unlisted-name-is-refused:endpoint=version,port=with',
} as const
const addressJoin = cells['a join by address']

let stranger: Stranger
beforeAll(async () => {
  stranger = await Stranger.make()
  await stranger.results(Object.values(cells))
})
afterAll(() => stranger[Symbol.asyncDispose]())

const folderOf = (name: string, cell: string): Promise<string> => stranger.folderOf(name, cell)

test.each(Object.entries(cells))('the folder of %s shows the same', async (name, cell) => {
  const { exitCode, all } = await stranger.play(await folderOf(name, cell))
  expect([exitCode, lastLine(all)], all).toEqual([0, 'SAME'])
  expect(await left(all)).toBe('')
})

test('an etcd without the check differs', async () => {
  const out = join(stranger.root, 'bent')
  const made = await stranger.ours(
    'run',
    '--etcd',
    'bent:ip-san-ignored',
    '--only',
    addressJoin,
    '--out',
    out,
  )
  expect(made.exitCode, made.all).toBe(1)
  const { stdout } = await execa('docker', [
    'images',
    '--format',
    '{{.Repository}}:{{.Tag}}',
    'etcd-tls/subject',
  ])
  const bent = stdout.split('\n').find((one) => one.includes('bent-ip-san-ignored')) ?? ''
  const tools = stdout.split('\n').find((one) => one.includes(':3.6.16-')) ?? ''
  const { exitCode, all } = await stranger.play(await folderOf('red', addressJoin), {
    IMAGE: bent,
    TOOLS: tools,
  })
  expect([exitCode, lastLine(all)], all).toEqual([1, 'DIFFERENT'])
  expect(all).toContain('it serves')
})

test('a server that has no guard differs', async () => {
  const out = join(stranger.root, 'liar')
  const name = cells['a name']
  const args = ['run', '--etcd', 'liar:whitelist-ignored', '--only', name, '--out', out]
  const made = await stranger.ours(...args)
  expect(made.exitCode, made.all).toBe(1)
  const image = 'etcd-tls/subject:liar-whitelist-ignored'
  const { exitCode, all } = await stranger.play(await folderOf('red name', name), { IMAGE: image })
  expect([exitCode, lastLine(all)], all).toEqual([1, 'DIFFERENT'])
  expect(await left(all)).toBe('')
})

test('without its DNS a folder cannot tell', async () => {
  const folder = await folderOf('no dns', cells['a join by name, with a DNS'])
  const { exitCode, all } = await stranger.play(folder, { COREDNS: `${dnsImage.ours}-is-not-there` })
  expect([exitCode, lastLine(all)]).toEqual([
    2,
    expect.stringMatching(/^CANNOT TELL: the image .* cannot be pulled$/),
  ])
})

test('image.sh builds the image again, which shows the same', { timeout: 600_000 }, async () => {
  const folder = await folderOf('recipe', addressJoin)
  const reference = `etcd-repro-test-${String(process.pid)}:built`
  try {
    const script = join(folder, 'image.sh')
    await execa('sed', ['-i', String.raw`s# - etcd-tls/subject:\S*$# - ${reference}#`, script])
    const { exitCode, all } = await execa(script, { all: true, reject: false })
    expect(exitCode, all).toBe(0)
    const run = await stranger.play(folder, { IMAGE: reference })
    expect([run.exitCode, lastLine(run.all)], run.all).toEqual([0, 'SAME'])
  } finally {
    await execa('docker', ['rmi', reference], { reject: false })
  }
})
