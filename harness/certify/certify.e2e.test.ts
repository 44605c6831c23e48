import { readFile, writeFile } from 'node:fs/promises'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadResults } from '../../reports/index.ts'
import { makeRunId } from '../engine/run-id.ts'
import { sweep } from '../engine/sweep.ts'
import { temporaryFolder, type TemporaryFolder } from '../engine/temporary.ts'
import { testGround } from '../testing/ground.ts'
import { openBundle } from './archive-read.ts'
import { privateKeyIn } from './private-keys.ts'
import { certifyMini, miniProfile } from './testing/mini.ts'
import { fingerprintOfKey, publicPem } from './sign.ts'
import { rerun } from './verify/rerun.ts'
import { verifyBundle, type Verified } from './verify/verify.ts'

const runId = makeRunId()
const key = generateKeyPairSync('ed25519').privateKey
let folder: TemporaryFolder
let image: string
const path = (name: string): string => join(folder.path, name)

beforeAll(async () => {
  folder = await temporaryFolder('certify-test')
  const { subject } = await testGround(runId)
  // The runs below have networks of their own.
  await sweep({ run: runId })
  image = `image:${subject.reference}`
  await writeFile(path('key.pem'), key.export({ type: 'pkcs8', format: 'pem' }))
  await writeFile(path('product.yaml'), "vendor: A\nproduct: B\nversion: '1'\ncontact: a@b.example\n")
  await certifyMini(image, { product: path('product.yaml'), key: path('key.pem'), out: path('bundle') })
})
afterAll(async () => {
  await sweep({ run: runId })
  await folder[Symbol.asyncDispose]()
})

async function verified(): Promise<Verified> {
  const mini = await miniProfile()
  await using bundle = await openBundle(path('bundle'))
  return await verifyBundle(bundle, 'bundle', { profile: () => mini, key: createPublicKey(key) })
}

describe('a bundle of a real build', () => {
  test('is verified, every cell of it', async () => {
    const { exit, findings, certificate, signed } = await verified()
    expect({ exit, problems: findings.problems, changed: findings.changed }).toEqual({
      exit: 0,
      problems: [],
      changed: [],
    })
    expect(findings.judged).toBe(8)
    expect(signed).toEqual({ fingerprint: fingerprintOfKey(key), trusted: true })
    expect(certificate?.outcome.certified).toBe(true)
    expect(certificate?.subject.identity.value).toMatch(/sha256:[0-9a-f]{64}$/)
  })

  test('holds no private key, and no folder of this machine', async () => {
    await using bundle = await openBundle(path('bundle'))
    for (const name of bundle.paths) {
      const bytes = await bundle.read(name)
      expect(privateKeyIn(bytes), name).toBeUndefined()
      expect(bytes.toString('latin1'), name).not.toContain(import.meta.dirname)
    }
  })

  test('is checked by sha256sum and openssl, too', async () => {
    await writeFile(path('vendor.pem'), publicPem(key))
    const at = { cwd: path('bundle') }
    await execa('sha256sum', ['--quiet', '-c', 'MANIFEST.sha256'], at)
    const signature = ['-in', 'MANIFEST.sha256', '-sigfile', 'MANIFEST.sha256.sig']
    await execa(
      'openssl',
      ['pkeyutl', '-verify', '-pubin', '-inkey', path('vendor.pem'), '-rawin', ...signature],
      at,
    )
  })

  test('is seen again on the build, and a lie about it is', async () => {
    const { certificate, played } = await verified()
    if (certificate === undefined) throw new Error('no certificate')
    const stored = await loadResults(path('bundle/results.json'))
    const cells = played.filter((cell) => cell.includes('certificate=expired'))
    expect(cells).toHaveLength(1)
    const again = async (results: typeof stored.results) =>
      rerun({
        ...{ certificate, cells, runId, signal: new AbortController().signal, onEvent: () => undefined },
        stored: { results },
      })
    expect(await again(stored.results)).toEqual({ differs: [], unsure: [] })
    const lie = stored.results.map((one) => ({ ...one, verdict: 'fail' as const }))
    expect((await again(lie)).differs.join()).toMatch(
      /certificate=expired,tls=1.3: the bundle says fail, the build pass: /,
    )
  })

  test('is of no other build', async () => {
    const { certificate } = await verified()
    if (certificate === undefined) throw new Error('no certificate')
    const subject = { ...certificate.subject, identity: { kind: 'image-id', value: 'sha256:0' } as const }
    const other = rerun({
      ...{
        certificate: { ...certificate, subject },
        cells: ['security/https/verified-handshake:request=v3,tls=1.3'],
      },
      ...{ stored: { results: [] }, subject: image, runId, signal: new AbortController().signal },
      onEvent: () => undefined,
    })
    await expect(other).rejects.toMatchObject({ code: 'other-build', exit: 2 })
  })

  test('has a results file that reports are made from', async () => {
    const main = join(import.meta.dirname, '../cli/main.ts')
    await execa(process.execPath, [main, 'report', path('bundle/results.json'), '--out', path('report')])
    expect(await readFile(path('report/report.md'), 'utf8')).toContain('--profile mini')
  })
})
