import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'

const main = join(import.meta.dirname, 'main.ts')
const cli = (...args: string[]) => execa(process.execPath, [main, ...args], { reject: false, cwd: tmpdir() })

describe('list', () => {
  interface Listed {
    id: string
    section: string
    cells: { id: string; at: object; applies?: Record<string, true | string> }[]
  }
  const listed = async (...args: string[]): Promise<Listed[]> =>
    JSON.parse((await cli('list', '--json', ...args)).stdout) as Listed[]

  test('is an array of claims with their cells', async () => {
    const claims = await listed()
    expect(claims.length).toBeGreaterThan(0)
    for (const { id, section, cells } of claims) {
      expect(id.startsWith(`${section}/`)).toBe(true)
      expect(cells.length).toBeGreaterThan(0)
      expect(cells.every((cell) => cell.id === id || cell.id.startsWith(`${id}:`))).toBe(true)
    }
    const ids = claims.flatMap(({ cells }) => cells.map(({ id }) => id))
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('can be of some cells only, and counts them', async () => {
    const only = 'security/host-whitelist/available-from'
    expect((await listed('--only', only)).map(({ id }) => id)).toEqual([only])
    expect((await cli('list', '--only', only)).stdout).toMatch(/\n1 claim, 1 cell\n?$/)
    const point = 'security/host-whitelist/loopback-can-be-added:host=localhost'
    expect((await cli('list', '--only', point)).stdout).toMatch(/\n {6}host=localhost\n\n1 claim, 1 cell\n?$/)
    const [claim] = await listed('--only', point)
    expect(claim?.cells.map(({ id }) => id.split(':')[1])).toEqual(['host=localhost'])
    expect((await cli('list')).stdout).toMatch(/\n\d\d+ claims, \d{3} cells\n?$/)
  })

  test('says whether a cell applies to a release', async () => {
    const claims = await listed('--etcd', '3.5.7')
    const answers = claims.flatMap(({ cells }) => cells.map(({ applies }) => applies?.['3.5.7']))
    expect(answers).toContain(true)
    expect(answers).toContain('the build offers TLS 1.2, not 1.3')
    expect(answers.every((answer) => answer === true || typeof answer === 'string')).toBe(true)
  })
})
