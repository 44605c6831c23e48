import { expect, test } from 'vitest'
import { temporaryFolder } from '../engine/temporary.ts'
import { fetchModule, fetchSources, readGoMod } from './module.ts'
import { GoFailure, type Go } from './go.ts'

test('go, toolchain and godebug are read, comments and requirements are not', () => {
  const text = [
    'module go.etcd.io/etcd/server/v3 // go 1.1',
    'go 1.26.0',
    'toolchain go1.26.10',
    'godebug (',
    '\ttlsmlkem=0 // why',
    '\tdefault=go1.21',
    ')',
    'godebug x509sha1=1',
    'require github.com/x/go v1.2.3',
  ].join('\n\n')
  expect(readGoMod(text)).toEqual({
    go: '1.26.0',
    toolchain: '1.26.10',
    godebug: ['tlsmlkem=0', 'default=go1.21', 'x509sha1=1'],
  })
  expect(readGoMod('module go.etcd.io/etcd\n')).toEqual({ godebug: [] })
})

const failing = (reason: string): Go => ({
  run: (args) => Promise.reject(new GoFailure(args, JSON.stringify({ Error: reason }), undefined)),
})

test.each([
  ['m@v1: invalid version: unknown revision v1', 'unknown-release', 2],
  ['m@v1: reading https://p/m/@v/v1.info: 404 Not Found', 'unknown-release', 2],
  ['m@v1: reading https://p/m/@v/v1.zip: 403 Forbidden', 'module-refused', 2],
  ['m@v1: Get "https://p/m": dial tcp: lookup p: no such host', 'no-module-proxy', 3],
])('the proxy says %s', async (reason, code, exit) => {
  await using folder = await temporaryFolder('test')
  await expect(fetchModule(failing(reason), folder.path, 'm', 'v1')).rejects.toThrow(
    expect.objectContaining({ code, exit, message: expect.stringContaining('m@v1') as string }),
  )
})

/** What `go mod download -json` says of several: one object after the other. */
const saying = (...downloads: object[]): string =>
  downloads.map((one) => JSON.stringify(one, null, '\t')).join('\n')

test('sources of several modules are found in one answer, each by its path', async () => {
  await using folder = await temporaryFolder('test')
  const asked: (readonly string[])[] = []
  const go: Go = {
    run: (args) => {
      asked.push(args)
      return Promise.resolve(saying({ Path: 'b/b', Dir: '/cache/b' }, { Path: 'a/a', Dir: '/cache/a' }))
    },
  }
  const found = await fetchSources(go, folder.path, { 'a/a': 'v1', 'b/b': 'v2' })
  expect(asked).toEqual([['mod', 'download', '-json', 'a/a@v1', 'b/b@v2']])
  expect([...found]).toEqual([
    ['a/a', '/cache/a'],
    ['b/b', '/cache/b'],
  ])
})

test('of several modules the one that is refused is named, with its own reason', async () => {
  await using folder = await temporaryFolder('test')
  const output = saying(
    { Path: 'a/a', Dir: '/cache/a' },
    { Path: 'b/b', Error: 'b/b@v2: reading https://p/b.info: 403 Forbidden' },
  )
  const go: Go = { run: (args) => Promise.reject(new GoFailure(args, output, undefined)) }
  await expect(fetchSources(go, folder.path, { 'a/a': 'v1', 'b/b': 'v2' })).rejects.toThrow(
    expect.objectContaining({
      code: 'module-refused',
      message: expect.stringContaining('b/b@v2 is not') as string,
    }),
  )
})
