import { describe, expect, test } from 'vitest'
import { diagnose, runIsPossible, type Surroundings } from './doctor.ts'

const engine: NonNullable<Surroundings['engine']> = {
  version: '20.10.24',
  api: '1.41',
  at: 'unix:///var/run/docker.sock',
  dials: true,
  registry: true,
  kept: [],
  ours: false,
}
const healthy: Surroundings = {
  node: '24.21.0',
  nodeFits: true,
  engine,
  go: 'go version go1.26.10 linux/amd64',
  openssl: 'OpenSSL 3.0.22',
  curl: 'curl 7.88.1 libcurl/7.88.1 OpenSSL/3.0.22',
  mmdebstrap: 'mmdebstrap 1.3.5',
  chromium: 'Chromium 140',
}
const states = (seen: Surroundings): Record<string, string> =>
  Object.fromEntries(diagnose(seen).map(({ id, state }) => [id, state]))
const possible = (seen: Surroundings): boolean => runIsPossible(diagnose(seen))

describe('a run', () => {
  test('is possible where everything is there', () => {
    expect(new Set(Object.values(states(healthy)))).toEqual(new Set(['there']))
    expect(possible(healthy)).toBe(true)
  })

  test.each([
    ['Node is too old', { ...healthy, nodeFits: false }, 'node'],
    [
      'container addresses cannot be dialled',
      { ...healthy, engine: { ...engine, dials: false } },
      'addresses',
    ],
    ['there is no curl', { ...healthy, curl: undefined }, 'curl'],
    ['curl has another TLS library', { ...healthy, curl: 'curl 8.7.1 (SecureTransport)' }, 'curl'],
  ])('is not possible where %s', (_, seen, id) => {
    expect(diagnose(seen).filter(({ state }) => state === 'missing')).toMatchObject([
      { id, mend: expect.any(String) as string },
    ])
    expect(possible(seen)).toBe(false)
  })

  test('is not possible without an engine, and two lines say why and what to do', () => {
    const { engine: _, ...none } = healthy
    const findings = diagnose({ ...none, noEngine: ['none here', 'get one'] })
    expect(findings[1]).toEqual({
      id: 'engine',
      what: 'Container engine',
      state: 'missing',
      found: 'none here',
      mend: 'get one',
    })
    expect(runIsPossible(findings)).toBe(false)
  })

  test('needs one source of subjects: a registry, Go or a kept image', () => {
    const none = { ...healthy, go: undefined, engine: { ...engine, registry: false } }
    expect(states(none)).toMatchObject({ registry: 'missing', go: 'missing' })
    expect(possible(none)).toBe(false)
    expect(possible({ ...none, go: healthy.go })).toBe(true)
    expect(possible({ ...none, engine: { ...engine, registry: true } })).toBe(true)
    expect(possible({ ...none, engine: { ...none.engine, kept: ['3.6.16@module+go1.26.10'] } })).toBe(true)
  })

  test('tells of curl as far as its TLS library', () => {
    const curl = `${healthy.curl ?? ''} zlib/1.2.13 nghttp2/1.52.0`
    expect(diagnose({ ...healthy, curl })).toContainEqual(
      expect.objectContaining({ id: 'curl', state: 'there', found: healthy.curl }),
    )
  })

  test('tells the number of kept images in words and their names beside', () => {
    const kept = (names: string[]) =>
      diagnose({ ...healthy, engine: { ...engine, kept: names } }).find(({ id }) => id === 'kept')
    expect(kept([])).toMatchObject({ found: 'none yet', names: [] })
    expect(kept(['a'])).toMatchObject({ found: '1', names: ['a'] })
    expect(kept(['a', 'b'])).toMatchObject({ found: '2', names: ['a', 'b'] })
  })

  test('is possible without what only the tests use', () => {
    const seen = { ...healthy, openssl: undefined, chromium: undefined, mmdebstrap: undefined }
    expect(states(seen)).toMatchObject({ openssl: 'lacking', chromium: 'lacking', mmdebstrap: 'lacking' })
    expect(possible(seen)).toBe(true)
  })
})
