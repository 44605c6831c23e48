import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { HarnessError } from '../../errors.ts'
import { check } from '../../judge/check.ts'
import { ofNewKey, signedAlone } from '../../judge/made.ts'
import { certificateOf, etcd, http, keyOf, refused } from '../../scenario/index.ts'
import { cellsOf, type CatalogueCell } from '../catalogue/cells.ts'
import { loadCatalogue } from '../catalogue/catalogue.ts'
import { reproFolder } from './folder.ts'
import { imageWay } from './image.ts'
import { runAllScript } from './run-script.ts'
import { storedResult, subject } from './testing/stored.ts'
import { writeFolder } from './write-folder.ts'

const image = imageWay(subject, { packed: false })
const folderOf = (cell: CatalogueCell): Record<string, string> =>
  reproFolder({ cell, subject, result: storedResult(cell), image, heading: 'a heading' })

/** Why a cell cannot be shown without us → the cells. A shorter list is a better one. */
const left: Readonly<Record<string, readonly string[]>> = {
  'it follows a recipe': ['security-guide/assets/cfssl-commands', 'security-guide/assets/printed-folder'],
  'etcdctl cannot send another :authority': ['security/host-whitelist/grpc-authority-is-not-asked'],
  'curl came to no answer': ['security/cipher-suites/printed-command-with-an-unlisted-suite'],
  'listens on the loopback address': [
    'security/auto-tls/printed-request:listener=as-printed',
    'security-guide/cluster/defaults-have-no-tls:listener=client',
    'security-guide/cluster/defaults-have-no-tls:listener=peer',
    'security/peer-ip-san/one-of-several-addresses:address=ipv6,as=tls-1.2',
    'security/peer-ip-san/one-of-several-addresses:address=ipv6,as=tls-1.3',
  ],
}

test(
  'a folder is written for every cell of the suites but those that are known, and bash can read it',
  { timeout: 60_000 },
  async () => {
    const cells = (await loadCatalogue()).flatMap(cellsOf)
    const refusedCells: Record<string, string> = {}
    const scripts: string[] = []
    for (const cell of cells)
      try {
        const folder = folderOf(cell)
        scripts.push(...['run.sh', 'certificates.sh', 'steps.sh'].map((name) => folder[name] ?? 'fi'))
        expect(folder['expected.txt']?.trim().split('\n').length, cell.cellId).toBeGreaterThan(0)
        expect(
          Object.keys((parse(folder['compose.yaml'] ?? '') as { services: object }).services).length,
        ).toBeGreaterThan(0)
      } catch (error) {
        if (!(error instanceof HarnessError) || error.code !== 'not-shown') throw error
        refusedCells[cell.cellId] = error.message
      }
    const known = Object.entries(left).flatMap(([why, ids]) => ids.map((id) => [id, why] as const))
    expect(Object.keys(refusedCells).toSorted()).toEqual(known.map(([id]) => id).toSorted())
    for (const [id, why] of known) expect(refusedCells[id]).toContain(why)
    expect(cells.length).toBeGreaterThan(700)
    const { stderr } = await execa('bash', ['-n'], { input: scripts.join('\n') })
    expect(stderr).toBe('')
  },
)

test('certificates that members make alone are compared, as the run saw them', async () => {
  const cells = (await loadCatalogue()).flatMap(cellsOf)
  const found = cells.find(({ cellId }) => cellId.includes('every-member-makes-its-own-key:listener=peer'))
  if (found === undefined) throw new Error('no such cell')
  const folder = folderOf(found)
  expect(folder['steps.sh']).toMatch(
    /^certificate shown-1\.pem openssl s_client -connect 10\.0\.1\.10:2380 /m,
  )
  expect(folder['steps.sh']).toMatch(
    /^certificate shown-2\.pem openssl s_client -connect 10\.0\.1\.11:2380 /m,
  )
  expect(folder['steps.sh']).toContain('\nmade_alone second shown-2.pem first shown-1.pem\n')
  const lines = (key: string) => [
    'first: HTTP 200',
    'second: HTTP 200',
    'second: its certificate is signed with its own key, as is that of first',
    `second: its key is ${key}`,
    '',
  ]
  expect(folder['expected.txt']?.split('\n')).toEqual(lines('another than that of first'))
  const [first, second] = storedResult(found).timeline ?? []
  if (first === undefined || second === undefined) throw new Error('no such steps')
  const result = {
    ...storedResult(found),
    timeline: [first, { ...second, met: 'its key was shown before' }],
    checks: [check('then', true, signedAlone('second'), ''), check('then', false, ofNewKey('second'), '')],
  }
  const played = { cell: found, subject, image, heading: 'a heading' }
  expect(reproFolder({ ...played, result })['expected.txt']?.split('\n')).toEqual(lines('that of first'))
  expect(() => reproFolder({ ...played, result: { ...result, checks: [] } })).toThrow(
    /a certificate was not seen/,
  )
})

test('a call without a server name goes to the address', async () => {
  const id = 'holds-without-a-server-name:certificate=expired,protocol=grpc,tls=1.3'
  const found = (await loadCatalogue()).flatMap(cellsOf).find(({ cellId }) => cellId.includes(id))
  if (found === undefined) throw new Error('no such cell')
  expect(folderOf(found)['steps.sh']).toMatch(/^ctl .* etcdctl --endpoints https:\/\/[\d.]+:2379 /m)
})

const hostile = `a'b"c $(touch pwned) \`touch pwned\` ;touch pwned; \\ %s`
const pair = { cn: hostile, hosts: ['m1.etcd.local'] }
const hostileCell = {
  cellId: 'page/section/slug:a=$(touch pwned)',
  claimId: 'page/section/slug',
  at: {},
  claim: { says: `${hostile}\ntouch pwned`, cites: [] },
  cell: {
    given: etcd({
      client: 'https',
      options: { 'cert-file': certificateOf(pair), 'key-file': keyOf(pair), 'host-whitelist': hostile },
    }),
    when: http({
      scheme: 'https',
      path: `/${hostile}`,
      host: hostile,
      headers: { 'X-A': hostile },
      body: hostile,
    }),
    then: refused(),
    because: { reason: 'host-not-whitelisted' },
    unlike: http({ scheme: 'https', path: '/version' }),
  },
} as unknown as CatalogueCell

test('what a scenario says is a word to the shell, and nothing is run of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'etcd-tls-test-'))
  try {
    await writeFolder(folder, folderOf(hostileCell))
    // The words are written down instead of done; run.sh ends where the first one is missing.
    const words = ['start', 'ready', 'ask', 'alert', 'log_says', 'from_now', 'remove']
    const stubs = words.map((name) => `${name}() { printf '%s\\n' "$@"; }`).join('\n')
    const { stdout } = await execa(
      'bash',
      ['-c', `run=x; ${stubs}\nopenssl() { :; }\n. ./certificates.sh\n. ./steps.sh`],
      {
        cwd: folder,
      },
    )
    for (const text of [`--host-whitelist=${hostile}`, `Host: ${hostile}`, `X-A: ${hostile}`, hostile])
      expect(stdout.split('\n')).toContain(text)
    const run = await execa('bash', ['./run.sh'], {
      cwd: folder,
      reject: false,
      env: { DOCKER: 'no-such-engine' },
    })
    expect([run.exitCode, run.stdout]).toEqual([
      2,
      expect.stringMatching(/^CANNOT TELL: no-such-engine does not answer/),
    ])
    expect(await readdir(folder)).not.toContain('pwned')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('the run.sh of several folders sums up, and never says SAME of nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'etcd-tls-test-'))
  const go = async (exits: readonly number[]) => {
    await rm(folder, { recursive: true, force: true })
    const inner = exits.map(
      (exit, n) => [`cell-${String(n)}/run.sh`, `#!/bin/sh\nexit ${String(exit)}\n`] as const,
    )
    await writeFolder(folder, { 'run.sh': runAllScript(), ...Object.fromEntries(inner) })
    const { exitCode, stdout } = await execa(join(folder, 'run.sh'), { reject: false })
    return [exitCode, stdout.split('\n').at(-1)]
  }
  try {
    expect(await go([0, 0])).toEqual([0, 'SAME'])
    expect(await go([0, 1])).toEqual([1, 'DIFFERENT'])
    expect(await go([0, 2, 1])).toEqual([2, 'CANNOT TELL: 1 of the folders above'])
    expect((await go([]))[0]).toBe(2)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('an image that is in no registry has a recipe or lies in the folder', () => {
  expect(image.script).toContain('go build -trimpath')
  expect(image.script).toContain('GOTOOLCHAIN=go1.26.10')
  const old = imageWay({ ...subject, etcd: '3.3.27', go: '1.12.17' }, { packed: false })
  expect(old.script).toContain('github.com/coreos/etcd v3.3.27+incompatible')
  expect(
    imageWay({ ...subject, source: 'official', reference: 'q/etcd:v3.6.16' }, { packed: false }).hint,
  ).toBe('pull')
  expect(() => imageWay({ ...subject, source: 'binary', asked: 'file:x' }, { packed: false })).toThrow(
    /--with-image/,
  )
  expect(imageWay({ ...subject, source: 'binary' }, { packed: true }).hint).toContain('docker load')
})
