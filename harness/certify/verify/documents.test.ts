import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { files } from '../layout.ts'
import { cellsOf, Copy, only } from '../testing/stored.ts'

let copy: Copy
beforeEach(async () => void (copy = await Copy.unpack()))
afterEach(() => copy[Symbol.asyncDispose]())

const expired = 'security/basic-setup/client-cert-auth-demands-a-certificate:certificate=expired,tls=1.3'

describe('documents', () => {
  test.each<[string, string, RegExp, string, string]>([
    [
      'product data',
      files.product,
      /Example etcd/,
      'Other etcd',
      'certificate.json: its product is not the one of product.yaml',
    ],
    [
      'the run',
      files.certificate,
      /"id": "[^"]+"/,
      '"id": "x"',
      'certificate.json: its run is not the one of results.json',
    ],
    [
      'the build',
      files.certificate,
      /"go": "[^"]+"/,
      '"go": "1.0.0"',
      'certificate.json: its build is not the one of results.json',
    ],
    [
      'the identity',
      files.certificate,
      /"value": "[^"]+"/,
      '"value": "sha256:1"',
      'certificate.json: its identity is not that of the build in results.json',
    ],
    [
      'the profile',
      files.certificate,
      /"profile": "mini"/,
      '"profile": "core"',
      'certificate.json: its profile is not the one of catalogue.json',
    ],
    [
      'the words of a claim',
      files.results,
      /("id":\s*"security\/basic-setup.*?"says":\s*")[^"]+/s,
      '$1All is well',
      'describe it otherwise than the catalogue',
    ],
  ])('that differ in %s are named', async (_, file, from, to, sentence) => {
    await copy.write(file, (await copy.read(file)).toString().replace(from, to))
    await copy.derive()
    await copy.seal()
    const { exit, problems } = await copy.told()
    expect(exit).toBe(1)
    expect(problems.join('\n')).toContain(sentence)
  })

  test.each([files.junit, files.summary, files.reproduce, files.environment])(
    '%s is not for the liar to write',
    async (file) => {
      await copy.write(file, (await copy.read(file)).toString().replace(/e/, 'E'))
      await copy.seal()
      expect((await copy.told()).problems).toEqual([`${file}: it does not follow from the results`])
    },
  )

  test('that are not of the bundle are named, listed or not', async () => {
    await copy.write('extra.txt', 'a')
    expect((await copy.told()).problems).toEqual([
      'extra.txt: the manifest does not know this file',
      'extra.txt: it belongs to nothing in the bundle',
    ])
    await copy.seal()
    expect((await copy.told()).problems).toEqual(['extra.txt: it belongs to nothing in the bundle'])
  })

  test('with a private key are named', async () => {
    await copy.write('key.pem', copy.key.export({ type: 'pkcs8', format: 'pem' }).toString())
    await copy.seal()
    expect((await copy.told()).problems).toContain('key.pem: it holds a private key in PEM')
  })

  test('that tell of a build that is not certified end with 1', async () => {
    const why = ['harness: gone']
    await copy.results(
      cellsOf(only(expired, { verdict: 'inconclusive', why, evidence: undefined, checks: [] })),
    )
    await copy.remove(await copy.evidenceOf('certificate=expired'))
    await copy.agree()
    expect((await copy.told()).problems).toContain('certificate.json: the build is not certified')
  })
})
