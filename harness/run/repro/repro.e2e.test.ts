import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { part } from '../gather/evidence-folder.ts'
import { lastLine, left, Stranger } from './testing/strangers.ts'

/** One cell of each kind of request. */
const cells = {
  http: 'security/host-whitelist/unlisted-name-is-refused:endpoint=version,port=with',
  https: 'security/client-certificates/without-one-is-rejected:request=v3,tls=1.3',
  expired: 'security/basic-setup/client-cert-auth-demands-a-certificate:certificate=expired,tls=1.2',
  curl: 'security/auto-tls/verifying-client-refuses:client=curl-tls1.2',
  etcdctl: 'security/https/unknown-authority-is-noticed:client=etcdctl',
  store: 'security/https/ca-in-the-system-trust-store:client=etcdctl',
  start: 'security/basic-setup/encrypted-key-is-refused:encryption=pkcs8',
  hello:
    'security/basic-setup/cipher-suites-off-by-default:list=none,listener=client,suite=TLS-RSA-WITH-AES-128-GCM-SHA256',
  grpc: 'security/basic-setup/common-name-is-the-user:act=put,tls=1.2,user=outside-its-range',
} as const

let stranger: Stranger
beforeAll(async () => {
  stranger = await Stranger.make()
  await stranger.results(Object.values(cells))
})
afterAll(() => stranger[Symbol.asyncDispose]())

const folderOf = (name: string, cell: string): Promise<string> => stranger.folderOf(name, cell)

// What a folder shows takes its time in waiting; several run side by side anyway.
test.concurrent.each(Object.entries(cells))(
  'the folder of the cell %s shows the same, with nothing of ours',
  async (name, cell) => {
    const folder = await folderOf(name, cell)
    const { exitCode, all } = await stranger.play(folder)
    expect([exitCode, lastLine(all)], all).toEqual([0, 'SAME'])
    const said = all.replaceAll(/^(the setup: | {4}).*\n/gm, '')
    expect(said).toContain(await readFile(join(folder, 'expected.txt'), 'utf8'))
    expect(await left(all)).toBe('')
  },
)

test.concurrent(
  'a cell is played where no results are given, and the image goes along where it is asked for',
  async () => {
    const out = join(stranger.root, 'played')
    const made = await stranger.ours('repro', cells.http, '--etcd', '3.6.16', '--with-image', '--out', out)
    expect(made.exitCode, made.all).toBe(0)
    expect(await readdir(out)).toContain('image.tar')
    const { exitCode, all } = await stranger.play(out)
    expect([exitCode, lastLine(all)], all).toEqual([0, 'SAME'])
  },
)

test.concurrent('without the guard it is different', async () => {
  const folder = await folderOf('red', cells.https)
  const steps = join(folder, 'steps.sh')
  const text = await readFile(steps, 'utf8')
  const guard = '  --client-cert-auth \\\n  --trusted-ca-file=/etc/etcd-tls/trusted-ca-file.pem'
  expect(text).toContain(guard)
  await writeFile(steps, text.replace(guard, '  --name=m1'))
  const { exitCode, all } = await stranger.play(folder)
  expect([exitCode, lastLine(all)], all).toEqual([1, 'DIFFERENT'])
  expect(all).toContain('the probe: HTTP 200')
  expect(await left(all)).toBe('')
})

test.concurrent('what is missing is said, and is never SAME', async () => {
  const folder = await folderOf('missing', cells.http)
  const noImage = await stranger.play(folder, { IMAGE: 'etcd-tls/subject:is-not-there' })
  expect([noImage.exitCode, lastLine(noImage.all)]).toEqual([
    2,
    expect.stringMatching(/^CANNOT TELL: the image etcd-tls\/subject:is-not-there is not here; make it with/),
  ])
  const noEtcd = await stranger.play(folder, { ETCD: '/bin/no-etcd' })
  expect([noEtcd.exitCode, lastLine(noEtcd.all)]).toEqual([2, 'CANNOT TELL: m1 cannot be started'])
  const noEngine = await stranger.play(folder, { DOCKER_HOST: 'unix:///no/engine' })
  expect([noEngine.exitCode, lastLine(noEngine.all)]).toEqual([
    2,
    expect.stringMatching(/^CANNOT TELL: docker does not/),
  ])
  await writeFile(join(folder, 'expected.txt'), '')
  const nothing = await stranger.play(folder)
  expect([nothing.exitCode, lastLine(nothing.all)], nothing.all).toEqual([2, 'CANNOT TELL: nothing was seen'])
  expect(await left(noEtcd.all, nothing.all)).toBe('')
})

test.concurrent(
  'several run side by side from one folder, and what is interrupted leaves nothing',
  async () => {
    const folder = await folderOf('many', cells.http)
    const both = await Promise.all([stranger.play(folder), stranger.play(folder)])
    expect(
      both.map(({ exitCode }) => exitCode),
      both.map(({ all }) => all).join('\n'),
    ).toEqual([0, 0])
    for (const moment of ['its network', 'the control']) {
      const running = stranger.play(folder)
      await new Promise<void>((resolve) => {
        running.all.on('data', (text: Buffer) => text.includes(moment) && resolve())
      })
      // As Ctrl-C does: to everything that runs in the foreground.
      process.kill(-(running.pid ?? 0), 'SIGINT')
      const { exitCode, all } = await running
      expect(exitCode, all).toBe(130)
      expect(await left(all)).toBe('')
    }
    expect(await left(...both.map(({ all }) => all))).toBe('')
    expect((await readdir(folder)).filter((name) => name.startsWith('work.'))).toEqual([])
  },
)

test.concurrent('a claim gives a folder for each cell, and one run.sh', async () => {
  const claim = cells.expired.slice(0, cells.expired.indexOf(':'))
  const out = join(stranger.root, 'claim')
  const results = join(stranger.root, 'results')
  const { exitCode, all } = await stranger.ours('repro', claim, '--results', results, '--out', out)
  expect(exitCode, all).toBe(0)
  // Only one of its cells is in the results: the others are named.
  expect(all).toContain('left out: ')
  expect(all).not.toMatch(/left out: (\S+): \1/)
  const run = await stranger.play(out)
  expect([run.exitCode, lastLine(run.all)], run.all).toEqual([0, 'SAME'])
  expect(run.all).toContain(`== ${part(cells.expired)}`)
})
