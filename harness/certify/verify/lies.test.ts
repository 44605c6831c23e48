import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { cp } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CellResult } from '../../../reports/index.ts'
import { gatheredFile } from '../../gathered/write.ts'
import { cellsOf, Copy, only } from '../testing/stored.ts'

let copy: Copy
beforeEach(async () => void (copy = await Copy.unpack()))
afterEach(() => copy[Symbol.asyncDispose]())

const expired = 'security/basic-setup/client-cert-auth-demands-a-certificate:certificate=expired,tls=1.3'
const selfSigned = expired.replace('expired', 'self-signed')
const declared = 'security/client-certificates/without-one-is-rejected:request=v3,tls=1.3'

test('the truth holds', async () => {
  expect(await copy.told()).toEqual({ exit: 0, problems: [], changed: [] })
})

describe('a verdict that was edited, everything made to agree and signed anew, is named', () => {
  test.each([
    ['a pass that was a drift', declared, { verdict: 'pass', declared: undefined }],
    [
      'a fail that was a pass',
      expired,
      { verdict: 'fail', declared: { verdict: 'fail', builds: '*', why: 'a', evidence: 'b', stale: false } },
    ],
    [
      'not applicable, though it is asked',
      expired,
      { verdict: 'not-applicable', checks: [], evidence: undefined },
    ],
  ])('%s', async (_, cell, change) => {
    await copy.results(cellsOf(only(cell, change as Partial<CellResult>)))
    await copy.agree()
    const { exit, problems } = await copy.told()
    expect(exit).toBe(1)
    expect(problems.join('\n')).toMatch(new RegExp(`^${cell}: the bundle says ${change.verdict}`, 'm'))
  })

  test('but a key that was given is not fooled at all', async () => {
    const vendor = generateKeyPairSync('ed25519').publicKey
    const { exit, findings, signed } = await copy.verify(vendor)
    expect({ exit, signed }).toEqual({ exit: 1, signed: undefined })
    expect(findings.problems).toEqual([
      'MANIFEST.sha256.sig: the manifest was not signed with the key that was given',
    ])
    const right = await copy.verify(createPublicKey(copy.key))
    expect(right).toMatchObject({ exit: 0, signed: { trusted: true } })
  })
})

describe('cells', () => {
  test('dropped from the results are missing', async () => {
    await copy.results(cellsOf((one) => (one.cell === expired ? [] : one)))
    await copy.agree()
    expect((await copy.told()).problems).toContain(`${expired}: it has no result`)
  })

  test('dropped from results, catalogue and claims are missing from the profile', async () => {
    await copy.catalogue((list) => ({ ...list, cells: list.cells.filter(({ cell }) => cell !== expired) }))
    await copy.remove(await copy.evidenceOf('certificate=expired'))
    await copy.results((results) => ({
      ...cellsOf((one) => (one.cell === expired ? [] : one))(results),
      claims: results.claims.map((claim) => ({
        ...claim,
        cells: claim.cells.filter(({ id }) => id !== expired),
      })),
    }))
    await copy.agree()
    expect(await copy.told()).toEqual({
      exit: 1,
      problems: [
        `${expired}: it is missing from the profile mini`,
        'results.json: their field claims is not what the profile mini comes to',
      ],
      changed: [],
    })
  })

  test('that are there twice are named', async () => {
    await copy.results(cellsOf((one) => (one.cell === expired ? [one, one] : one)))
    await copy.agree()
    expect((await copy.told()).problems).toContain(`${expired}: it has 2 results`)
  })

  test('that nobody asked for are named', async () => {
    const extra = `${expired}0`
    await copy.results(cellsOf((one) => (one.cell === expired ? [one, { ...one, cell: extra }] : one)))
    await copy.catalogue((list) => ({ ...list, cells: [...list.cells, { cell: extra, digest: 'a' }] }))
    await copy.agree()
    expect((await copy.told()).problems).toContain(`${extra}: it is no cell of the profile mini`)
  })

  test('of a claim that was changed are told apart from lies', async () => {
    const digest = 'f'.repeat(64)
    await copy.catalogue((list) => ({
      ...list,
      cells: list.cells.map((one) => (one.cell === expired ? { ...one, digest } : one)),
    }))
    await copy.results(cellsOf(only(expired, { verdict: 'drift' })))
    await copy.agree()
    const { problems, changed } = await copy.told()
    expect(changed).toEqual([`${expired}: the claim was changed since; the bundle says drift, today pass`])
    expect(problems.filter((text) => text.startsWith(expired))).toEqual([])
  })
})

describe('evidence', () => {
  test('of two cells that was swapped is named', async () => {
    const [a, b] = [
      await copy.evidenceOf('certificate=expired'),
      await copy.evidenceOf('certificate=self-signed'),
    ]
    const aside = copy.path('aside')
    await cp(copy.path(a), aside, { recursive: true })
    await cp(copy.path(b), copy.path(a), { recursive: true })
    await cp(aside, copy.path(b), { recursive: true })
    await copy.remove('aside')
    await copy.agree()
    const { exit, problems } = await copy.told()
    expect(exit).toBe(1)
    expect(problems).toContain(`${expired}: it is the evidence of ${selfSigned}`)
    expect(problems).toContain(`${selfSigned}: it is the evidence of ${expired}`)
  })

  test('that stands for two cells is named, although it calls itself by both their names', async () => {
    const from = await copy.evidenceOf('certificate=expired')
    const to = await copy.evidenceOf('certificate=self-signed')
    const asked = /"asked":"(\w+)"/
    let own = ''
    await copy.gathered('certificate=self-signed', (text) => ((own = asked.exec(text)?.[0] ?? ''), text))
    await cp(copy.path(from), copy.path(to), { recursive: true })
    await copy.gathered('certificate=self-signed', (text) =>
      text.replace(`"cell":"${expired}"`, `"cell":"${selfSigned}"`).replace(asked, own),
    )
    await copy.agree()
    const { problems } = await copy.told()
    expect(problems.join('\n')).toMatch(/: its probe is the one of /)
  })

  test('of another world is named by the judge of worlds, although it calls itself by the right name', async () => {
    await copy.gathered('certificate=expired', (text) =>
      text.replaceAll('"option":"client-cert-auth"', '"option":"debug"'),
    )
    await copy.agree()
    expect((await copy.told()).problems).toContain(
      `${expired}: its m1 was started otherwise than the claim asks: --client-cert-auth, --debug`,
    )
  })

  test.each([
    ['another run', /"run":"[^"]+"/, '"run":"elsewhere"', 'it is the evidence of another run (elsewhere)'],
    [
      'another build',
      /"etcd":"3\.6\.16"/,
      '"etcd":"3.6.15"',
      'it is the evidence of another build (3.6.16@image+go1.26.10)',
    ],
    [
      'another image',
      /"image":"sha256:\w+"/,
      '"image":"sha256:0"',
      'it is the evidence of another build (3.6.16@image+go1.26.10)',
    ],
    ['another day', /"at":"2026-11-23T/, '"at":"2026-11-22T', 'something in it was seen at 2026-11-22T'],
    [
      'a build whose log says so',
      /etcd-version\\":\\"3\.6\.16/,
      'etcd-version\\":\\"3.5.0',
      'its log is of etcd 3.5.0',
    ],
  ])('of %s is named', async (_, from, to, sentence) => {
    await copy.gathered('certificate=expired', (text) => {
      expect(text).toMatch(from)
      return text.replace(from, to)
    })
    await copy.agree()
    const { exit, problems } = await copy.told()
    expect(exit).toBe(1)
    expect(problems.filter((text) => text.startsWith(`${expired}: ${sentence}`))).toHaveLength(1)
  })

  test('that shows something else than the results is named', async () => {
    await copy.results(
      cellsOf((one) =>
        one.cell === expired && one.probe ? { ...one, probe: { ...one.probe, to: 'x' } } : one,
      ),
    )
    await copy.agree()
    expect((await copy.told()).problems).toContain(
      `${expired}: the results show another probe than was gathered`,
    )
  })

  test.each([
    ['seen', 'all is well'],
    ['promised', 'nothing'],
    ['why', ['the moon']],
    ['checks', [{ question: 'then', met: true, expected: 'a', seen: 'b' }]],
  ])('that the results put in other words (%s) is named', async (field, value) => {
    await copy.results(cellsOf(only(expired, { [field]: value })))
    await copy.agree()
    expect((await copy.told()).problems).toContain(`${expired}: its ${field} is not what the judge says`)
  })

  test('whose log for people has a line more is named', async () => {
    const log = `${await copy.evidenceOf('certificate=expired')}/etcd.log`
    await copy.write(log, `${(await copy.read(log)).toString()}{"msg":"all is well"}\n`)
    await copy.agree()
    expect((await copy.told()).problems).toEqual([
      `${log}: it does not say what ${gatheredFile} beside it says`,
    ])
  })

  test('that was taken out is named', async () => {
    await copy.remove(await copy.evidenceOf('certificate=expired'))
    await copy.agree()
    expect((await copy.told()).problems).toContain(`${expired}: it has no evidence`)
  })
})
