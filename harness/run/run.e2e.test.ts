import { access, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadResults, standingOf, type Results } from '../../reports/index.ts'
import { expectJudgedAgain } from '../gathered/testing/judged-again.ts'
import { readAllure } from '../testing/read-allure.ts'

const cli = join(import.meta.dirname, '../cli/main.ts')

// One line of etcd from end to end, as a user runs it: 3.6, by whichever road is open.
describe('etcd-tls run --etcd 3.6.16', () => {
  let folder: string
  let results: Results
  let output: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'etcd-tls-test-'))
    const { exitCode, all } = await execa(
      process.execPath,
      [cli, 'run', '--etcd', '3.6.16', '--out', join(folder, 'run')],
      {
        all: true,
        reject: false,
      },
    )
    output = all
    expect(exitCode, all).toBe(0)
    results = await loadResults(join(folder, 'run', 'results.json'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('gives every cell of every claim one result', () => {
    const cells = results.claims.flatMap((claim) => claim.cells.map(({ id }) => id)).sort()
    expect(results.results.map(({ cell }) => cell).sort()).toEqual(cells)
    expect(cells.length).toBeGreaterThan(200)
  })

  test('keeps or declares everything, and something is a plain pass', () => {
    const wrong = results.results.filter(
      (one) => !['as-promised', 'as-declared', 'not-applicable'].includes(standingOf(one)),
    )
    expect(wrong.map(({ cell, why }) => [cell, why])).toEqual([])
    expect(results.results.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(150)
  })

  test('shows for every refusal that passed: reason, control before and after, and a second refusal', () => {
    const refusals = results.results.filter(({ verdict, again }) => verdict === 'pass' && again !== undefined)
    expect(refusals.length).toBeGreaterThan(50)
    for (const { cell, checks, control, health } of refusals) {
      const met = checks.filter((one) => one.met).map(({ question }) => question)
      expect(met, cell).toEqual(expect.arrayContaining(['then', 'because', 'control', 'health']))
      expect(
        [control, health?.[0]].every((seen) => seen !== undefined),
        cell,
      ).toBe(true)
    }
  })

  test('ends with the table, the page to open and the reports beside it, which are there', async () => {
    // A row for each section: with many of them claims are in the report only.
    for (const { id } of results.sections) expect(output).toMatch(new RegExp(`^${id} +\\S`, 'm'))
    const [, page = '', names = ''] = /^Open (.+)\nin the same folder: (.+)$/m.exec(output) ?? []
    expect(page).toBe(join(folder, 'run', 'report.html'))
    expect(names).toMatch(
      /^report\.md summary\.md junit\.xml results\.json badge\.svg allure-results\/ evidence\/$/,
    )
    for (const name of ['report.html', ...names.split(' ')])
      await expect(access(join(folder, 'run', name))).resolves.toBeUndefined()
  })

  test('writes no private key anywhere', async () => {
    const files = await readdir(join(folder, 'run'), { recursive: true, withFileTypes: true })
    const texts = files
      .filter((file) => file.isFile())
      .map((file) => readFile(join(file.parentPath, file.name), 'utf8'))
    for (const text of await Promise.all(texts)) expect(text).not.toMatch(/PRIVATE KEY-----/)
  })

  test('the Allure results of the run and of `etcd-tls report` agree', async () => {
    const again = join(folder, 'again')
    await execa(process.execPath, [cli, 'report', join(folder, 'run', 'results.json'), '--out', again])
    const [live, stored] = await Promise.all([readAllure(join(folder, 'run')), readAllure(again)])
    expect(live.size).toBe(results.results.length)
    expect(live).toEqual(stored)
  })

  test('comes out as it did when it is judged again from the stored evidence', async () => {
    expect(await expectJudgedAgain(join(folder, 'run'), results)).toBeGreaterThan(400)
  })

  describe('of acts on members', () => {
    const of = (cell: string) => results.results.find((one) => one.cell === `security/${cell}`)

    test('a dial shows the certificate of the member, from its address', () => {
      const { probe } = of('basic-setup/peer-certificate-serves-both-ways:side=dials') ?? {}
      expect(probe?.dial?.certificate?.subject).toBe('CN=a.etcd.local')
      expect(probe?.dial?.from).toBe(probe?.to)
    })

    test('a refused join has its line, its end and its control', () => {
      const { probe, control } =
        of('basic-setup/peer-client-cert-auth-demands-a-certificate:as=member,certificate=expired') ?? {}
      expect(probe?.join).toMatchObject({ added: true, started: false, exit: 1, listed: false })
      expect(probe?.log.some(({ remoteAddress }) => remoteAddress === probe.join?.address)).toBe(true)
      expect(control?.join).toMatchObject({ added: true, started: true, listed: true, writtenAndRead: true })
    })

    test('a candidate that refuses says so, and the member is told', () => {
      const { probe } = of('peer-common-name/other-flag-value-is-refused') ?? {}
      const said = probe?.join?.said.map(({ raw }) => raw).join('\n')
      expect(said).toContain('client certificate authentication failed')
      expect(probe?.log.map(({ error }) => error)).toContain('remote error: tls: bad certificate')
    })

    test('members on loopback addresses are asked from within', () => {
      const { probe } = of('peer-common-name/equal-names-form:at=loopback') ?? {}
      expect(probe?.form?.members.map(({ name, readThrough }) => [name, readThrough])).toEqual([
        ['m1', ['m2', 'm3']],
        ['m2', ['m1', 'm3']],
        ['m3', ['m1', 'm2']],
      ])
    })
  })

  test('leaves nothing in the engine', async () => {
    const filter = ['--filter', `label=etcd-tls.run=${results.run.id}`]
    const containers = await execa('docker', ['ps', '-aq', ...filter])
    const networks = await execa('docker', ['network', 'ls', '-q', ...filter])
    expect(containers.stdout + networks.stdout).toBe('')
  })
})
