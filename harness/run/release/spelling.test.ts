import { describe, expect, test } from 'vitest'
import { etcd, http, refused, type Cell } from '../../scenario/index.ts'
import { spelt } from './spelling.ts'

const ask = (path: string) => http({ scheme: 'http', path, host: 'a' })
const cell = (path: string): Cell => ({
  given: etcd({ options: {} }),
  when: ask(path),
  then: refused(),
  because: { reason: 'host-not-whitelisted' },
  unlike: ask('/v3/kv/range'),
  without: etcd({ options: { 'peer-skip-client-san-verification': true } }),
})
const pathsOf = (path: string, release: string) => {
  const { when, unlike } = spelt(cell(path), release) as unknown as Record<string, { path: string }>
  return [when?.path, unlike?.path]
}

describe('the gateway', () => {
  test.each([
    ['3.2.32', '/v3alpha/kv/range'],
    ['3.3.0', '/v3beta/kv/range'],
    ['3.3.27', '/v3beta/kv/range'],
    ['3.4.0', '/v3/kv/range'],
    ['3.7.3', '/v3/kv/range'],
  ])('of %s is at %s, for probe and control', (release, path) => {
    expect(pathsOf('/v3/kv/range', release)).toEqual([path, path])
  })

  test('is not what another path begins with', () => {
    expect(pathsOf('/version', '3.3.27')[0]).toBe('/version')
  })
})

test('the guard is spelt along', () => {
  const { without } = spelt(cell('/version'), '3.4.25') as { without?: { members: object } }
  expect(JSON.stringify(without)).toContain('experimental-peer-skip-client-san-verification')
})
